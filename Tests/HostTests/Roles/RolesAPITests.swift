import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// `/api/v1/role-grants`: the page on roles, for programs.
@Suite struct RolesAPITests {
    private struct Row: Decodable, Equatable {
        let id, person, role, unit, from: String
        let to, madeBy, endedBy: String?
    }

    private struct List: Decodable {
        let items: [Row]
        let next: String?
    }

    private static let path = "/api/v1/role-grants"

    private func run(_ engine: Engine = .sqlite, _ body: (HostHarness) async throws -> Void) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { try await body($0) }
    }

    @Test(arguments: Engine.all)
    func `a role counts from the next request on, until it is ended`(_ engine: Engine) async throws {
        try await run(engine) { host in
            let id = try await host.report()
            let (dagny, gunn) = (try await host.api("dagny"), try await host.api("gunn"))
            let key: HTTPFields = [.init("Idempotency-Key")!: "a-key"]
            let body = #"{"person":"gunn@ntnu.test","role":"intake-officer","unit":"ie","to":"2026-12-31"}"#
            let made = try await dagny.post(Self.path, body, headers: key)
            let row = try made.json(Row.self)
            #expect(made.status == .created && made.location == "\(Self.path)/\(row.id)")
            #expect((row.person, row.from, row.to, row.madeBy) == ("gunn", "2026-11-27", "2026-12-31", "dagny"))
            #expect(try await dagny.post(Self.path, body, headers: key).json(Row.self) == row)
            #expect(try await dagny.post(Self.path, body).wrongFields == ["role"])
            #expect(try await gunn.get("/api/v1/deviations/\(id)").status == .ok)
            for person in ["gunn", "hamid"] {
                #expect(try await host.api(person).delete("\(Self.path)/\(row.id)").status == .forbidden)
            }
            #expect(try await host.api("turid").delete("\(Self.path)/\(row.id)").status == .notFound)
            host.clock.advance(seconds: 60)
            #expect(try await dagny.delete("\(Self.path)/\(row.id)").status == .noContent)
            #expect(try await dagny.delete("\(Self.path)/\(row.id)").status == .notFound)
            #expect(try await gunn.get("/api/v1/deviations/\(id)").status == .notFound)
            let all = try await dagny.get("\(Self.path)?ended=true&person=gunn").json(List.self)
            #expect(all.items.map(\.endedBy) == ["dagny"])
        }
    }

    @Test(arguments: Engine.all)
    func `one that is ended before it begins never counts, and can be given again`(_ engine: Engine) async throws {
        try await run(engine) { host in
            let dagny = try await host.api("dagny")
            let body = #"{"person":"gunn","role":"case-handler","unit":"ie","from":"2026-12-01"}"#
            for _ in 1...2 {
                let row = try await dagny.post(Self.path, body).json(Row.self)
                #expect(try await dagny.delete("\(Self.path)/\(row.id)").status == .noContent)
            }
            host.clock.advance(seconds: 10 * 86_400)
            let chart = try await host.base.directory.freshChart()
            #expect(chart.grants(of: "gunn", at: host.clock.now).map(\.unit) == ["mh"])
        }
    }

    @Test(arguments: [
        ("{}", ["person", "role", "unit"]), (#"{"person":"nobody","role":"case-handler","unit":"ie"}"#, ["person"]),
        (#"{"person":"Gunn Ellingsen","role":"case-handler","unit":"ie"}"#, ["chosen"]),
        (#"{"person":"gunn","role":"boss","unit":"ie"}"#, ["role"]),
        (#"{"person":"gunn","role":"case-handler","unit":"x"}"#, ["unit"]),
        (#"{"person":"gunn","role":"case-handler","unit":"hf"}"#, ["role"]),
        (#"{"person":"dagny","role":"case-handler","unit":"ie"}"#, ["person"]),
        (#"{"person":"kari","role":"case-handler","unit":"ie"}"#, ["person"]),
        (#"{"person":"gunn","role":"case-handler","unit":"ie","from":"2026-11-26"}"#, ["from"]),
        (#"{"person":"gunn","role":"case-handler","unit":"ie","from":"2026-12-02","to":"2026-12-01"}"#, ["to"]),
    ])
    func `what is wrong is named, and nothing is stored`(_ body: String, _ fields: [String]) async throws {
        try await run { host in
            let dagny = try await host.api("dagny")
            let before = try await host.snapshot()
            let answer = try await dagny.post(Self.path, body)
            #expect(answer.status == .unprocessableContent && answer.wrongFields == fields, "\(answer.text)")
            #expect(try await host.snapshot() == before)
        }
    }

    @Test func `the list is paged, and holds what the asker gives roles at`() async throws {
        try await run { host in
            let anders = try await host.api("anders")
            var (seen, next): ([String], String?) = ([], nil)
            repeat {
                let page = try await anders.get("\(Self.path)?limit=7" + (next.map { "&after=\($0)" } ?? ""))
                    .json(List.self)
                #expect(page.items.count <= 7)
                seen += page.items.map(\.id)
                next = page.next
            } while next != nil
            #expect(Set(seen).count == seen.count && seen.count > 20)
            let units = try await host.api("dagny").get(Self.path).json(List.self).items.map(\.unit)
            #expect(
                Set(units).isSubset(of: ["ie", "ie-idi", "ie-iik", "ie-imf", "ie-ief", "ie-iel", "ie-ies", "ie-itk"]))
            for wrong in ["unit=x", "role=x", "limit=0", "ended=maybe"] {
                #expect(try await anders.get("\(Self.path)?\(wrong)").status == .badRequest, "\(wrong)")
            }
            #expect(try await host.stranger().get(Self.path).status == .unauthorized)
        }
    }

    @Test(arguments: Engine.all)
    func `the last who receives, gives roles or reads whistleblows stays`(_ engine: Engine) async throws {
        try await run(engine) { host in
            let (anders, magnhild) = (try await host.api("anders"), try await host.api("magnhild"))
            func end(_ person: String, _ role: String, by client: APIClient) async throws -> Answer {
                let rows = try await client.get("\(Self.path)?person=\(person)&role=\(role)").json(List.self).items
                return try await client.delete("\(Self.path)/\(try #require(rows.first).id)")
            }
            host.clock.advance(seconds: 60)
            #expect(try await end("anders", "administrator", by: anders).status == .unprocessableContent)
            // A faculty's only officer: what is reported goes to the central reception.
            #expect(try await end("nils", "intake-officer", by: anders).status == .noContent)
            #expect(try await end("tone", "intake-officer", by: anders).status == .unprocessableContent)
            #expect(try await end("vigdis", "vault-keeper", by: magnhild).status == .noContent)
            #expect(try await end("torstein", "vault-keeper", by: magnhild).status == .unprocessableContent)
            #expect(try await host.base.directory.freshChart().vacancies(at: host.clock.now).isEmpty)
        }
    }
}
