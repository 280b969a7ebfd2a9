import EventKit
import HTTPTypes
import Testing
import TrivselTesting

@testable import DeviationsModule

/// Scenario 7 (the reports of test runs take no straight quotes in a name): who has not tried the ordinary channels. That the browser keeps the draft is shown by test_forms.py.
@Suite struct OrdinaryChannelsTests {
    private static let reason = "Det er faglæreren som er problemet."

    @Test
    func
        `given “not tried, because the teacher is the problem”, then the report is accepted with that reason; given no reason, then guidance is shown and a draft can be saved`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (kari, client) = (try await host.browser("kari"), try await host.api("kari"))
            _ = try await kari.get("/deviations/report")
            let before = try await host.snapshot()
            // All that was typed stands in the page again, to go on from or to be kept by the browser.
            let stopped = try await kari.post("/deviations/report", form("", host, step: "3", go: "next"))
            #expect(stopped.text.contains("referansegruppa"))
            #expect(stopped.value(ofHidden: "title") == "Får ikke svar" && stopped.text.contains("data-draft="))
            let refused = try await client.post("/api/v1/deviations", body(""))
            #expect(refused.status == .unprocessableContent && refused.text.contains("ordinaryChannels.reason"))
            #expect(try await host.snapshot() == before)

            let sent = try await kari.post("/deviations/report", form(Self.reason, host, step: "5", go: "send"))
            let place = try #require(sent.location)
            let byPage = String(place.dropFirst("/deviations/mine/".count).prefix { $0 != "?" })
            let answer = try await client.post("/api/v1/deviations", body(Self.reason))
            #expect(answer.status == .created)
            for id in [byPage, try answer.json(CaseReceipt.self).id] {
                #expect(try await host.browser("ingrid").get("/deviations/\(id)").text.contains(Self.reason))
                #expect(try await host.api("ingrid").get("/api/v1/deviations/\(id)").text.contains(Self.reason))
            }
        }
    }

    private func body(_ reason: String) -> String {
        HostHarness.reportBody().replacing(
            #""ordinaryChannels":{"tried":true,"which":["teacher"],"when":"uke 46"}"#,
            with: #""ordinaryChannels":{"tried":false,"reason":"\#(reason)"}"#)
    }

    private func form(_ reason: String, _ host: HostHarness, step: String, go: String) -> KeyValuePairs<String, String>
    {
        [
            "step": step, "go": go, "case": Identifier.make(at: host.clock.now), "serious": "none", "unit": "ie-idi",
            "campus": "trondheim", "category": "feedback", "environment": "pedagogical",
            "ordinaryChannels.tried": "no", "ordinaryChannels.reason": reason, "title": "Får ikke svar",
            "description": "Ingen retter øvingene.",
        ]
    }
}
