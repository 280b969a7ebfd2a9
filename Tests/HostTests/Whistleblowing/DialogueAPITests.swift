import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// `POST /api/v1/whistleblowing/dialogue`: the code opens the same case as on the page, by the same rules.
@Suite struct DialogueAPITests {
    private struct Receipt: Decodable { let receiptCode: String? }

    private struct Seen: Decodable {
        struct Entry: Decodable, Equatable {
            let kind, text: String
        }
        let state, title, description: String
        let entries: [Entry]
    }

    private static let path = "/api/v1/whistleblowing/dialogue"

    private func reported(_ host: HostHarness) async throws -> String {
        let answer = try await host.stranger().post(
            "/api/v1/whistleblowing",
            #"{"category":"threats","campus":"trondheim","title":"Trusler","description":"Han truet oss."}"#)
        return try #require(try answer.json(Receipt.self).receiptCode)
    }

    private func open(_ code: String, saying text: String? = nil, _ host: HostHarness) async throws -> Answer {
        let words = text.map { #","text":"\#($0)""# } ?? ""
        return try await host.stranger(language: "nb").post(Self.path, #"{"code":"\#(code)"\#(words)}"#)
    }

    @Test(arguments: Engine.all)
    func `both sides write to each other with the code alone, and notes and keepers stay unknown`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Whistleblowing.self]) { host in
            let code = try await reported(host)
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            for (act, text) in [
                ("acknowledgement", "Takk."), ("questions", "Når var det?"), ("notes", "Snakket med HR."),
            ] {
                #expect(try await Whistle.act(keeper, address, act, [("text", text)]).status == .seeOther)
            }
            host.clock.advance(seconds: 60 * 86_400)
            let read = try await open(code, host)
            let seen = try read.json(Seen.self)
            #expect(read.status == .ok && read.headers[.cacheControl] == "no-store")
            #expect(seen.state == "acknowledged" && seen.description == "Han truet oss.")
            #expect(seen.entries.map(\.kind) == ["received", "acknowledged", "asked"])
            #expect(seen.entries.last?.text == "Når var det?")
            let wrote = try await open(code, saying: "I september.", host)
            #expect(try wrote.json(Seen.self).entries.last == Seen.Entry(kind: "answered", text: "I september."))
            for answer in [read, wrote] {
                #expect(!answer.text.contains("HR") && !answer.text.lowercased().contains("vigdis"))
            }
            #expect(try await host.browser("vigdis").get(address).text.contains("I september."))
            #expect(try await Whistle.open(host.visitor(), code).text.contains("I september."))
            let empty = try await open(code, saying: " ", host)
            #expect(empty.status == .unprocessableContent && empty.wrongFields == ["text"])
        }
    }

    @Test func `a wrong code and one that never was get the same answer, and both doors are slowed by either`()
        async throws
    {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let code = try await reported(host)
            let wrong = String(code.dropLast()) + (code.last == "7" ? "8" : "7")
            let answer = try await open(wrong, host)
            #expect(answer.status == .unprocessableContent && answer.wrongFields == ["code"])
            let never = try await open("0000000000000000", saying: "Hei", host)
            #expect(never.status == answer.status && never.text == answer.text)
            #expect(try await open("12", host).text.contains("Koden har 16 sifre"))
            #expect(try await host.stranger().post(Self.path, "{}").wrongFields == ["code"])
            let held = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<12 { group.addTask { try await open(wrong, host).status == .tooManyRequests } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(held > 0)
            #expect(try await open(code, host).status == .tooManyRequests, "the right one is not told apart")
            #expect(try await Whistle.open(host.visitor(), code).text.contains("mange feil koder"))
            host.clock.advance(seconds: 600)
            #expect(try await open(code, host).status == .ok)
        }
    }

    @Test func `a token sent along tells nothing of when its person told something`() async throws {
        try await HostHarness.with(modules: [Deviations.self, Whistleblowing.self]) { host in
            let (code, kari) = (try await reported(host), try await host.api("kari"))
            func used() async throws -> [String] {
                try await host.base.database.read {
                    try $0.query("SELECT COALESCE(used_on, '') FROM host_token") { $0.text(0) }
                }
            }
            let before = try await used()
            host.clock.advance(seconds: 600)
            let read = try await kari.post(Self.path, #"{"code":"\#(code)","text":"Hei"}"#)
            #expect(read.status == .ok)
            _ = try await kari.get("/api/v1/whistleblowing")
            _ = try await kari.post("\(Self.path)/file", #"{"code":"\#(code)","file":"x"}"#)
            #expect(try await used() == before)
            #expect(try await host.rows("idempotency_answer") == 0)
            // Elsewhere it counts as use.
            _ = try await kari.get("/api/v1/deviations")
            #expect(try await used() != before)
        }
    }

    // MARK: Files, and cases by name

    private struct Files: Decodable {
        struct Entry: Decodable { let files: [File] }
        struct File: Decodable { let id, name: String }
        let entries: [Entry]
        var all: [File] { entries.flatMap(\.files) }
    }

    private struct Own: Decodable {
        struct Item: Decodable {
            let `case`, title: String
        }
        let items: [Item]
    }

    /// Sends fields and one file.
    private func send(
        _ fields: KeyValuePairs<String, String>, _ name: String, _ content: String, by client: APIClient
    ) async throws -> Answer {
        let parts =
            fields.map { "name=\"\($0.key)\"\r\n\r\n\($0.value)" }
            + ["name=\"files\"; filename=\"\(name)\"\r\n\r\n\(content)"]
        let body = parts.map { "--trivsel7\r\nContent-Disposition: form-data; \($0)\r\n" }.joined() + "--trivsel7--\r\n"
        return try await client.post(
            Self.path, bytes: Array(body.utf8), type: "multipart/form-data; boundary=trivsel7")
    }

    private func named(_ host: HostHarness, by person: String = "kari") async throws -> String {
        let client = try await host.api(person)
        let sent = try await client.post(
            "/api/v1/whistleblowing",
            #"{"named":true,"category":"threats","campus":"trondheim","title":"Trusler","description":"Han truet oss."}"#
        )
        #expect(sent.status == .created)
        return try #require(try await client.get("/api/v1/whistleblowing").json(Own.self).items.first?.case)
    }

    @Test(arguments: Engine.all)
    func `with the code files follow the report, and both sides read them`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Whistleblowing.self]) { host in
            let (code, stranger) = (try await reported(host), host.stranger(language: "nb"))
            let sent = try await send(
                ["code": code, "text": "Se her."], "notat.txt", "Skjermbilde følger", by: stranger)
            #expect(sent.status == .ok && sent.text.contains("Se her."))
            let alone = try await send(["code": code], "mer.txt", "Mer", by: stranger)
            let files = try alone.json(Files.self).all
            #expect(alone.status == .ok && files.map(\.name) == ["notat.txt", "mer.txt"])
            let read = try await stranger.post("\(Self.path)/file", #"{"code":"\#(code)","file":"\#(files[0].id)"}"#)
            #expect(read.status == .ok && read.text == "Skjermbilde følger")
            #expect(read.header("Content-Disposition")?.hasPrefix("attachment;") == true)
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            #expect(try await keeper.get("\(address)/files/\(files[0].id)").text == "Skjermbilde følger")
            // A file of the keepers alone is none of the reporter's.
            let noted = try await keeper.post(
                "\(address)/notes",
                list: [
                    ("text", "Internt"), ("version", try await keeper.get(address).value(ofHidden: "version") ?? ""),
                ],
                files: [Browser.File("internt.txt", Array("HR".utf8))])
            #expect(noted.status == .seeOther)
            let id = try #require(
                try await keeper.get(address).text.firstMatch(of: /files\/([^"\/]+)"[^>]*>internt\.txt/)
            ).1
            let hidden = try await stranger.post("\(Self.path)/file", #"{"code":"\#(code)","file":"\#(id)"}"#)
            #expect(hidden.status == .notFound)
        }
    }

    @Test(arguments: Engine.all)
    func `who has reported by name lists, reads and writes with a token, and nobody else does`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Whistleblowing.self]) { host in
            let (id, kari) = (try await named(host), try await host.api("kari"))
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            _ = try await Whistle.act(keeper, address, "questions", [("text", "Når var det?")])
            let wrote = try await kari.post(Self.path, #"{"case":"\#(id)","text":"I september."}"#)
            #expect(try wrote.json(Seen.self).entries.map(\.text).suffix(2) == ["Når var det?", "I september."])
            let sent = try await send(["case": id], "notat.txt", "Datoer", by: kari)
            let file = try #require(try sent.json(Files.self).all.first)
            let read = try await kari.post("\(Self.path)/file", #"{"case":"\#(id)","file":"\#(file.id)"}"#)
            #expect(read.text == "Datoer")
            #expect(try await host.browser("vigdis").get(address).text.contains("notat.txt"))
            #expect(try await host.rows("idempotency_answer") == 0)

            let (other, stranger) = (try await host.api("jonas"), host.stranger())
            #expect(try await other.get("/api/v1/whistleblowing").json(Own.self).items.isEmpty)
            #expect(try await stranger.get("/api/v1/whistleblowing").status == .unauthorized)
            for (client, status) in [(other, HTTPResponse.Status.notFound), (stranger, .unauthorized)] {
                #expect(try await client.post(Self.path, #"{"case":"\#(id)"}"#).status == status)
                #expect(try await send(["case": id, "text": "Hei"], "x.txt", "x", by: client).status == status)
                let look = try await client.post("\(Self.path)/file", #"{"case":"\#(id)","file":"\#(file.id)"}"#)
                #expect(look.status == status)
            }
            #expect(try await host.rows("vault_file", where: "is_attached = 0") == 0)
        }
    }

    @Test func `a refused file and one for which there is no room are not taken, and nothing is written`() async throws
    {
        let limit = ["TRIVSEL_WHISTLEBLOWING_ANONYMOUS_MEGABYTES": "0"]
        try await HostHarness.with(modules: [Whistleblowing.self], environment: limit) { host in
            let (code, stranger) = (try await reported(host), host.stranger(language: "nb"))
            let full = try await send(["code": code, "text": "Se her."], "notat.txt", "x", by: stranger)
            #expect(full.status.code == 507 && full.text.contains("no-room-for-files"))
            let id = try await named(host)
            let program = try await send(["case": id], "les.txt", "#!/bin/sh", by: try await host.api("kari"))
            #expect(program.status == .unprocessableContent && program.wrongFields == ["files"])
            #expect(try await open(code, host).json(Seen.self).entries.count == 1)
            #expect(try await send(["code": "0000000000000000"], "x.txt", "x", by: stranger).wrongFields == ["code"])
        }
    }
}
