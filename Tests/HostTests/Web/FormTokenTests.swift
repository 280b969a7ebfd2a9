import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// A form counts only with the token of the session it was shown to.
@Suite struct FormTokenTests {
    /// What makes each form complete but for its token.
    static let fields: KeyValuePairs<String, String> = [
        "step": "5", "go": "send", "serious": "none", "category": "grading", "environment": "organisational",
        "unit": "ie-idi",
        "campus": "trondheim",
        "ordinaryChannels.tried": "yes", "ordinaryChannels.which": "teacher", "ordinaryChannels.when": "uke 46",
        "title": "Sensuren er forsinket",
        "description": "Fristen gikk ut.", "version": "3", "isDeviation": "yes", "holdsSensitiveData": "no",
        "isCensurable": "no",
        "handler": "hamid", "reason": "Feil fakultet", "text": "Vi ser på det.", "whatHappened": "Sensor ble syk",
        "why": "Ingen reserve",
        "action": "Oppnevn reserve", "cause": "Sårbar ordning", "owner": "hamid", "dueOn": "2027-02-01",
        "expectedOn": "2027-02-01",
        "outcome": "Sensuren er kunngjort", "effect": "Virket", "module": "deviations", "enabled": "no",
        "language": "en",
    ]

    /// Every form of every page but the sign-in, before which there is no session that a token could belong to.
    private func forms(_ host: HostHarness) async throws -> [HostHarness.Route] {
        let routes = try await host.routes([Deviations.self])
        return routes.filter { $0.method != .get && $0.method != .head && !$0.isForAPI && $0.path != "/sign-in" }
    }

    @Test func `no form stores anything without its token or with another one`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let forms = try await forms(host)
            try #require(forms.count >= 16)
            // Between them they have every right, so that nothing but the token is in the way.
            let browsers = try await [
                host.browser("hamid"), host.browser("ingrid"), host.browser("anders"), host.browser("unni"),
            ]
            let strange = try await host.browser("kari").get("/").formToken ?? ""
            let before = try await host.snapshot()
            for route in forms {
                for browser in browsers {
                    for token in [
                        Browser.FormToken.none, .other(""), .other(strange), .other(String(repeating: "0", count: 64)),
                    ] {
                        let answer = try await browser.post(route.address(id: id), Self.fields, token: token)
                        #expect(
                            answer.status.code >= 400 || answer.text.contains("class=\"summary\""),
                            "\(route) \(answer.status)")
                    }
                }
                #expect(try await host.snapshot() == before, "\(route)")
            }
        }
    }

    /// What makes each of the keepers' forms complete, the one that takes them off the case last.
    private static let keeperForms: KeyValuePairs<String, [String: String]> = [
        "acknowledgement": ["text": "Vi har fått varselet."], "questions": ["text": "Når skjedde det?"],
        "feedback": ["text": "Vi har snakket med begge."], "notes": ["text": "Bare for oss."],
        "category": ["category": "threats"], "conclusion": ["text": "Saken er ferdig."],
        "exclusions": ["person": "vigdis", "reason": "Kjenner ham."],
    ]

    @Test(arguments: Engine.all)
    func `no keeper's form stores anything without its token or with another one, and each does with it`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Whistleblowing.self]) { host in
            _ = try await Whistle.report(host.visitor())
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            let forms = try await host.routes([Whistleblowing.self]).filter {
                $0.method == .post && $0.path.hasPrefix("/whistleblowing/cases/")
            }
            #expect(
                Set(forms.map { $0.path.split(separator: "/").last.map(String.init) ?? "" })
                    == Set(Self.keeperForms.map(\.key)))
            func stored() async throws -> [String] {
                try await host.base.database.read { reader in
                    try reader.query("SELECT version, state FROM whistleblowing_case") { "\($0.int(0)) \($0.text(1))" }
                        + reader.query("SELECT number FROM whistleblowing_entry ORDER BY number") { "\($0.int(0))" }
                }
            }
            let strange = try #require(try await host.browser("torstein").get("/").formToken)
            for (form, fields) in Self.keeperForms {
                let before = try await stored()
                let version = try #require(try await keeper.get(address).value(ofHidden: "version"))
                for token in [
                    Browser.FormToken.none, .other(""), .other(strange), .other(String(repeating: "0", count: 64)),
                ] {
                    let sent = (fields.map { ($0.key, $0.value) } + [("version", version)]).map {
                        (name: $0.0, value: Array($0.1.utf8))
                    }
                    let answer = try await keeper.post("\(address)/\(form)", fields: sent, token: token)
                    #expect(
                        answer.status.code >= 400 || answer.text.contains("class=\"summary\""),
                        "\(form) \(answer.status)")
                    #expect(try await stored() == before, "\(form)")
                }
                let done = try await Whistle.act(keeper, address, form, fields.map { ($0.key, $0.value) })
                #expect(done.status == .seeOther, "\(form) \(done.text)")
                #expect(try await stored() != before, "\(form)")
            }
        }
    }

    @Test(arguments: ["notes", "replies", "cause", "measures", "preliminary-replies"])
    func `with the right token the same form is stored`(_ act: String) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let hamid = try await host.browser("hamid")
            let answer = try await hamid.post("/deviations/\(id)/\(act)", Self.fields)
            #expect(answer.location?.hasPrefix("/deviations/\(id)?") == true, "\(answer.status)")
        }
    }

    @Test func `a report sent with an old token is shown again with all that was typed`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let kari = try await host.browser("kari")
            let answer = try await kari.post("/deviations/report", Self.fields, token: .other("old"))
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("Skjemaet var blitt for gammelt"))
            let typed =
                ["category", "environment", "unit", "campus", "title", "description"]
                + ["tried", "which", "when"].map { "ordinaryChannels.\($0)" }
            for field in typed {
                #expect(answer.value(ofHidden: field) == Self.fields.first { $0.key == field }?.value, "\(field)")
            }
            let again = try await kari.post("/deviations/report", Self.fields)
            #expect(again.location?.hasPrefix("/deviations/mine/") == true)
        }
    }

    @Test func `a form without a session leads to the sign-in or says so, and stores nothing`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let before = try await host.snapshot()
            for route in try await forms(host) where route.path != "/language" {
                let answer = try await host.visitor().post(route.address(id: id), Self.fields)
                #expect(answer.status == .unauthorized || answer.status == .badRequest, "\(route) \(answer.status)")
            }
            #expect(try await host.snapshot() == before)
        }
    }
}
