import HTTPTypes
import Host
import Testing
import TrivselTesting

/// How far a mask reaches: to those who were asked, who do something about it, and the public.
@Suite struct MaskReachTests {
    private struct List: Decodable {
        struct Item: Decodable { let id: String }
        let items: [Item]
    }

    private static let name = "Petter Ås"

    /// A case whose consultation, measure and public summary hold the name.
    private func told(_ host: HostHarness) async throws -> (id: String, consultation: String) {
        let id = try await host.closedCase()
        for _ in 0..<2 { _ = try await host.closedCase() }
        try await host.act(
            "summary", on: id, by: "hamid",
            #"{"summary":"\#(Self.name) har fått hjelp.","summaryEnglish":"\#(Self.name) got help.","isAnonymous":true}"#
        )
        try await host.act("reopening", on: id, by: "hamid", #"{"reason":"Ikke ferdig"}"#)
        try await host.act(
            "consultations", on: id, by: "hamid",
            #"{"people":["marit"],"question":"Hva gjorde \#(Self.name)?","extract":"\#(Self.name) svarte ikke.","deadline":"2026-12-04"}"#
        )
        try await host.act(
            "measures", on: id, by: "hamid",
            #"{"action":"Gi \#(Self.name) reserve","cause":"\#(Self.name) var alene","owner":"dagny","dueOn":"2027-02-01"}"#
        )
        let list = try await host.api("marit").get("/api/v1/consultations").json(List.self)
        let consultation = try #require(list.items.first?.id)
        let declared = try await host.api("marit").post(
            "/api/v1/consultations/\(consultation)/declaration", #"{"isImpartial":true}"#)
        #expect(declared.status == .ok)
        return (id, consultation)
    }

    @Test(arguments: Engine.all)
    func `a masked passage is gone from a released extract, from measures and from what the public was told`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(
            engine, modules: [Deviations.self], environment: ["TRIVSEL_DEVIATIONS_PUBLIC_MINIMUM": "2"]
        ) { host in
            let (id, consultation) = try await told(host)
            let publicPath = "/deviations/you-said-we-did"
            func places() async throws -> [(String, String)] {
                _ = try await host.browser("unni").get(publicPath)
                return [
                    (
                        "extract, page",
                        try await host.browser("marit").get("/deviations/consultations/\(consultation)").text
                    ), ("extract, API", try await host.api("marit").get("/api/v1/consultations/\(consultation)").text),
                    ("measure, page", try await host.browser("dagny").get("/deviations/measures").text),
                    ("measure, API", try await host.api("dagny").get("/api/v1/measures").text),
                    ("public", try await host.visitor().get(publicPath).text),
                    ("public, English", try await host.visitor(language: "en").get(publicPath).text),
                ]
            }
            for (place, text) in try await places() { #expect(text.contains(Self.name), "\(place)") }
            try await host.act(
                "masks", on: id, by: "hamid", #"{"passage":"\#(Self.name)","reason":"Peker ut en person"}"#)
            for (place, text) in try await places() {
                #expect(!text.contains(Self.name) && text.contains("█████"), "\(place)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `a passage that is not there, and one without a reason, is refused`(way: Way) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            for (passage, reason, field) in [("Finnes ikke her", "Navn", "passage"), ("ingen svarer", "", "reason")] {
                let answer = try await host.send(
                    "masks", on: id, by: "hamid", way, ["passage": passage, "reason": reason])
                #expect(answer.status == .unprocessableContent, "\(answer.text)")
                #expect(
                    way == .page ? answer.text.contains("href=\"#masks-\(field)\"") : answer.wrongFields == [field],
                    "\(field): \(answer.text)")
            }
            #expect(try await host.rows("deviations_mask") == 0)
            #expect(try await host.seen(id, by: "kari", way, mine: true).text.contains("ingen svarer"))
        }
    }
}
