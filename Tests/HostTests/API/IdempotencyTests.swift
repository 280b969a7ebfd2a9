import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// A request that comes twice with one Idempotency-Key is done once.
@Suite struct IdempotencyTests {
    private static let path = "/api/v1/deviations"

    private func key(_ text: String) -> HTTPFields {
        var headers: HTTPFields = [:]
        if let name = HTTPField.Name("Idempotency-Key") { headers[name] = text }
        return headers
    }

    private func cases(_ host: HostHarness) async throws -> Int? {
        try await host.base.database.read { try $0.first("SELECT COUNT(*) FROM deviations_case") { $0.int(0) } }
    }

    private func expectSame(_ a: Answer, _ b: Answer) {
        #expect(a.status == b.status)
        #expect(a.text == b.text)
        #expect(a.location == b.location)
        #expect(a.headers[.eTag] == b.headers[.eTag])
    }

    @Test(arguments: Engine.all)
    func `a repeat gets the first answer`(_ engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let kari = try await host.api("kari")
            let first = try await kari.post(Self.path, HostHarness.reportBody(), headers: key("one"))
            #expect(first.status == .created)
            host.clock.advance(seconds: 3600)
            expectSame(first, try await kari.post(Self.path, HostHarness.reportBody(), headers: key("one")))
            #expect(try await cases(host) == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `fifty at once make one case and get one answer`(_ engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let kari = try await host.api("kari")
            let headers = key("many")
            let answers = try await withThrowingTaskGroup(of: Answer.self) { tasks in
                for _ in 1...50 {
                    tasks.addTask { try await kari.post(Self.path, HostHarness.reportBody(), headers: headers) }
                }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 50)
            #expect(answers.first?.status == .created)
            for answer in answers { expectSame(answer, answers[0]) }
            #expect(try await cases(host) == 1)
            #expect(try await host.base.log.bounds().head == 1)
        }
    }

    @Test func `an answer, a declaration, a mask and a place are done once`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await host.act(
                "consultations", on: id, by: "hamid",
                #"{"people":["sunniva"],"question":"Hva mener dere?","extract":"Sensuren er forsinket","deadline":"2026-12-04"}"#
            )
            let consultation = try #require(
                try await host.base.database.read {
                    try $0.first("SELECT uid FROM deviations_consultation") { $0.text(0) }
                })
            let path = "/api/v1/consultations/\(consultation)"
            let acts = [
                ("sunniva", "\(path)/declaration", #"{"isImpartial":true}"#),
                ("sunniva", "\(path)/answer", #"{"text":"Det er for sent."}"#),
                ("hamid", "/api/v1/deviations/\(id)/masks", #"{"passage":"november","reason":"Ba om det"}"#),
                ("unni", "/api/v1/categories/exam/place", #"{"before":"other"}"#),
            ]
            for (number, (person, path, body)) in acts.enumerated() {
                let client = try await host.api(person)
                var headers = key("once-\(number)")
                let seen = try await host.api("hamid").get("/api/v1/deviations/\(id)").headers[.eTag]
                if path.hasSuffix("masks") { headers[.ifMatch] = seen }
                let first = try await client.post(path, body, headers: headers)
                #expect([.ok, .noContent].contains(first.status), "\(path): \(first.text)")
                let before = try await host.snapshot()
                expectSame(first, try await client.post(path, body, headers: headers))
                #expect(try await host.snapshot() == before, "\(path)")
                let other = try await client.post(path, body + " ", headers: headers)
                #expect(try other.json(ProblemBody.self).type == "/problems/idempotency-key-reused", "\(path)")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `the same key with another body is refused`(_ engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let kari = try await host.api("kari")
            _ = try await kari.post(Self.path, HostHarness.reportBody(), headers: key("one"))
            let answer = try await kari.post(
                Self.path, HostHarness.reportBody(title: "En annen sak"), headers: key("one"))
            #expect(answer.status == .unprocessableContent)
            #expect(try answer.json(ProblemBody.self).type == "/problems/idempotency-key-reused")
            #expect(try await cases(host) == 1)
        }
    }

    @Test func `keys of two people are two keys`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let kari = try await host.api("kari")
            let ola = try await host.api("ola")
            let first = try await kari.post(Self.path, HostHarness.reportBody(), headers: key("one"))
            let second = try await ola.post(Self.path, HostHarness.reportBody(), headers: key("one"))
            #expect(first.text != second.text)
            #expect(try await cases(host) == 2)
        }
    }

    @Test func `a refused request does not use its key up`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let kari = try await host.api("kari")
            #expect(try await kari.post(Self.path, "{}", headers: key("one")).status == .unprocessableContent)
            #expect(try await kari.post(Self.path, HostHarness.reportBody(), headers: key("one")).status == .created)
        }
    }

    @Test func `a repeated act is done once, though the case has a new version`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let hamid = try await host.api("hamid")
            let path = "\(Self.path)/\(id)"
            var headers = key("note")
            headers[.ifMatch] = try await hamid.get(path).headers[.eTag]
            let first = try await hamid.post("\(path)/notes", #"{"text":"Ringte."}"#, headers: headers)
            #expect(first.status == .ok)
            expectSame(first, try await hamid.post("\(path)/notes", #"{"text":"Ringte."}"#, headers: headers))
        }
    }

    @Test func `after a day a key is free again`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let kari = try await host.api("kari")
            _ = try await kari.post(Self.path, HostHarness.reportBody(), headers: key("one"))
            host.clock.advance(seconds: 86_401)
            #expect(
                try await kari.post(Self.path, HostHarness.reportBody(title: "En ny sak"), headers: key("one")).status
                    == .created)
            #expect(try await cases(host) == 2)
        }
    }

    @Test(arguments: ["", String(repeating: "k", count: 201), "with space", "nøkkel"])
    func `a key that is no key is named`(_ text: String) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let answer = try await host.api("kari").post(Self.path, HostHarness.reportBody(), headers: key(text))
            #expect(answer.status == .badRequest)
            #expect(try answer.json(ProblemBody.self).errors?.map(\.field) == ["Idempotency-Key"])
            #expect(try await cases(host) == 0)
        }
    }
}
