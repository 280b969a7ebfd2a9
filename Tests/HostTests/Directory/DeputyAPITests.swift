import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting

/// `/api/v1/deputies`: the page on who stands in for oneself, for programs.
@Suite struct DeputyAPITests {
    private struct Row: Decodable, Equatable {
        let id, person, deputy, from: String
        let role, unit, to: String?
    }

    private struct List: Decodable { let items: [Row] }

    private static let path = "/api/v1/deputies"

    private func run(_ engine: Engine = .sqlite, _ body: (HostHarness) async throws -> Void) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { try await body($0) }
    }

    @Test(arguments: Engine.all)
    func `a deputy sees the case from the next request on, until it is ended`(engine: Engine) async throws {
        try await run(engine) { host in
            let id = try await host.report()
            let (ingrid, gunn) = (try await host.api("ingrid"), try await host.api("gunn"))
            #expect(try await gunn.get("/api/v1/deviations/\(id)").status == .notFound)
            let key: HTTPFields = [.init("Idempotency-Key")!: "a-key"]
            let body = #"{"deputy":"gunn","role":"intake-officer","to":"2026-11-29"}"#
            let made = try await ingrid.post(Self.path, body, headers: key)
            let row = try made.json(Row.self)
            #expect(made.status == .created && made.location == "\(Self.path)/\(row.id)")
            #expect(
                row
                    == Row(
                        id: row.id, person: "ingrid", deputy: "gunn", from: "2026-11-27", role: "intake-officer",
                        unit: nil, to: "2026-11-29"))
            #expect(try await ingrid.post(Self.path, body, headers: key).json(Row.self) == row)
            for client in [ingrid, gunn] { #expect(try await client.get(Self.path).json(List.self).items == [row]) }
            #expect(try await host.browser("ingrid").get("/deputy").text.contains("Gunn Ellingsen"))
            #expect(try await gunn.get("/api/v1/deviations/\(id)").status == .ok)
            // Not the deputy's to end, nor anybody else's.
            for person in ["gunn", "hamid"] {
                #expect(try await host.api(person).delete("\(Self.path)/\(row.id)").status == .notFound, "\(person)")
            }
            host.clock.advance(seconds: 60)
            #expect(try await ingrid.delete("\(Self.path)/\(row.id)").status == .noContent)
            #expect(try await gunn.get("/api/v1/deviations/\(id)").status == .notFound)
            #expect(try await ingrid.get(Self.path).json(List.self).items.isEmpty)
        }
    }

    @Test(arguments: [
        ("{}", ["deputy"]), (#"{"deputy":"nobody@ntnu.test"}"#, ["deputy"]),
        (#"{"deputy":"kari@ntnu.test"}"#, ["deputy"]),
        (#"{"deputy":"ingrid"}"#, ["deputy"]), (#"{"deputy":"gunn","from":"2026-11-26"}"#, ["from"]),
        (#"{"deputy":"gunn","from":"x"}"#, ["from"]), (#"{"deputy":"gunn","to":"2026-11-26"}"#, ["to"]),
        (#"{"deputy":"gunn","role":"line-manager"}"#, ["role"]), (#"{"deputy":"gunn","unit":"hf"}"#, ["unit"]),
    ])
    func `what is wrong is named, and nothing is stored`(_ body: String, _ fields: [String]) async throws {
        try await run { host in
            let ingrid = try await host.api("ingrid")
            let before = try await host.snapshot()
            let answer = try await ingrid.post(Self.path, body)
            #expect(answer.status == .unprocessableContent && answer.wrongFields == fields, "\(answer.text)")
            #expect(try await host.snapshot() == before)
        }
    }

    @Test func `a circle is refused with the reason`() async throws {
        try await run { host in
            _ = try await host.api("ingrid").post(Self.path, #"{"deputy":"gunn"}"#)
            let answer = try await host.api("gunn").post(Self.path, #"{"deputy":"ingrid"}"#)
            #expect(answer.status == .unprocessableContent && answer.text.contains("går i ring"))
        }
    }

    @Test func `who has no role that can have a deputy is refused`() async throws {
        try await run { host in
            for person in ["kari", "anders", "vigdis"] {
                let client = try await host.api(person)
                #expect(try await client.get(Self.path).status == .forbidden, "\(person)")
                #expect(try await client.post(Self.path, #"{"deputy":"gunn"}"#).status == .forbidden, "\(person)")
            }
            #expect(try await host.stranger().get(Self.path).status == .unauthorized)
        }
    }
}
