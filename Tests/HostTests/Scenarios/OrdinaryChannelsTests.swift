import DeviationsCore
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

    @Test func `students and employees are offered their own channels, and the API takes and gives all of them`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            for (person, offered) in [("kari", Channel.forStudents), ("berit", Channel.forEmployees)] {
                let page = try await step(3, of: host.browser(person), host)
                for channel in Channel.allCases {
                    #expect(
                        page.text.contains("value=\"\(channel.rawValue)\"") == offered.contains(channel),
                        "\(person) \(channel)")
                }
            }
            #expect(Channel.forStudents.count == 6 && Channel.forEmployees.count == 3)
            let kari = try await host.api("kari")
            for channel in Channel.allCases {
                let sent = try await kari.post(
                    "/api/v1/deviations",
                    HostHarness.reportBody().replacing("\"teacher\"", with: "\"\(channel.rawValue)\""))
                #expect(sent.status == .created, "\(channel)")
                let read = try await kari.get("/api/v1/deviations/\(try sent.json(CaseReceipt.self).id)")
                #expect(read.text.contains("\"which\":[\"\(channel.rawValue)\"]"), "\(channel)")
            }
        }
    }

    @Test func `the form says what belongs where: universal design, participation, and what pedagogical is not`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let page = try await step(1, of: host.browser("kari"), host).text
            for words in [
                "også med psykiske vansker", "systemer for tilbakemelding og medvirkning, frister",
                "avgrenses mot kvalitetsvurdering av den enkelte læringsaktivitet",
            ] {
                #expect(page.contains(words), "\(words)")
            }
        }
    }

    @Test func `which channel, when, and whether at all are asked for, each by its own field`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (kari, client) = (try await host.browser("kari"), try await host.api("kari"))
            for (channels, fields) in [
                (#"{"tried":true}"#, ["ordinaryChannels.which", "ordinaryChannels.when"]),
                ("{}", ["ordinaryChannels.tried"]), (#"{"tried":false}"#, ["ordinaryChannels.reason"]),
            ] {
                let body = HostHarness.reportBody().replacing(
                    #"{"tried":true,"which":["teacher"],"when":"uke 46"}"#, with: channels)
                let refused = try await client.post("/api/v1/deviations", body)
                #expect(refused.status == .unprocessableContent)
                #expect(try refused.json(ProblemBody.self).errors?.map(\.field) == fields)
            }
            let tried = try await step(3, of: kari, host, go: "next", ["ordinaryChannels.tried": "yes"])
            #expect(tried.status == .unprocessableContent)
            #expect(tried.text.contains("href=\"#ordinaryChannels.when\""))
            #expect(!tried.text.contains("emneansvarlig eller tillitsvalgt kan gi råd"))
            let unanswered = try await step(3, of: kari, host, go: "next")
            #expect(unanswered.text.contains("href=\"#ordinaryChannels.tried\""))
            for words in ["emneansvarlig eller tillitsvalgt kan gi råd", "emneevalueringen", "referansegruppa"] {
                #expect(unanswered.text.contains(words), "\(words)")
            }
            let employee = try await step(3, of: host.browser("berit"), host, go: "next").text
            #expect(employee.contains("i fagmiljøet, i studieprogramrådet eller i en evalueringsrapport"))
            #expect(!employee.contains("faglæreren"))
        }
    }

    @Test func `an employee is asked why it is more than normal variation, and the intake officer reads the answer`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (kari, berit) = (try await host.browser("kari"), try await host.browser("berit"))
            #expect(try await step(4, of: berit, host).text.contains("name=\"threshold\""))
            #expect(try await !step(4, of: kari, host).text.contains("name=\"threshold\""))
            func report(_ threshold: String) -> KeyValuePairs<String, String> {
                [
                    "category": "equipment", "environment": "physical", "ordinaryChannels.tried": "yes",
                    "ordinaryChannels.which": "programme-council", "ordinaryChannels.when": "i høst",
                    "title": "Ingen verter til laben", "description": "Vi har bedt om det i to år.",
                    "threshold": threshold,
                ]
            }
            // It is repeated before it is sent; left open, it is said what it is for.
            let checked = try await step(4, of: berit, host, go: "next", report("lasting-over-time")).text
            #expect(checked.contains("value=\"send\"") && checked.contains("<dd>Det har vart over tid</dd>"))
            let open = try await step(4, of: berit, host, go: "next", report("")).text
            #expect(open.contains("value=\"send\"") && open.contains("det må gå utover vanlig variasjon"))
            let students = try await step(4, of: kari, host, go: "next", report("")).text
            #expect(students.contains("value=\"send\"") && !students.contains("vanlig variasjon"))
            let sent = try await step(5, of: berit, host, go: "send", report("lasting-over-time"))
            let place = try #require(sent.location)
            let id = String(place.dropFirst("/deviations/mine/".count).prefix { $0 != "?" })
            let ingrid = try await host.browser("ingrid").get("/deviations/\(id)")
            #expect(ingrid.status == .ok && ingrid.text.contains("Det har vart over tid"))
        }
    }

    /// The page of this step of the form, or what comes of sending it.
    private func step(
        _ step: Int, of browser: Browser, _ host: HostHarness, go: String? = nil,
        _ fields: KeyValuePairs<String, String> = [:]
    ) async throws -> Answer {
        try await browser.get("/deviations/report")
        let sent =
            [
                ("step", "\(step)"), ("go", go ?? "to-\(step)"), ("case", Identifier.make(at: host.clock.now)),
                ("serious", "none"), ("unit", "ie-idi"), ("campus", "trondheim"),
            ] + fields.map { ($0.key, $0.value) }
        return try await browser.post("/deviations/report", fields: sent.map { ($0.0, Array($0.1.utf8)) })
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
