import Foundation
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// Files on forms, from the reporter's and the handler's pages.
@Suite(.timeLimit(.minutes(5)))
struct FileFormTests {
    private static let pdf = Browser.File("bråk på rom 203.pdf", Array("%PDF-1.7\ntrailer <<>>\n%%EOF\n".utf8))
    private static let program = Browser.File("rapport.pdf", Array("MZ\u{1}\u{2} program".utf8))

    private func report(
        _ kari: Browser, files: [Browser.File], kept: KeyValuePairs<String, String> = [:], title: String = "Støy"
    ) async throws -> Answer {
        let first = try await kari.get("/deviations/report")
        let id = first.value(ofHidden: "case") ?? ""
        let fields: [(String, String)] = [
            ("step", "5"), ("go", "send"), ("case", id), ("serious", "none"), ("category", "other"),
            ("environment", "physical"), ("unit", "ie-idi"), ("campus", "trondheim"),
            ("ordinaryChannels.tried", "no"), ("ordinaryChannels.reason", "Det haster"), ("title", title),
            ("description", "Det bråker på rommet."),
        ]
        return try await kari.post(fields: fields + kept.map { ($0.key, $0.value) }, files: files)
    }

    @Test(arguments: Engine.all)
    func `a report brings files, which its reporter and its handlers download and nobody runs`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let kari = try await host.browser("kari")
            let sent = try await report(kari, files: [Self.pdf, .picture])
            let path = try #require(sent.location).prefix { $0 != "?" }
            let id = String(path.dropFirst("/deviations/mine/".count))
            let own = try await kari.get(String(path))
            #expect(own.text.contains("bråk på rom 203.pdf") && own.text.contains("bilde.gif"))
            for person in ["kari", "ingrid"] {
                let browser = try await host.browser(person)
                let page = try await browser.get(person == "kari" ? String(path) : "/deviations/\(id)")
                let links = page.text.matches(of: /href="(\/deviations\/[^"]+\/files\/[^"\/]+)"/).map { String($0.1) }
                #expect(links.count == 2)
                let link = try #require(links.first { !page.text.contains("\($0)/preview") })
                let file = try await browser.get(link)
                #expect(file.body == Self.pdf.bytes && file.headers[.contentType] == "application/pdf")
                checkIsInert(file)
                #expect(
                    file.header("Content-Disposition")
                        == "attachment; filename=\"br_k p_ rom 203.pdf\"; filename*=UTF-8''br%C3%A5k%20p%C3%A5%20rom%20203.pdf"
                )
                let picture = try #require(links.first { page.text.contains("\($0)/preview") })
                let preview = try await browser.get(picture + "/preview")
                #expect(preview.status == .ok && preview.headers[.contentType] == "image/webp")
                checkIsInert(preview)
                #expect(try await host.browser("ragnhild").get(link).status == .notFound)
                #expect(try await host.visitor().get(link).status == .seeOther)
                #expect(try await browser.get(link + "/preview").status == .notFound)
            }
        }
    }

    private func checkIsInert(_ answer: Answer) {
        #expect(answer.headers[.contentSecurityPolicy] == "sandbox; default-src 'none'")
        #expect(answer.header("X-Content-Type-Options") == "nosniff")
        #expect(answer.headers[.cacheControl] == "no-store")
    }

    @Test func `a file that is refused is named, and all else is kept until it is sent again`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let kari = try await host.browser("kari")
            let refused = try await report(kari, files: [Self.program, Self.pdf])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("«rapport.pdf» ble ikke tatt med: det er et program"))
            #expect(refused.text.contains("Det bråker på rommet."))
            let kept = try #require(refused.text.firstMatch(of: /name="kept" value="([^"]+)" checked/)).1
            let fields: [(String, String)] = [
                "step", "case", "serious", "category", "environment", "unit", "campus", "ordinaryChannels.tried",
                "ordinaryChannels.reason", "title", "description",
            ].map { ($0, refused.value(ofHidden: $0) ?? "") }
            let sent = try await kari.post(
                fields: fields + [("go", "send"), ("kept", String(kept))], files: [])
            let path = try #require(sent.location).prefix { $0 != "?" }
            #expect(try await kari.get(String(path)).text.contains("bråk på rom 203.pdf"))
            // Sent once more, as by a second click, it is the same case.
            let again = try await kari.post(
                fields: fields + [("go", "send"), ("kept", String(kept))], files: [])
            #expect(again.location == sent.location)
        }
    }

    /// Drafts that have files, and files.
    private func kept(_ host: HostHarness) async throws -> [Int?] {
        try await host.base.database.read { reader in
            try ["deviations_draft", "vault_file"].map { table in
                try reader.first("SELECT count(*) FROM \(raw: table)") { $0.int(0) }
            }
        }
    }

    @Test func `a report that is stopped at the door leaves no draft and no file`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let kari = try await host.browser("kari")
            let refused = try await report(kari, files: [Self.program, Self.pdf])
            #expect(try await kept(host) == [1, 1])
            let id = refused.value(ofHidden: "case") ?? ""
            let ola = try await host.browser("ola")
            try await ola.get("/deviations/report")
            let fields: KeyValuePairs = ["step": "0", "go": "next", "serious": "threats", "case": id]
            #expect(try await ola.post("/deviations/report", fields).text.contains("Dette skal ikke meldes her"))
            #expect(try await kept(host) == [1, 1])
            #expect(try await kari.post("/deviations/report", fields).text.contains("Dette skal ikke meldes her"))
            #expect(try await kept(host) == [0, 0])
        }
    }

    @Test func `files of a note are for those who handle the case, those of a reply for the reporter too`() async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let hamid = try await host.browser("hamid")
            for (act, name) in [("notes", "hemmelig.txt"), ("replies", "svar.txt")] {
                let version = try await hamid.get("/deviations/\(id)").value(ofHidden: "version") ?? ""
                let sent = try await hamid.post(
                    "/deviations/\(id)/\(act)", ["version": version, "text": "Se vedlegg."],
                    files: [Browser.File(name, Array("tekst".utf8))])
                #expect(sent.status == .seeOther)
            }
            let desk = try await hamid.get("/deviations/\(id)").text
            #expect(desk.contains("hemmelig.txt") && desk.contains("svar.txt"))
            let kari = try await host.browser("kari")
            let own = try await kari.get("/deviations/mine/\(id)").text
            #expect(!own.contains("hemmelig.txt") && own.contains("svar.txt"))
            for link in desk.matches(of: /href="(\/deviations\/[^"]+\/files\/[^"\/]+)"/).map({ String($0.1) }) {
                #expect(try await kari.get(link).status == (own.contains(link) ? .ok : .notFound))
            }
        }
    }

    @Test func `the reporter adds files later, and is told what is missing`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let kari = try await host.browser("kari")
            let path = "/deviations/mine/\(id)"
            try await kari.get(path)
            #expect(try await kari.post(path, ["act": "add-files"], files: []).text.contains("Velg minst én fil."))
            // Twice: nobody may know whether the first one came through.
            for _ in 0..<2 {
                let sent = try await kari.post(path, ["act": "add-files"], files: [Self.pdf])
                #expect(sent.status == .seeOther)
            }
            #expect(try await kari.get(path).text.matches(of: /download>bråk på rom 203.pdf</).count == 1)
            #expect(try await host.browser("hamid").get("/deviations/\(id)").text.contains("bråk på rom 203.pdf"))
            let events = try await host.base.database.read { try $0.query("SELECT body FROM event_log") { $0.text(0) } }
            #expect(!events.isEmpty && !events.contains { $0.contains("bråk") || $0.contains(".pdf") })
        }
    }

    @Test func `a case has ten files and no more`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let kari = try await host.browser("kari")
            let path = "/deviations/mine/\(id)"
            try await kari.get(path)
            let eleven = (1...11).map { Browser.File("fil \($0).txt", Array("tekst \($0)".utf8)) }
            let refused = try await kari.post(path, ["act": "add-files"], files: eleven)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("«fil 11.txt» ble ikke tatt med: saken har alt 10 filer."))
        }
    }

    @Test func `without the form's token no file is stored, and what was typed is shown again`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let hamid = try await host.browser("hamid")
            let answer = try await hamid.post(
                "/deviations/\(id)/notes", ["version": "3", "text": "Mitt notat"], files: [Self.pdf],
                token: .other("forged"))
            #expect(answer.status == .unprocessableContent && answer.text.contains("Mitt notat"))
            #expect(answer.text.contains("«bråk på rom 203.pdf» ble ikke tatt med: velg den på nytt."))
            let stored = try await host.base.database.read {
                try $0.first("SELECT count(*) FROM vault_file") { $0.int(0) }
            }
            #expect(stored == 0)
        }
    }

    @Test func `a form with files sent after the session has ended keeps what was typed`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let hamid = try await host.browser("hamid")
            try await hamid.get("/deviations/\(id)")
            host.clock.advance(seconds: 9 * 3600)
            let lost = try await hamid.post(
                "/deviations/\(id)/notes", ["version": "3", "text": "Mitt lange notat"], files: [Self.pdf],
                headers: [.origin: "http://127.0.0.1:\(host.port)"])
            #expect(lost.status == .unauthorized && lost.text.contains("Mitt lange notat</textarea>"))
        }
    }

    @Test func `a body that is no form, or breaks off, is an answer and no fault`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let hamid = try await host.browser("hamid")
            for body in ["", "--x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb", "hello"] {
                let answer = try await hamid.send(
                    .post, "/deviations/\(id)/notes", headers: [.contentType: "multipart/form-data; boundary=x"],
                    body: Array(body.utf8))
                #expect(answer.status == .badRequest, "\(body)")
            }
        }
    }
}

extension Browser {
    /// Sends the report form.
    fileprivate func post(fields: [(String, String)], files: [File]) async throws -> Answer {
        try await post("/deviations/report", list: fields, files: files)
    }
}
