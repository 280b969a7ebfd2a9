import Foundation
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// What is left of a re-registered deviation wherever somebody might look, raw bytes and a restored backup included.
///
/// Out of reach is what a person took out of the system before: a CSV, a copy of one's own data, an extract or a file that was downloaded,
/// a page that was printed, a mail's copy at its recipient. Of these only the CSV and the mails hold no word of a case to begin with.
@Suite(.timeLimit(.minutes(10))) struct MarkedWordTests {
    /// A word of its own for each place in which somebody wrote.
    private static let marks = [
        "title": "Kvernknurr", "description": "Snirkelgang", "channel": "Tverrsprett", "file": "Vindskeivt",
        "content": "Knirkeplank", "note": "Rundbrenning", "reply": "Skakkelag", "reason": "Glefsing",
    ]

    /// A case before and after it left.
    private struct Marked {
        let id, number, file, request: String
    }

    @Test(arguments: Engine.all)
    func
        `a marked word is found 0 times in database files, WAL, search index, events, mail, logs, metrics, exports and a restored backup after re-registration`(
            engine: Engine
        ) async throws
    {
        try await Installed.with(engine, modules: "deviations,whistleblowing") { installed in
            let tokens = try await tokens(installed)
            var marked: Marked?
            try await working(installed, tokens) { port in
                let told = try await report(port, tokens)
                marked = told
                try await expectShown(told, port, tokens)
            }
            let told = try #require(marked)
            try await installed.restored {
                try await working(installed, tokens) { port in
                    try await reRegister(told, port, tokens, installed)
                    try await expectForgotten(told, port, tokens)
                }
                try await expectNowhere(installed)
            } _: { restored in
                // What the backup brings back is sealed by a key that is gone.
                #expect(
                    try await restored.rows("deviations_case", where: "uid = \(told.id) AND key_id IS NOT NULL") == 1)
                #expect(try await restored.rows("vault_file_part") > 0)
                let tokens = try await self.tokens(restored)
                try await working(restored, tokens) { port in try await expectForgotten(told, port, tokens) }
                try await expectNowhere(restored)
            }
        }
    }

    // MARK: People

    private func tokens(_ installed: Installed) async throws -> [String: String] {
        var tokens: [String: String] = [:]
        for person in ["kari", "ingrid", "unni", "dagny"] { tokens[person] = try await installed.token(person) }
        return tokens
    }

    private func client(_ person: String, _ port: Int, _ tokens: [String: String]) -> APIClient {
        APIClient(port: port, token: tokens[person])
    }

    private func mark(_ place: String) -> String { Self.marks[place] ?? "" }

    /// A host that says all it can, and a worker that writes its mails.
    private func working(_ installed: Installed, _ tokens: [String: String], _ body: (Int) async throws -> Void)
        async throws
    {
        try await installed.serving(["TRIVSEL_LOG_LEVEL": "trace"]) { started, port in
            let worker = try installed.program.start(["work", "notifications"], environment: installed.environment)
            do { try await body(port) } catch {
                worker.signal(SIGKILL)
                throw error
            }
            try await eventually("its mails are out") {
                try await installed.rows("bus_job", where: "state NOT IN ('done', 'dropped')") == 0
            }
            worker.signal(SIGTERM)
            #expect(try await worker.end().code == 0)
            let figures = try await Client(port: port).send(.get, "/metrics").text
            #expect(figures.contains("trivsel_") && started.log.contains("deviations"))
            expectNone(in: figures, "metrics")
            expectNone(in: started.log, "log")
        }
    }

    private func report(_ port: Int, _ tokens: [String: String]) async throws -> Marked {
        let (kari, ingrid) = (client("kari", port, tokens), client("ingrid", port, tokens))
        let body = HostHarness.reportBody(title: mark("title"), description: mark("description"))
            .replacing("uke 46", with: mark("channel"))
        let receipt = try await kari.post("/api/v1/deviations", body).json(CaseReceipt.self)
        let path = "/api/v1/deviations/\(receipt.id)"
        let sent = try await kari.post(
            "\(path)/files", bytes: Array(mark("content").utf8), type: "application/octet-stream",
            headers: [.contentDisposition: "attachment; filename=\"\(mark("file")).txt\""])
        #expect(sent.status == .created, "\(sent.text)")
        for (act, text) in [("notes", mark("note")), ("replies", mark("reply"))] {
            let tag = try await ingrid.get(path).header("ETag") ?? ""
            let done = try await ingrid.post("\(path)/\(act)", #"{"text":"\#(text)"}"#, headers: [.ifMatch: tag])
            #expect(done.status == .ok, "\(done.text)")
        }
        let file = String((sent.location ?? "").split(separator: "/").last ?? "")
        let unni = Answering(client: client("unni", port, tokens))
        let request = try await unni.register()
        #expect(try await unni.add(receipt.id, to: request).status == .ok)
        #expect(try await unni.extract(receipt.id, of: request, files: [file]).status == .ok)
        #expect(try await unni.decide(request).status == .ok)
        return Marked(
            id: receipt.id, number: receipt.number, file: "\(path)/files/\(file)", request: request)
    }

    private func reRegister(_ told: Marked, _ port: Int, _ tokens: [String: String], _ installed: Installed)
        async throws
    {
        let ingrid = client("ingrid", port, tokens)
        let tag = try await ingrid.get("/api/v1/deviations/\(told.id)").header("ETag") ?? ""
        let left = try await ingrid.post(
            "/api/v1/deviations/\(told.id)/triage",
            #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"\#(mark("reason"))"}"#,
            headers: [.ifMatch: tag])
        #expect(left.status == .ok, "\(left.text)")
        try await eventually("it has left") {
            let emptied = try await installed.rows("deviations_case", where: "uid = \(told.id) AND key_id IS NULL")
            let doomed = try await installed.rows("vault_destroy", where: "is_done = 0")
            return emptied == 1 && doomed == 0
        }
        // It did go somewhere.
        let keeper = Browser(port: port)
        try await keeper.signIn("vigdis")
        var pages = ""
        for address in try await Whistle.cases(keeper) { pages += try await keeper.get(address).text }
        for place in ["title", "description", "file", "note", "reply"] {
            #expect(pages.contains(mark(place)), "\(place)")
        }
    }

    // MARK: Places

    /// Everything that a person can take out, and what is told of events.
    private func outputs(_ told: Marked, _ port: Int, _ tokens: [String: String]) async throws -> [String: String] {
        let (kari, ingrid) = (client("kari", port, tokens), client("ingrid", port, tokens))
        let (unni, dagny) = (client("unni", port, tokens), client("dagny", port, tokens))
        let desk = Browser(port: port)
        try await desk.signIn("ingrid")
        var found = [
            "CSV": try await desk.get("/deviations/export?view=all").text,
            "page": try await desk.get("/deviations/\(told.id)").text,
            "list": try await ingrid.get("/api/v1/deviations").text,
            "case": try await ingrid.get("/api/v1/deviations/\(told.id)").text,
            "file": try await ingrid.get(told.file).text + kari.get(told.file).text,
            "own data": try await kari.get("/api/v1/me/data").text,
            "extract": try await dagny.get("/api/v1/me/requests").text,
            "request": try await unni.get("\(Answering.path)/\(told.request)").text,
        ]
        for (place, word) in Self.marks {
            let answer = try await ingrid.post("/api/v1/deviations/search", #"{"q":"\#(word)"}"#).text
            found["search \(place)"] = answer.contains(told.id) ? word : answer
        }
        return found
    }

    /// Before: what is looked for can be found where it should be.
    private func expectShown(_ told: Marked, _ port: Int, _ tokens: [String: String]) async throws {
        let found = try await outputs(told, port, tokens)
        for (output, place) in [
            ("page", "note"), ("case", "reply"), ("file", "content"), ("own data", "title"), ("extract", "description"),
            ("extract", "content"), ("search title", "title"), ("search description", "description"),
        ] { #expect(found[output]?.contains(mark(place)) == true, "\(place) in \(output)\n\(found[output] ?? "")") }
        #expect(found["CSV"]?.contains(told.number) == true)
        expectNone(in: found["CSV"] ?? "", "CSV")
    }

    private func expectForgotten(_ told: Marked, _ port: Int, _ tokens: [String: String]) async throws {
        for (output, text) in try await outputs(told, port, tokens) { expectNone(in: text, output) }
    }

    private func expectNone(in text: String, _ place: String) {
        for word in Self.marks.values {
            #expect(text.range(of: word, options: .caseInsensitive) == nil, "\(word) in \(place)")
        }
    }

    /// Raw: databases with log and index, backup, mails, and what the programs printed.
    private func expectNowhere(_ installed: Installed) async throws {
        let raw = try await installed.raw()
        // A word that is stored in the clear is found, in the data and not in the backup, and so is a mail.
        let clear = raw.holding("organisational")
        #expect(raw.files.contains { $0.path.hasSuffix("/data.backup") })
        #expect(!clear.isEmpty && !clear.contains { $0.hasSuffix("/data.backup") })
        #expect(raw.holding("kari@ntnu.test").contains { $0.hasSuffix(".eml") })
        for (place, word) in Self.marks { #expect(raw.holding(word) == [], "\(place)") }
        let events = try await installed.read { try $0.query("SELECT body FROM event_log") { $0.text(0) } }
        #expect(!events.isEmpty)
        expectNone(in: events.joined(), "events")
    }
}
