import HTTPTypes
import Testing
import TrivselTesting

/// The conversation between a reporter nobody knows and the keepers.
@Suite struct DialogueTests {
    @Test(arguments: Engine.all)
    func
        `given an anonymous whistleblow, when the handler asks and the reporter returns with the code after 60 days, then both texts are there`(
            _ engine: Engine
        ) async throws
    {
        try await HostHarness.with(engine, modules: [Whistleblowing.self]) { host in
            let code = try await Whistle.report(host.visitor())
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            #expect(
                try await Whistle.act(keeper, address, "questions", [("text", "Når skjedde det?")]).status == .seeOther)
            host.clock.advance(seconds: 60 * 86_400)

            let visitor = host.visitor()
            let page = try await Whistle.open(visitor, code).text
            #expect(page.contains(Whistle.text) && page.contains("Når skjedde det?"))
            #expect(try await Whistle.write(visitor, code, "I september.").text.contains("I september."))
            let later = try await host.browser("vigdis").get(address).text
            #expect(
                later.contains(Whistle.text) && later.contains("Når skjedde det?") && later.contains("I september."))
        }
    }

    @Test(arguments: Engine.all)
    func `a message that comes just before the deletion puts it off, so that somebody can still answer it`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Whistleblowing.self]) { host in
            let code = try await Whistle.report(host.visitor())
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            for act in ["acknowledgement", "conclusion"] {
                #expect(try await Whistle.act(keeper, address, act, [("text", "Takk.")]).status == .seeOther, "\(act)")
            }
            #expect(try await keeper.get(address).text.contains("Saken slettes mandag 27. november 2028"))
            // Until ten days before.
            host.clock.advance(seconds: 721 * 86_400)
            let warned = try await Whistle.open(host.visitor(), code).text
            #expect(warned.contains("Saken slettes mandag 27. november"))
            #expect(try await Whistle.write(host.visitor(), code, "Det skjer igjen.").text.contains("Det skjer igjen."))
            let later = try await host.browser("vigdis").get(address).text
            #expect(later.contains("Det skjer igjen."))
            #expect(later.contains("Saken slettes lørdag 17. februar 2029"))
            #expect(try await !Whistle.open(host.visitor(), code).text.contains("Saken slettes"))
        }
    }

    @Test func `a note is never shown to the reporter, and a keeper's name neither`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let code = try await Whistle.report(host.visitor())
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            _ = try await Whistle.act(keeper, address, "acknowledgement", [("text", "Takk, vi ser på det.")])
            _ = try await Whistle.act(keeper, address, "notes", [("text", "Snakket med HR.")])
            let page = try await Whistle.open(host.visitor(), code).text
            #expect(page.contains("Takk, vi ser på det.") && !page.contains("HR") && !page.contains("Vigdis"))
        }
    }

    @Test func `a wrong code and one that never was get the same answer, and many are held up`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let code = try await Whistle.report(host.visitor())
            let wrong = String(code.dropLast()) + (code.last == "7" ? "8" : "7")
            func answer(_ typed: String) async throws -> String {
                try await Whistle.open(host.visitor(), typed).text.replacing(typed, with: "")
            }
            let page = try await answer(wrong)
            #expect(page.contains("Vi finner ikke noe med den koden"))
            #expect(try await answer("0000 0000 0000 0000") == page)
            let held = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<12 { group.addTask { try await answer(wrong).contains("mange feil koder") } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(held > 0)
            #expect(
                try await Whistle.open(host.visitor(), code).text.contains("mange feil koder"),
                "the right one is not told apart")
            host.clock.advance(seconds: 600)
            #expect(try await Whistle.open(host.visitor(), code).text.contains(Whistle.text))
        }
    }

    @Test func `the code is shown again until its last digits are typed`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let visitor = host.visitor()
            let code = try await Whistle.report(visitor)
            func confirm(_ digits: String) async throws -> Answer {
                try await visitor.post(
                    Whistle.path, ["step": "code", "go": "confirm", "code": code, "confirmed": digits])
            }
            let wrong = try await confirm("xxxx")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains(code))
            #expect(try await confirm(String(code.suffix(4))).text.contains(Whistle.text))
        }
    }

    @Test func `who reports by name finds the case signed in, and nobody else opens it`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let kari = try await host.browser("kari")
            try await kari.get(Whistle.path)
            let sent = try await kari.post(
                Whistle.path,
                [
                    "step": "check", "go": "send", "as": "named", "seed": "0123456789abcdef", "category": "threats",
                    "campus": "gjovik",
                    "title": Whistle.title, "description": Whistle.text,
                ])
            #expect(sent.text.contains(Whistle.text) && !sent.text.contains("translate=\"no\""))
            let id = try #require(sent.value(ofHidden: "case"))
            #expect(try await kari.get(Whistle.path).text.contains(id))
            let ola = try await host.browser("ola")
            try await ola.get(Whistle.path)
            #expect(try await ola.post(Whistle.path, ["step": "start", "go": "own", "own": id]).status == .notFound)
            #expect(
                try await host.visitor().post(Whistle.path, ["step": "case", "case": id]).text.contains(id) == false)
        }
    }

    @Test func `what is missing is marked, and what was typed stays`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let answer = try await host.visitor().post(
                Whistle.path,
                ["step": "tell", "go": "next", "as": "anonymous", "title": "", "description": Whistle.text])
            #expect(
                answer.status == .unprocessableContent && answer.text.contains("Skriv noen få ord")
                    && answer.text.contains(Whistle.text))
            let english = try await host.visitor().post(
                Whistle.path, ["step": "tell", "language": "en", "as": "anonymous", "title": Whistle.title])
            #expect(english.text.contains("Tell us what happened") && english.text.contains(Whistle.title))
        }
    }
}
