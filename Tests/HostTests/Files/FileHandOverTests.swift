import Foundation
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault

/// What becomes of a case's files when the case leaves.
@Suite(.timeLimit(.minutes(5)))
struct FileHandOverTests {
    private static let both: [any FeatureModule.Type] = [Deviations.self, Whistleblowing.self]

    private func count(_ table: String, _ host: HostHarness) async throws -> Int {
        try await host.base.database.read { try $0.first("SELECT count(*) FROM \(raw: table)") { $0.int(0) } ?? -1 }
    }

    private func keyID(of id: String, _ host: HostHarness) async throws -> CaseKey.ID? {
        try await host.base.database.read {
            try $0.first("SELECT key_id FROM deviations_case WHERE uid = \(id)") { CaseKey.ID($0.bytes(0)) }
        } ?? nil
    }

    /// A reported case with one file.
    private func reported(_ host: HostHarness) async throws -> (id: String, file: String) {
        let id = try await host.report()
        let sent = try await host.api("kari").post(
            "/api/v1/deviations/\(id)/files", bytes: Array("Snirkelgang".utf8), type: "application/octet-stream",
            headers: [.contentDisposition: "attachment; filename=\"kvernknurr.txt\""])
        #expect(sent.status == .created, "\(sent.text)")
        return (id, sent.location ?? "")
    }

    @Test(arguments: Engine.all)
    func `the files of a report that is re-registered go along, and nothing of them is left`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: Self.both) { host in
            let (id, file) = try await reported(host)
            let old = try #require(try await keyID(of: id, host))
            try await reRegister(id, host)
            try await eventually("the key is destroyed") { try await host.base.vault.key(old) == nil }
            #expect(try await host.api("kari").get(file).status == .notFound)
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            let page = try await keeper.get(address).text
            #expect(page.contains("kvernknurr.txt"))
            let link = try #require(page.firstMatch(of: /href="([^"]+\/files\/[^"]+)"/)).1
            #expect(try await keeper.get(String(link)).text == "Snirkelgang")
            try await eventually("only the keepers' copy is stored") { try await count("vault_file", host) == 1 }
        }
    }

    @Test func `no file is added to a case that is on its way, or has ended`() async throws {
        // Whistleblowing is off: what is handed over waits.
        try await HostHarness.with(modules: Self.both, enabled: ["deviations"]) { host in
            let (id, _) = try await reported(host)
            let ingrid = try await host.api("ingrid")
            let tag = try await ingrid.get("/api/v1/deviations/\(id)").headers[.eTag] ?? ""
            _ = try await ingrid.post(
                "/api/v1/deviations/\(id)/triage",
                #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"Hører ikke hjemme her"}"#,
                headers: [.ifMatch: tag])
            let late = try await host.api("kari").post(
                "/api/v1/deviations/\(id)/files", bytes: Array("mer".utf8), type: "application/octet-stream",
                headers: [.contentDisposition: "attachment; filename=\"mer.txt\""])
            #expect(late.status == .conflict, "\(late.text)")
            #expect(try await count("deviations_file", host) == 1)
        }
    }

    @Test func `the reporter sees their own files of it again, those of the officer are for the keepers`() async throws
    {
        try await HostHarness.with(modules: Self.both) { host in
            let (id, _) = try await reported(host)
            let ingrid = try await host.browser("ingrid")
            let version = try await ingrid.get("/deviations/\(id)").value(ofHidden: "version") ?? ""
            let noted = try await ingrid.post(
                "/deviations/\(id)/notes", ["version": version, "text": "Se vedlegg."],
                files: [Browser.File("hemmelig.txt", Array("tekst".utf8)), .picture])
            #expect(noted.status == .seeOther)
            try await reRegister(id, host)
            let keeper = try await host.browser("vigdis")
            let page = try await keeper.get(try #require(try await Whistle.cases(keeper).first)).text
            for name in ["kvernknurr.txt", "hemmelig.txt", "bilde.gif"] { #expect(page.contains(name)) }
            let preview = try #require(page.firstMatch(of: /src="([^"]+\/preview)"/)).1
            #expect(try await keeper.get(String(preview)).headers[.contentType] == "image/webp")
            let kari = try await host.browser("kari")
            let list = try await kari.get(Whistle.path)
            let own = try #require(list.text.firstMatch(of: /name="own" value="([^"]+)"/)).1
            let dialogue = try await kari.post(Whistle.path, ["step": "start", "go": "own", "own": String(own)]).text
            #expect(dialogue.contains("kvernknurr.txt"))
            #expect(!dialogue.contains("hemmelig.txt") && !dialogue.contains("bilde.gif"))
        }
    }

    @Test func `word that a case is not followed up takes no file along`() async throws {
        try await HostHarness.with(modules: Self.both) { host in
            let id = try await host.assignedCase()
            let kari = try await host.api("kari")
            let sent = try await kari.post(
                "/api/v1/deviations/\(id)/files", bytes: Array("Snirkelgang".utf8), type: "application/octet-stream",
                headers: [.contentDisposition: "attachment; filename=\"kvernknurr.txt\""])
            host.clock.advance(seconds: 40 * 86_400)
            let told = try await host.api("kari").post(
                "/api/v1/deviations/\(id)/reporter-acts", #"{"act":"not-followed-up"}"#)
            #expect(told.status == .noContent, "\(told.text)")
            let keeper = try await host.browser("vigdis")
            try await eventually("a vault case is open") { try await !Whistle.cases(keeper).isEmpty }
            let page = try await keeper.get(try #require(try await Whistle.cases(keeper).first)).text
            #expect(!page.contains("kvernknurr") && !page.contains("/files/"))
            #expect(try await host.api("kari").get(sent.location ?? "").text == "Snirkelgang")
        }
    }

    @Test func `no name and no word of a file is in any file, log line or event afterwards`() async throws {
        let program = try Program()
        try await program.demo()
        var log = ""
        try await program.serving(environment: Self.environment) { started, port in
            let kari = Browser(port: port)
            let (id, _) = try await Self.reported(port)
            try await kari.signIn("kari")
            let path = "/deviations/mine/\(id)"
            try await kari.get(path)
            let sent = try await kari.post(path, ["act": "add-files"], files: Self.marked)
            #expect(sent.status == .seeOther)
            try await Self.reRegister(id, port)
            log = started.log
        }
        for mark in ["kvernknurr", "Snirkelgang"] {
            #expect(!log.contains(mark))
            for file in try Self.files(in: program.folder.path) {
                let held = try Data(contentsOf: file)
                #expect(held.firstRange(of: Data(mark.utf8)) == nil, "\(mark) in \(file.lastPathComponent)")
            }
        }
        // The keepers' copies and one preview are all there is.
        #expect(try await program.database { try $0.first("SELECT count(*) FROM vault_file") { $0.int(0) } } == 4)
        #expect(try await program.database { try $0.first("SELECT count(*) FROM deviations_file") { $0.int(0) } } == 0)
    }

    @Test func `a file of a copy from before the case was destroyed cannot be opened`() async throws {
        let program = try Program()
        try await program.demo()
        let data = "\(program.folder.path)/data/trivsel.sqlite"
        var (id, file) = ("", "")
        try await program.serving(environment: Self.environment) { _, port in
            (id, file) = try await Self.reported(port)
            let kari = Browser(port: port)
            try await kari.signIn("kari")
            #expect(try await kari.get(file).text == "Snirkelgang")
        }
        try FileManager.default.copyItem(atPath: data, toPath: data + ".copy")
        try await program.serving(environment: Self.environment) { _, port in try await Self.reRegister(id, port) }
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: data + end) }
        try FileManager.default.moveItem(atPath: data + ".copy", toPath: data)
        // The copy does hold the file.
        #expect(try await program.database { try $0.first("SELECT count(*) FROM vault_file_part") { $0.int(0) } } == 1)
        try await program.serving(environment: Self.environment) { _, port in
            for person in ["kari", "ingrid", "vigdis"] {
                let browser = Browser(port: port)
                try await browser.signIn(person)
                #expect(try await browser.get(file).status == .notFound, "\(person)")
            }
        }
    }

    // MARK: A program

    private static let environment = [
        "TRIVSEL_MODULES_ENABLED": "deviations,whistleblowing", "TRIVSEL_LOG_LEVEL": "trace",
    ]
    private static let marked = [Browser.File("kvernknurr 2.txt", Array("Snirkelgang 2".utf8)), .picture]

    /// A case of Kari's with one file; its id and the file's address.
    private static func reported(_ port: Int) async throws -> (id: String, file: String) {
        let kari = Browser(port: port)
        try await kari.signIn("kari")
        let form = try await kari.get("/deviations/report")
        let sent = try await kari.post(
            "/deviations/report",
            [
                "step": "5", "go": "send", "case": form.value(ofHidden: "case") ?? "", "serious": "none",
                "category": "other", "environment": "physical", "unit": "ie-idi", "campus": "trondheim",
                "ordinaryChannels.tried": "no", "ordinaryChannels.reason": "Nei", "title": "Bråk",
                "description": "Bråk.",
            ], files: [Browser.File("kvernknurr.txt", Array("Snirkelgang".utf8))])
        let path = String((sent.location ?? "").prefix { $0 != "?" })
        let link = try #require(try await kari.get(path).text.firstMatch(of: /href="([^"]+\/files\/[^"]+)" download/)).1
        return (String(path.dropFirst("/deviations/mine/".count)), String(link))
    }

    private static func reRegister(_ id: String, _ port: Int) async throws {
        let ingrid = Browser(port: port)
        try await ingrid.signIn("ingrid")
        let version = try await ingrid.get("/deviations/\(id)").value(ofHidden: "version") ?? ""
        let sent = try await ingrid.post(
            "/deviations/\(id)/triage",
            [
                "isDeviation": "no", "holdsSensitiveData": "yes", "isCensurable": "yes",
                "reason": "Hører ikke hjemme her",
                "version": version,
            ])
        #expect(sent.status == .seeOther, "\(sent.text)")
        try await eventually("the deviation is empty") { try await ingrid.get("/deviations/\(id)").status == .notFound }
        // Locked is not seen by her either; the reporter's answer is there when it is done.
        let kari = Browser(port: port)
        try await kari.signIn("kari")
        try await eventually("the reporter has an answer") {
            try await kari.get("/deviations/mine/\(id)").text.contains("Hører ikke hjemme her")
        }
    }

    private static func files(in folder: String) throws -> [URL] {
        let all = FileManager.default.enumerator(
            at: URL(filePath: folder), includingPropertiesForKeys: [.isRegularFileKey])
        return (all?.allObjects as? [URL] ?? []).filter {
            (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false
        }
    }

    private func reRegister(_ id: String, _ host: HostHarness) async throws {
        let ingrid = try await host.api("ingrid")
        let tag = try await ingrid.get("/api/v1/deviations/\(id)").headers[.eTag] ?? ""
        let left = try await ingrid.post(
            "/api/v1/deviations/\(id)/triage",
            #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"Hører ikke hjemme her"}"#,
            headers: [.ifMatch: tag])
        #expect(left.status == .ok, "\(left.text)")
        try await eventually("the deviation has no file") { try await count("deviations_file", host) == 0 }
    }
}
