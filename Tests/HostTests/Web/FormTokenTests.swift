import HTTPTypes
import Host
import Testing
import TrivselTesting

/// A form counts only with the token of the session it was shown to.
@Suite struct FormTokenTests {
    /// What makes each form complete but for its token.
    private static let fields: KeyValuePairs<String, String> = [
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
