import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// How much people nobody knows may send, and what whoever comes then is told.
@Suite(.timeLimit(.minutes(5))) struct AnonymousLimitTests {
    private static let file = Browser.File("notat.pdf", Array("%PDF-1.7\ntrailer <<>>\n%%EOF\n".utf8))

    private func fields(_ person: String = "anonymous", _ language: String = "nb", seed: String) -> [(String, String)] {
        [
            ("language", language), ("step", "check"), ("as", person), ("seed", seed), ("category", "threats"),
            ("campus", "trondheim"), ("title", Whistle.title), ("description", Whistle.text),
        ]
    }

    private func send(
        _ browser: Browser, as person: String = "anonymous", _ language: String = "nb", seed: String,
        _ files: [Browser.File] = []
    ) async throws -> Answer {
        try await browser.post(
            Whistle.path, list: fields(person, language, seed: seed) + [("go", "send")], files: files)
    }

    private func count(_ table: String, _ host: HostHarness) async throws -> Int {
        try await host.base.database.read {
            try $0.first("SELECT COUNT(*) FROM \(raw: table)") { $0.int(0) } ?? -1
        }
    }

    @Test func `over the hour's number a report is not taken: its words stay on the page, with whom to call`()
        async throws
    {
        let limit = ["TRIVSEL_WHISTLEBLOWING_ANONYMOUS_PER_HOUR": "2"]
        try await HostHarness.with(modules: [Whistleblowing.self], environment: limit) { host in
            for seed in ["first", "second"] { #expect(try await send(host.visitor(), seed: seed).status == .ok) }
            for (language, words) in [
                ("nb", "Prøv igjen om noen minutter"), ("nn", "Prøv igjen om nokre minutt"),
                ("en", "Try again in a few minutes"),
            ] {
                let refused = try await send(host.visitor(), language, seed: "third")
                #expect(refused.status == .tooManyRequests)
                #expect(refused.text.contains(words) && refused.text.contains("class=\"note care help stack\""))
                #expect(refused.text.contains("href=\"tel:") && refused.text.contains(Whistle.text))
            }
            #expect(try await count("whistleblowing_case", host) == 2)
            // By name it goes, and half an hour later without.
            let named = try await host.browser("kari")
            try await named.get(Whistle.path)
            #expect(try await send(named, as: "named", seed: "by name").status == .ok)
            host.clock.advance(seconds: 1800)
            #expect(try await send(host.visitor(), seed: "third").status == .ok)
            #expect(try await count("whistleblowing_case", host) == 4)
        }
    }

    @Test func `through the API the same is a problem that says whom to call`() async throws {
        let limit = ["TRIVSEL_WHISTLEBLOWING_ANONYMOUS_PER_HOUR": "1"]
        try await HostHarness.with(modules: [Whistleblowing.self], environment: limit) { host in
            func report() async throws -> Answer {
                try await host.stranger().post(
                    "/api/v1/whistleblowing",
                    #"{"category":"threats","campus":"trondheim","title":"A","description":"B"}"#)
            }
            #expect(try await report().status == .created)
            let refused = try await report()
            #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == "300")
            #expect(refused.text.contains("too-many-reports") && refused.text.contains("You can call:"))
            #expect(try await count("whistleblowing_case", host) == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `without room for files nothing of them is stored, and the report gets through without them`(_ engine: Engine)
        async throws
    {
        let limit = ["TRIVSEL_WHISTLEBLOWING_ANONYMOUS_MEGABYTES": "0"]
        try await HostHarness.with(engine, modules: [Whistleblowing.self], environment: limit) { host in
            for (language, words) in [
                ("nb", "Send varselet uten filer"), ("nn", "Send varselet utan filer"),
                ("en", "Send the report without files"),
            ] {
                let refused = try await send(host.visitor(), language, seed: "one", [Self.file])
                #expect(refused.status.code == 507 && refused.text.contains(words), "\(language)")
                #expect(refused.text.contains(Whistle.text) && refused.text.contains("href=\"tel:"))
            }
            #expect(try await count("vault_file", host) == 0)
            #expect(try await count("whistleblowing_case", host) == 0)
            let code = try await Whistle.report(host.visitor())
            let later = try await Whistle.attach(host.visitor(), code, [Self.file], text: "Her er filen")
            #expect(later.status.code == 507 && later.text.contains("Her er filen"))
            #expect(try await count("vault_file", host) == 0)
            let named = try await host.browser("kari")
            try await named.get(Whistle.path)
            #expect(try await send(named, as: "named", seed: "by name", [Self.file]).status == .ok)
        }
    }

    @Test(arguments: Engine.all)
    func `room comes back when a keeper has acknowledged what came, and what was taken before still goes along`(
        _ engine: Engine
    ) async throws {
        let limit = ["TRIVSEL_WHISTLEBLOWING_ANONYMOUS_MEGABYTES": "10"]
        try await HostHarness.with(engine, modules: [Whistleblowing.self], environment: limit) { host in
            // Taken, and not sent yet: the page shows the form again, as nothing was pressed.
            let visitor = host.visitor()
            let shown = try await visitor.post(Whistle.path, list: fields(seed: "one"), files: [Self.file])
            let kept = try #require(shown.value(ofHidden: "draft"))
            let id = try #require(shown.text.firstMatch(of: /name="kept" value="([^"]+)"/)).1
            #expect(try await send(host.visitor(), seed: "two", [Self.file]).status.code == 507)
            let sent = try await visitor.post(
                Whistle.path,
                list: fields(seed: "one") + [("draft", kept), ("kept", String(id)), ("go", "send")], files: [])
            #expect(sent.status == .ok)
            #expect(try await send(host.visitor(), seed: "two", [Self.file]).status.code == 507)
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            _ = try await Whistle.act(keeper, address, "acknowledgement", [("text", "Takk")])
            #expect(try await send(host.visitor(), seed: "two", [Self.file]).status == .ok)
        }
    }
}
