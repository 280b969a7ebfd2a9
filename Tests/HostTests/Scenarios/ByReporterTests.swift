import HTTPTypes
import Storage
import Testing
import TrivselTesting

/// Where only the reporter takes what is serious to whistleblowing.
@Suite struct ByReporterTests {
    private static let byReporter = ["TRIVSEL_DEVIATIONS_RE_REGISTRATION": "by-reporter"]
    private static let censurable: KeyValuePairs = [
        "isDeviation": "no", "holdsSensitiveData": "yes", "isCensurable": "yes", "reason": "Dette er et varsel.",
    ]
    private static let part: KeyValuePairs = [
        "isDeviation": "yes", "holdsSensitiveData": "yes", "isCensurable": "part", "reason": "Noe er et varsel.",
        "keptTitle": "Sen sensur", "keptText": "Sensuren er sen.", "whistleblowText": "Han truet meg.",
    ]

    /// What the mail of the rejection says.
    private func rejection(_ host: HostHarness) async throws -> String {
        try await eventually("the mail of the rejection") {
            try await host.mailJobs().contains { $0.payload.contains("\"rejected\"") }
        }
        let mails = try await host.takenMails(waitingFor: 1).filter { $0.subject.hasPrefix("Svar på meldingen din") }
        return try #require(mails.first).paragraphs.joined(separator: " ")
    }

    @Test(arguments: Engine.all, Way.allCases)
    func `an intake officer rejects it with a reason, and the reporter is shown the way`(engine: Engine, way: Way)
        async throws
    {
        try await HostHarness.with(
            engine, modules: [Deviations.self, Whistleblowing.self], environment: Self.byReporter
        ) { host in
            let id = try await host.report()
            for fields in [Self.censurable, Self.part] {
                let refused = try await host.send("triage", on: id, by: "ingrid", way, fields)
                #expect(refused.status == (way == .page ? .unprocessableContent : .conflict))
                #expect(
                    refused.text.contains(
                        way == .page
                            ? "Avvis meldingen med en begrunnelse: melderen får vist veien" : "only-by-reporter"))
            }
            #expect(try await host.rows("deviations_leaving") == 0)
            #expect(try await host.send("rejection", on: id, by: "ingrid", way, Self.censurable).isTaken)
            let shown = try await host.api("ingrid").get("/api/v1/deviations/\(id)").text
            #expect(shown.contains("\"isCensurable\":false") && shown.contains("\"status\":\"rejected\""))
            #expect(try await Whistle.cases(try await host.browser("vigdis")).isEmpty)

            let page = try await host.browser("kari").get("/deviations/mine/\(id)").text
            #expect(page.contains("Dette er et varsel.") && page.contains("Er det noe alvorlig?"))
            #expect(page.contains("<a class=\"button\" href=\"/whistleblowing\">Si fra om noe alvorlig</a>"))
            #expect(try await rejection(host).contains("Veien til skjemaet for varsling"))
        }
    }

    @Test(arguments: [("nb", "Avvis meldingen med"), ("nn", "Avvis meldinga med"), ("en", "Reject the report with")])
    func `the refusal says in each language what to do`(language: String, words: String) async throws {
        try await HostHarness.with(modules: [Deviations.self], environment: Self.byReporter) { host in
            let id = try await host.report()
            let (browser, client) = (try await host.browser("ingrid"), try await host.api("ingrid"))
            try await browser.get("/")
            try await browser.post("/language", ["language": language])
            let tag = try await client.get("/api/v1/deviations/\(id)").headers[.eTag] ?? ""
            let refused = try await client.post(
                "/api/v1/deviations/\(id)/triage", try Way.json(Self.censurable),
                headers: [.ifMatch: tag])
            #expect(refused.status == .conflict && refused.text.contains(words))
        }
    }

    @Test func `the desk for triage offers no re-registration, and refuses a censurable report in every other way`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self], environment: Self.byReporter) { host in
            let id = try await host.report()
            let ingrid = try await host.browser("ingrid")
            let page = try await ingrid.get("/deviations/triage?case=\(id)")
            #expect(!page.text.contains("value=\"triage\"") && !page.text.contains("Omregistrer"))
            #expect(try await !ingrid.get("/deviations/\(id)").text.contains("Omregistrer"))
            let version = page.value(ofHidden: "version") ?? ""
            func take(_ outcome: String) async throws -> Answer {
                try await ingrid.post(
                    "/deviations/triage/\(id)",
                    [
                        "version": version, "isDeviation": "yes", "holdsSensitiveData": "no", "isCensurable": "yes",
                        "outcome": outcome, "handler": "hamid", "reason": "Dette er et varsel.",
                        "whistleReason": "Dette er et varsel.",
                    ])
            }
            let assigned = try await take("assignments")
            #expect(assigned.status == .unprocessableContent && assigned.text.contains("Avvis meldingen med"))
            #expect(try await take("triage").status == .badRequest)
            #expect(try await take("rejection").status == .seeOther)
            // Without whistleblowing the page says whom to turn to.
            let own = try await host.browser("kari").get("/deviations/mine/\(id)").text
            #expect(own.contains("Siden for varsling er ikke åpen nå") && !own.contains("href=\"/whistleblowing\""))
        }
    }

    @Test func `unless it is set so, a rejection says nothing of whistleblowing`() async throws {
        try await HostHarness.with(modules: [Deviations.self, Whistleblowing.self]) { host in
            let id = try await host.report()
            try await host.act(
                "rejection", on: id, by: "ingrid",
                #"{"isDeviation":false,"holdsSensitiveData":false,"isCensurable":false,"reason":"Gjelder bolig."}"#)
            let page = try await host.browser("kari").get("/deviations/mine/\(id)").text
            #expect(page.contains("Gjelder bolig.") && !page.contains("Er det noe alvorlig?"))
            #expect(try await !rejection(host).contains("varsl"))
        }
    }
}
