import Foundation
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting
import Vault

/// Everyone sees what is held about them, and takes it along: complete, readable by people and by programs, theirs alone.
@Suite(.timeLimit(.minutes(5))) struct OwnDataTests {
    private struct Document: Decodable {
        struct Section: Decodable {
            let code: String
            let rows: [Row]
        }
        struct Row: Decodable {
            let fields: [Field]
            let files: [File]
            let parts: [Section]
        }
        struct Field: Decodable { let code, value: String }
        struct File: Decodable {
            let name, sha256: String
            let path: String?
        }

        let person: String
        let sections: [Section]

        func rows(_ code: String) -> [Row] { sections.first { $0.code == code }?.rows ?? [] }
    }

    private static let path = "/api/v1/me/data"

    @Test func `a module that is off is named, for what it holds is not among the data now`() async throws {
        for (enabled, isNamed) in [(["alpha"], true), (["alpha", "deviations"], false)] {
            try await HostHarness.with(
                modules: [Deviations.self, Whistleblowing.self, Alpha.self], enabled: enabled
            ) { host in
                let page = try await host.browser("kari").get("/me/data").text
                #expect(page.contains("Slått av nå") == isNamed)
                let document = try await host.api("kari").get(Self.path).json(Document.self)
                // That there is nothing about whistleblowing here is said whether it is on or off.
                #expect(document.rows("host.off").map { $0.fields.map(\.value) } == (isNamed ? [["deviations"]] : []))
            }
        }
    }

    /// The files of a ZIP archive, as another program unpacks it.
    private func unpacked(_ archive: [UInt8]) throws -> [String: String] {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let file = "\(folder.path)/copy.zip"
        try Data(archive).write(to: URL(filePath: file))
        let script = """
            import sys, json, zipfile
            z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
            open(sys.argv[2], 'w').write(json.dumps({n: z.read(n).decode() for n in z.namelist()}))
            """
        let python = try Programs.start(Programs.python, ["-c", script, file, "\(folder.path)/out.json"])
        python.waitUntilExit()
        return try JSONDecoder().decode(
            [String: String].self, from: Data(contentsOf: URL(filePath: "\(folder.path)/out.json")))
    }

    @Test(arguments: Engine.all)
    func `the copy has every word and file one has sent and been answered, as a page, as JSON, and as they were sent`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let number = try await host.number(of: id)
            let kari = try await host.api("kari")
            let sent = try await kari.post(
                "/api/v1/deviations/\(id)/files", bytes: Array("Målt 71 dB".utf8), type: "application/octet-stream",
                headers: [.contentDisposition: "attachment; filename=\"maaling.txt\""])
            #expect(sent.status == .created)
            try await host.act("replies", on: id, by: "hamid", #"{"text":"Vi skifter viften"}"#)
            try await host.act("notes", on: id, by: "hamid", #"{"text":"Internt notat"}"#)
            let other = try await host.report(by: "ola")

            let answer = try await kari.get("\(Self.path)/export")
            #expect(answer.status == .ok && answer.headers[.contentType] == "application/zip")
            let files = try unpacked(answer.body)
            let document = try JSONDecoder().decode(Document.self, from: Data((files["data.json"] ?? "").utf8))
            #expect(document.person == "kari")
            let reports = document.rows("deviations.reports")
            #expect(reports.count == 1)
            let values = Dictionary(uniqueKeysWithValues: (reports.first?.fields ?? []).map { ($0.code, $0.value) })
            #expect(values["number"] == number && values["title"] == "Sensuren er tre uker forsinket")
            #expect(
                values["description"] == "Fristen gikk ut 6. november, og ingen svarer." && values["when"] == "uke 46")
            let file = try #require(reports.first?.files.first)
            #expect(files[file.path ?? ""] == "Målt 71 dB" && file.name == "maaling.txt")
            let steps = reports.first?.parts.first?.rows.flatMap(\.fields).map(\.value) ?? []
            #expect(steps.contains("Vi skifter viften"))
            for (name, text) in files {
                #expect(!text.contains("Internt notat") && !text.contains("hamid") && !text.contains(other), "\(name)")
            }
            let page = try #require(files["data.html"])
            #expect(
                page.contains("Vi skifter viften") && page.contains(file.path ?? "-") && page.hasPrefix("<!doctype"))
        }
    }

    @Test func `the page, the API and the copy say the same, and each copy stands in the log that one sees`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            _ = try await host.report()
            let kari = try await host.browser("kari")
            let page = try await kari.get("/me/data")
            #expect(page.status == .ok && page.text.contains("Sensuren er tre uker forsinket"))
            #expect(page.text.contains("Mine opplysninger") && !page.text.contains("Du tok ut en kopi"))
            let copy = try await kari.post("/me/data/export", [:])
            #expect(copy.headers[.contentType] == "application/zip" && copy.headers[.cacheControl] == "no-store")
            let text = try unpacked(copy.body)["data.html"] ?? ""
            #expect(text.contains("Sensuren er tre uker forsinket"))
            #expect(try await kari.get("/me/data").text.contains("Du tok ut en kopi"))
            let document = try await host.api("kari").get(Self.path).json(Document.self)
            #expect(document.rows("host.person").first?.fields.contains { $0.value == "kari" } == true)
            let logged = try await host.base.database.read {
                try $0.query("SELECT person, concerns, act FROM privacy_act ORDER BY id") {
                    [$0.text(0), $0.text(1), $0.text(2)]
                }
            }
            #expect(logged == [["kari", "kari", "exported"], ["kari", "kari", "exported"]])
        }
    }

    @Test func `roles and deputies are in it, past ones too, and messages only as what and when`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            #expect(!id.isEmpty)
            let token = host.base.vault.lookups.token("hamid", for: "notices")
            try await eventually("Hamid's mail is queued") {
                try await host.base.database.read {
                    try $0.first("SELECT 1 FROM bus_job WHERE key LIKE \("%\(token)%")") { $0.int(0) } != nil
                }
            }
            let before = try await host.api("hamid").get(Self.path).json(Document.self)
            #expect(before.rows("host.messages").isEmpty)
            try await host.base.database.write { try $0.execute("UPDATE bus_job SET state = 'done', payload = ''") }
            let document = try await host.api("hamid").get(Self.path).json(Document.self)
            #expect(document.rows("host.messages").flatMap(\.fields).contains { $0.value == "assigned" })
            let page = try await host.browser("hamid").get("/me/data").text
            #expect(page.contains("<dd>Sak til behandling</dd>") && !page.contains("assigned"))
            #expect(document.rows("host.roles").flatMap(\.fields).contains { $0.value == "case-handler" })
            let elin = try await host.api("elin").get(Self.path).json(Document.self)
            #expect(!elin.rows("host.deputies").isEmpty)
        }
    }

    @Test func `whether somebody has sent a whistleblow, by name or not, cannot be told from it`() async throws {
        try await HostHarness.with(modules: [Deviations.self, Whistleblowing.self]) { host in
            /// All but what this test itself leaves: sign-ins, and the log of copies.
            func read() async throws -> [String: Int] {
                let page = try await host.browser("kari").get("/me/data").text
                let api = try await host.api("kari").get(Self.path)
                #expect(!page.contains("Kvernknurr") && !api.text.contains("Kvernknurr"))
                let sections = try api.json(Document.self).sections
                return Dictionary(uniqueKeysWithValues: sections.map { ($0.code, $0.rows.count) })
                    .filter { !["host.privacy", "host.sign-ins"].contains($0.key) }
            }
            let before = try await read()
            let sent = try await host.api("kari").post(
                "/api/v1/whistleblowing",
                #"{"category":"threats","campus":"trondheim","title":"Kvernknurr","description":"Det skjedde i gangen","named":true}"#
            )
            #expect(sent.status == .created, "\(sent.text)")
            #expect(try await read() == before)
            let residue = try await host.base.database.read {
                try $0.query("SELECT act, COALESCE(module, '') FROM privacy_act") { "\($0.text(0)) \($0.text(1))" }
            }
            #expect(residue == ["exported ", "exported "])
        }
    }

    @Test func `nobody who is not signed in gets it, and no other site's form takes a copy`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            #expect(try await host.stranger().get(Self.path).status == .unauthorized)
            #expect(try await host.stranger().get("\(Self.path)/export").status == .unauthorized)
            let kari = try await host.browser("kari")
            let forged = try await kari.post("/me/data/export", ["_token": "x"])
            #expect(forged.status == .badRequest)
            let acts = try await host.base.database.read {
                try $0.first("SELECT COUNT(*) FROM privacy_act") { $0.int(0) }
            }
            #expect(acts == 0)
        }
    }
}
