import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// Files of whistleblows, from the reporter's page and the keepers'.
@Suite(.timeLimit(.minutes(5)))
struct WhistleFileTests {
    private static let pdf = Browser.File("bråk.pdf", Array("%PDF-1.7\ntrailer <<>>\n%%EOF\n".utf8))
    private static let program = Browser.File("rapport.pdf", Array("MZ\u{1}\u{2} program".utf8))

    private func stored(_ host: HostHarness) async throws -> Int {
        try await host.base.database.read { try $0.first("SELECT count(*) FROM vault_file") { $0.int(0) } ?? -1 }
    }

    private func links(_ page: Answer) -> [String] {
        page.text.matches(of: /href="([^"]+\/files\/[^"\/]+)" download/).map { String($0.1) }
    }

    /// What the last page of the report's form sends.
    private func send(
        _ browser: Browser, seed: String = "0123456789", kept: [(String, String)] = [], files: [Browser.File]
    ) async throws -> Answer {
        let fields = [
            ("language", "nb"), ("step", "check"), ("as", "anonymous"), ("seed", seed), ("category", "threats"),
            ("campus", "trondheim"), ("title", Whistle.title), ("description", Whistle.text),
        ]
        // The button that is pressed stands after the files.
        return try await browser.post(Whistle.path, list: fields + kept + [("go", "send")], files: files)
    }

    @Test(arguments: Engine.all)
    func `a file goes with the code alone to the keepers, who only download it, and see a picture's preview`(
        _ engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Whistleblowing.self]) { host in
            let code = try await Whistle.report(host.visitor())
            let visitor = host.visitor()
            let sent = try await Whistle.attach(visitor, code, [Self.pdf, .picture])
            #expect(sent.status == .ok && sent.text.contains("bråk.pdf") && sent.text.contains("bilde.gif"))
            let keeper = try await host.browser("vigdis")
            let page = try await keeper.get(try #require(try await Whistle.cases(keeper).first))
            let (file, picture) = (try #require(links(page).first), try #require(links(page).last))
            let answer = try await keeper.get(file)
            #expect(answer.body == Self.pdf.bytes && answer.headers[.contentType] == "application/pdf")
            #expect(answer.header("Content-Disposition")?.hasPrefix("attachment; filename=\"br_k.pdf\"") == true)
            #expect(answer.headers[.contentSecurityPolicy] == "sandbox; default-src 'none'")
            #expect(answer.header("X-Content-Type-Options") == "nosniff" && answer.headers[.cacheControl] == "no-store")
            let preview = try await keeper.get(picture + "/preview")
            #expect(preview.headers[.contentType] == "image/webp" && page.text.contains("\(picture)/preview"))
            #expect(try await keeper.get(file + "/preview").status == .notFound)
            for person in ["ingrid", "kari", "anders", "torstein"] {
                #expect(try await host.browser(person).get(file).status == .notFound, "\(person)")
                #expect(try await host.browser(person).get(picture + "/preview").status == .notFound, "\(person)")
            }
            // The reporter gets them back by the code: as a file, and as a picture on the page.
            let ids = sent.text.matches(of: /value="file-([^"]+)"/).map { String($0.1) }
            func ask(_ go: String) async throws -> Answer {
                try await visitor.post(Whistle.path, ["step": "case", "go": go, "code": code])
            }
            let back = try await ask("file-\(try #require(ids.first))")
            #expect(
                back.body == Self.pdf.bytes && back.headers[.contentSecurityPolicy] == "sandbox; default-src 'none'")
            let seen = try await ask("look-\(try #require(ids.last))")
            #expect(seen.text.contains("src=\"data:image/webp;base64,UklGR") && seen.text.contains("data-exit"))
            #expect(try await ask("look-\(try #require(ids.first))").status == .notFound)
        }
    }

    @Test func `a report brings files from its first page on, and sent twice it is one case with them once`()
        async throws
    {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let visitor = host.visitor()
            let refused = try await send(visitor, files: [Self.program, Self.pdf])
            #expect(refused.status == .unprocessableContent && refused.text.contains(Whistle.text))
            #expect(refused.text.contains("«rapport.pdf» ble ikke tatt med: det er et program"))
            let kept = try #require(refused.text.firstMatch(of: /name="kept" value="([^"]+)" checked/)).1
            let draft = try #require(refused.value(ofHidden: "draft"))
            let carried = [("kept", String(kept)), ("draft", draft)]
            func code(_ answer: Answer) throws -> String {
                String(try #require(answer.text.firstMatch(of: /translate="no">([0-9 ]{19})</)).1)
            }
            let first = try code(try await send(visitor, kept: carried, files: [.picture]))
            #expect(try code(try await send(visitor, kept: carried, files: [.picture])) == first)
            let page = try await Whistle.open(visitor, first)
            #expect(page.text.contains("bråk.pdf") && page.text.contains("bilde.gif"))
            let keeper = try await host.browser("vigdis")
            let cases = try await Whistle.cases(keeper)
            #expect(cases.count == 1)
            #expect(links(try await keeper.get(try #require(cases.first))).count == 2)
        }
    }

    @Test func `the key of a draft is only taken from the form it was made for`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let visitor = host.visitor()
            let refused = try await send(visitor, files: [Self.program, Self.pdf])
            let kept = String(try #require(refused.text.firstMatch(of: /name="kept" value="([^"]+)" checked/)).1)
            let draft = try #require(refused.value(ofHidden: "draft"))
            let other = try await send(visitor, seed: "another", kept: [("kept", kept), ("draft", draft)], files: [])
            #expect(
                other.status == .unprocessableContent && other.text.contains("En fil du la ved tidligere, er borte."))
            #expect(try await Whistle.cases(try await host.browser("vigdis")).isEmpty)
        }
    }

    @Test func `a message whose file is too large, or is refused, keeps its text and its other files`() async throws {
        try await HostHarness.with(
            modules: [Whistleblowing.self], environment: ["TRIVSEL_ATTACHMENTS_MAX_MEGABYTES": "1"]
        ) { host in
            let code = try await Whistle.report(host.visitor())
            let visitor = host.visitor()
            let large = Browser.File("film.txt", [UInt8](repeating: 97, count: 5 << 20))
            let refused = try await Whistle.attach(
                visitor, code, [large, Self.program, Self.pdf], text: "Min lange melding")
            #expect(refused.status == .unprocessableContent && refused.text.contains("Min lange melding</textarea>"))
            #expect(refused.text.contains("«film.txt» ble ikke tatt med: den er større enn 1 MB."))
            #expect(refused.text.contains("«rapport.pdf» ble ikke tatt med: det er et program"))
            let kept = String(try #require(refused.text.firstMatch(of: /name="kept" value="([^"]+)" checked/)).1)
            let sent = try await visitor.post(
                Whistle.path, ["step": "case", "code": code, "kept": kept, "text": "Min lange melding", "go": "write"],
                files: [])
            #expect(sent.status == .ok && sent.text.contains("bråk.pdf") && sent.text.contains("Min lange melding"))
            #expect(try await stored(host) == 1)
            let english = try await visitor.post(
                Whistle.path, ["language": "en", "step": "case", "code": code, "text": "", "go": "write"],
                files: [Self.program])
            #expect(english.text.contains("“rapport.pdf” was not included"))
        }
    }

    @Test func `keepers send files with a question, and with a note that the reporter never sees`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let code = try await Whistle.report(host.visitor())
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            func send(_ act: String, _ file: Browser.File) async throws -> Answer {
                let version = try await keeper.get(address).value(ofHidden: "version") ?? ""
                return try await keeper.post(
                    "\(address)/\(act)", ["version": version, "text": "Se her"], files: [file])
            }
            #expect(try await send("questions", Self.pdf).status == .seeOther)
            #expect(try await send("notes", Browser.File("hemmelig.txt", Array("tekst".utf8))).status == .seeOther)
            let refused = try await send("questions", Self.program)
            #expect(refused.status == .unprocessableContent && refused.text.contains("Se her</textarea>"))
            let page = try await keeper.get(address)
            #expect(page.text.contains("hemmelig.txt") && page.text.contains("bråk.pdf"))
            let visitor = host.visitor()
            let own = try await Whistle.open(visitor, code).text
            #expect(own.contains("bråk.pdf") && !own.contains("hemmelig.txt"))
            let secret = try #require(links(page).first { !own.contains($0.suffix(36)) }).suffix(36)
            #expect(
                try await visitor.post(Whistle.path, ["step": "case", "go": "file-\(secret)", "code": code]).status
                    == .notFound)
        }
    }

    @Test func `a keeper who is taken off the case gets no file of it from that moment on`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let code = try await Whistle.report(host.visitor())
            _ = try await Whistle.attach(host.visitor(), code, [.picture])
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            let link = try #require(links(try await keeper.get(address)).first)
            #expect(try await keeper.get(link).status == .ok)
            _ = try await Whistle.act(
                keeper, address, "exclusions", [("person", "vigdis"), ("reason", "Kjenner ham.")])
            #expect(try await keeper.get(link).status == .notFound)
            #expect(try await keeper.get(link + "/preview").status == .notFound)
            #expect(try await host.browser("torstein").get(link).status == .ok)
        }
    }

    @Test func `while clamd is away no file is taken, from a keeper neither, and the words stay`() async throws {
        try await HostHarness.with(
            modules: [Whistleblowing.self], environment: ["TRIVSEL_ATTACHMENTS_CLAMD": "unix:/nowhere"]
        ) { host in
            let code = try await Whistle.report(host.visitor())
            let refused = try await Whistle.attach(host.visitor(), code, [Self.pdf], text: "Mine ord")
            #expect(
                refused.text.contains("vi får ikke søkt etter virus akkurat nå") && refused.text.contains("Mine ord"))
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            let version = try await keeper.get(address).value(ofHidden: "version") ?? ""
            let own = try await keeper.post(
                "\(address)/questions", ["version": version, "text": "Se her"], files: [Self.pdf])
            #expect(own.text.contains("vi får ikke søkt etter virus akkurat nå") && own.text.contains("Se her"))
            #expect(try await stored(host) == 0)
        }
    }

    @Test func `with a wrong code no file is stored, nor in a case that is another's`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            _ = try await Whistle.report(host.visitor())
            let wrong = try await Whistle.attach(host.visitor(), "1234 5678 9012 3456", [Self.pdf])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Vi finner ikke noe med den koden"))
            #expect(try await Whistle.attach(host.visitor(), "12", [Self.pdf]).text.contains("Koden har 16 sifre"))
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            let ingrid = try await host.browser("ingrid")
            let other = try await ingrid.post("\(address)/notes", ["version": "1", "text": "x"], files: [Self.pdf])
            #expect(other.status == .notFound)
            #expect(try await stored(host) == 0)
        }
    }
}
