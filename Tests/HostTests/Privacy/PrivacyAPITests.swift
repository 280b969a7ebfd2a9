import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// What the pages for who answers do, a client does.
@Suite(.timeLimit(.minutes(5))) struct PrivacyAPITests {
    private struct Listed: Decodable {
        let items: [Answering.Request]
        let next: String?
    }

    private struct Extracts: Decodable { let items: [Answering.Extract] }
    private struct Own: Decodable {
        struct Item: Decodable {
            let state: String
            let keptUntil: String?
            let extract: [Answering.Extract]
        }
        let items: [Item]
    }

    private struct Hits: Decodable {
        struct Off: Decodable { let module: String }
        let notSearched: [Off]
    }

    @Test func `a search names what is switched off, and never whether whistleblowing is`() async throws {
        for (enabled, off) in [(["alpha"], ["deviations"]), (["alpha", "deviations"], [])] {
            try await HostHarness.with(
                modules: [Deviations.self, Whistleblowing.self, Alpha.self], enabled: enabled
            ) { host in
                let unni = try await host.answering()
                let request = try await unni.register()
                let hits = try await unni.client.post(unni.path(request, "/search"), #"{"words":"Dagny"}"#)
                #expect(try hits.json(Hits.self).notSearched.map(\.module) == off)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a client registers, finds, reads, chooses and decides, and the person gets what the pages would give`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.caseAboutDagny()
            let unni = try await host.answering()
            let request = try await unni.register()
            #expect(try await unni.read(request).person == "dagny")
            let open = try await unni.client.get(Answering.path).json(Listed.self)
            #expect(open.items.map(\.id) == [request] && open.next == nil)
            let hits = try await unni.client.post(unni.path(request, "/search"), #"{"words":"Dagny"}"#).text
            #expect(hits.contains(id) && !hits.lowercased().contains("kari"))
            #expect(try await unni.add(id, to: request).status == .ok)
            let seen = try await unni.review(id, of: request)
            #expect(
                seen.passages.map(\.text) == [
                    "Dagny svarer ikke\n\nFristen gikk ut 6. november, og Dagny svarer ikke, hilsen █████."
                ])
            let made = try await unni.extract(id, of: request, hiding: ["6. november"])
            #expect(made.status == .ok, "\(made.text)")
            #expect(try await unni.decide(request).status == .ok)
            let given = try await unni.client.get(unni.path(request, "/extract")).json(Extracts.self).items
            let own = try await host.api("dagny").get("/api/v1/me/requests").json(Own.self).items
            let expected = ["Dagny svarer ikke\n\nFristen gikk ut █████, og Dagny svarer ikke, hilsen █████."]
            #expect(given.flatMap { $0.passages.map(\.text) } == expected)
            #expect(own.map(\.state) == ["granted"] && own.map(\.keptUntil) == ["2029-11-27"])
            #expect(own.flatMap(\.extract).flatMap { $0.passages.map(\.text) } == expected)
            let closed = try await unni.read(request)
            #expect(
                closed.log?.map(\.act) == [
                    "requested", "case-added", "case-read", "case-read", "extracted", "granted", "given",
                ])
            #expect(closed.log.map { Set($0.map(\.by)) } == ["unni"] && closed.cases?.map(\.hasExtract) == [true])
            #expect(try await unni.client.get(Answering.path).json(Listed.self).items.isEmpty)
            #expect(
                try await unni.client.get("\(Answering.path)?state=decided").json(Listed.self).items.map(\.id)
                    == [request])
            let grounds = try await unni.client.get("/api/v1/privacy-grounds?kind=erasure").text
            #expect(grounds.contains("\"archive\"") && !grounds.contains("\"internal\""))
        }
    }

    @Test func `who may not answer is told that there is no request, and nobody answers themself`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.caseAboutDagny()
            let unni = try await host.answering()
            let request = try await unni.register()
            #expect(try await unni.add(id, to: request).status == .ok)
            let unknown = "019ac000-0000-7000-8000-000000000000"
            let addresses: [(HTTPRequest.Method, String)] = [
                (.get, ""), (.post, "/search"), (.post, "/cases"), (.get, "/cases/\(id)"), (.delete, "/cases/\(id)"),
                (.put, "/cases/\(id)/extract"), (.get, "/cases/\(id)/files/x1"), (.post, "/decision"),
                (.get, "/extract"),
            ]
            for person in ["kari", "hamid", "ingrid", "dagny", "anders", "thea"] {
                let other = try await host.answering(person)
                for (method, rest) in addresses {
                    func answer(_ request: String) async throws -> String {
                        let (path, tag) = (other.path(request, rest), ["If-Match": "\"2\""])
                        let headers: HTTPFields = [.ifMatch: tag["If-Match"] ?? ""]
                        let answer =
                            switch method {
                            case .get: try await other.client.get(path)
                            case .put: try await other.client.put(path, "{\"passages\":[]}", headers: headers)
                            case .delete: try await other.client.delete(path, headers: headers)
                            default: try await other.client.post(path, #"{"words":"Dagny"}"#, headers: headers)
                            }
                        return "\(answer.status.code) \(answer.text.replacing(request, with: "R"))"
                    }
                    let foreign = try await answer(request)
                    #expect(foreign.hasPrefix("404"), "\(person) \(method) \(rest): \(foreign)")
                    #expect(foreign == (try await answer(unknown)))
                }
                #expect(try await other.client.get(Answering.path).status == .forbidden)
                #expect(try await other.client.get("/api/v1/privacy-grounds").status == .forbidden)
                #expect(
                    try await other.client.post(Answering.path, #"{"kind":"access","name":"A"}"#).status == .forbidden)
            }
            #expect(try await host.stranger().get(unni.path(request)).status == .unauthorized)
            #expect(try await unni.read(request).version == 2)

            let mine = try await unni.client.post("/api/v1/me/requests", #"{"kind":"access","text":"Om meg"}"#)
            let own = try mine.json(OnlyID.self).id
            #expect(try await unni.client.get(unni.path(own)).status == .notFound)
            #expect(try await unni.client.get(Answering.path).json(Listed.self).items.map(\.id) == [request])
            let registered = try await unni.client.post(
                Answering.path, #"{"kind":"access","name":"Unni","email":"unni@ntnu.test"}"#)
            #expect(registered.status == .unprocessableContent)
        }
    }

    private struct OnlyID: Decodable { let id: String }

    @Test(arguments: Engine.all)
    func `a change wants the version that was seen, and what is repeated is done once`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.caseAboutDagny()
            let unni = try await host.answering()
            let key: HTTPFields = [.init("Idempotency-Key")!: "one-of-mine"]
            let body = #"{"kind":"access","name":"Dagny","email":"dagny@ntnu.test","text":"Alt"}"#
            let first = try await unni.client.post(Answering.path, body, headers: key)
            let again = try await unni.client.post(Answering.path, body, headers: key)
            #expect(first.status == .created && first.text == again.text && first.location == again.location)
            #expect(try await host.rows("privacy_request") == 1)
            let request = try first.json(Answering.Receipt.self).id
            let add = #"{"module":"deviations","case":"\#(id)"}"#
            let cases = unni.path(request, "/cases")
            #expect(try await unni.client.post(cases, add).status == .preconditionRequired)
            #expect(try await unni.client.post(cases, add, headers: [.ifMatch: "\"7\""]).status == .preconditionFailed)
            #expect(try await host.rows("privacy_case") == 0)
            let two: HTTPFields = [.ifMatch: "\"1\"", .init("Idempotency-Key")!: "two"]
            let added = try await unni.client.post(cases, add, headers: two)
            #expect(added.status == .ok && added.header("ETag") == "\"2\"")
            #expect(try await unni.client.post(cases, add, headers: two).text == added.text)
            #expect(try await unni.read(request).version == 2)

            let decision = unni.path(request, "/decision")
            let yes = #"{"state":"granted","answer":"Ja"}"#
            #expect(try await unni.client.post(decision, yes).status == .preconditionRequired)
            // Somebody else has changed what is given out since.
            #expect(
                try await unni.client.post(decision, yes, headers: [.ifMatch: "\"1\""]).status == .preconditionFailed)
            let wrong = try await unni.decide(request, "refused", ground: "archive", answer: " ")
            #expect(try wrong.json(ProblemBody.self).errors?.map(\.field) == ["ground", "answer"])
            let three: HTTPFields = [.ifMatch: "\"2\"", .init("Idempotency-Key")!: "three"]
            let decided = try await unni.client.post(decision, yes, headers: three)
            #expect(decided.status == .ok && decided.header("ETag") == "\"3\"", "\(decided.text)")
            #expect(try await unni.client.post(decision, yes, headers: three).text == decided.text)
            #expect(try await unni.decide(request).status == .preconditionFailed)
            #expect(try await unni.send(.delete, request, "/cases/\(id)").status == .preconditionFailed)
            #expect(try await host.rows("privacy_act", where: "act = 'granted'") == 1)
            // Nothing that is kept for a repeat names the case.
            let kept = try await host.base.database.read {
                try $0.query("SELECT body || COALESCE(location, '') FROM idempotency_answer") { $0.text(0) }
            }
            #expect(kept.count == 3 && kept.allSatisfy { !$0.contains(id) })
        }
    }

    @Test func `what is sent is checked, and each field that is wrong is named`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let unni = try await host.answering()
            func fields(_ body: String) async throws -> [String]? {
                try await unni.client.post(Answering.path, body).json(ProblemBody.self).errors?.map(\.field)
            }
            let long = String(repeating: "a", count: 4001)
            #expect(try await fields("{}") == ["kind", "name", "contact"])
            #expect(
                try await fields(
                    #"{"kind":"access","name":"A","email":"ukjent@ntnu.test","contact":"\#(long)","text":"\#(long)"}"#)
                    == ["contact", "text", "email"])
            let request = try await unni.register()
            #expect(
                try await unni.client.post(unni.path(request, "/search"), #"{"words":"ab"}"#).status
                    == .unprocessableContent)
            let refused = try await unni.client.post(
                unni.path(request, "/decision"), #"{"state":"open","answer":"Ja"}"#, headers: [.ifMatch: "\"1\""])
            #expect(try refused.json(ProblemBody.self).errors?.map(\.field) == ["state"])
            for query in ["state=all", "limit=0", "limit=201", "after=x"] {
                #expect(try await unni.client.get("\(Answering.path)?\(query)").status == .badRequest, "\(query)")
            }
            #expect(try await unni.client.get("/api/v1/privacy-grounds?kind=all").status == .badRequest)
        }
    }

    @Test(arguments: Engine.all)
    func `a list goes on where the page before ended, whatever its order`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let unni = try await host.answering()
            var made: [String] = []
            for _ in 0..<5 {
                made.append(try await unni.register())
                host.clock.advance(seconds: 86_400)
            }
            func all(_ state: String) async throws -> [String] {
                var (ids, after): ([String], String) = ([], "")
                repeat {
                    let page = try await unni.client.get("\(Answering.path)?state=\(state)&limit=2\(after)").json(
                        Listed.self)
                    ids += page.items.map(\.id)
                    #expect(page.items.count <= 2)
                    guard let next = page.next else { return ids }
                    after = "&after=\(next)"
                } while true
            }
            #expect(try await all("open") == made)
            for request in made { #expect(try await unni.decide(request).status == .ok) }
            #expect(try await all("decided") == made.reversed())
            #expect(try await all("open").isEmpty)
        }
    }

    @Test func `what has changed since it was read is not given out, and a masked passage is taken back`() async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.caseAboutDagny()
            let unni = try await host.answering()
            let request = try await unni.register()
            _ = try await unni.add(id, to: request)
            let read = try await unni.review(id, of: request).passages.map(\.id)
            #expect(try await unni.extract(id, of: request).status == .ok)
            #expect(try await unni.read(request).cases?.map(\.hasExtract) == [true])
            try await host.act("masks", on: id, by: "ingrid", #"{"passage":"6. november","reason":"Peker ut"}"#)
            // It is gone from what was made before, too.
            #expect(try await unni.read(request).cases?.map(\.hasExtract) == [false])
            let nothing = try await unni.send(.put, request, "/cases/\(id)/extract", "{\"passages\":[]}")
            #expect(nothing.status == .unprocessableContent)
            let stale = try await unni.send(
                .put, request, "/cases/\(id)/extract", "{\"passages\":\(read)}")
            #expect(stale.status == .unprocessableContent)
            #expect(try stale.json(ProblemBody.self).errors?.map(\.field) == ["passages"])
            let unni2 = try await host.browser("unni")
            try await unni2.get("/privacy-requests/\(request)/cases/\(id)")
            let page = try await unni2.post(
                "/privacy-requests/\(request)/cases/\(id)", ["passages": read.first ?? "", "hidden": ""])
            #expect(page.status == .unprocessableContent && page.text.contains("endret siden du leste"))
            let fresh = try await unni.extract(id, of: request)
            #expect(fresh.status == .ok && !fresh.text.contains("6. november"))
        }
    }
}
