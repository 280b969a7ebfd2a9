import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// The codes that reports name.
@Suite struct DirectoryTests {
    private struct Units: Decodable {
        struct Item: Decodable {
            let id, kind, short: String
            let parent: String?
            let names: [String: String]
        }
        let items: [Item]
    }

    @Test func `units come with their parents, kinds and names in three languages, parents first`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let units = try await host.stranger().get("/api/v1/units").json(Units.self).items
            #expect(units.filter { $0.kind == "faculty" }.count == 8)
            #expect(units.allSatisfy { Set($0.names.keys) == ["nb", "nn", "en"] })
            var known: Set<String> = []
            for unit in units {
                #expect(unit.parent.map(known.contains) ?? true, "\(unit.id)")
                known.insert(unit.id)
            }
        }
    }

    @Test func `the three campuses come with their names in three languages`() async throws {
        struct Campuses: Decodable {
            struct Item: Decodable {
                let id: String
                let names: [String: String]
            }
            let items: [Item]
        }
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let campuses = try await host.stranger().get("/api/v1/campuses").json(Campuses.self).items
            #expect(campuses.map(\.id) == ["trondheim", "gjovik", "alesund"])
            for (campus, name) in zip(campuses, ["Trondheim", "Gjøvik", "Ålesund"]) {
                #expect(campus.names == ["nb": name, "nn": name, "en": name])
            }
        }
    }

    @Test func `a unit that another process adds is there on the next request`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            _ = try await host.stranger().get("/api/v1/units")
            let unit = Unit(
                id: "new", parent: "ntnu", kind: .department, short: "NY",
                names: Translated(nb: "Ny", nn: "Ny", en: "New"))
            try await host.base.database.write { try Directory.put(unit, sort: 999, in: $0) }
            #expect(try await host.stranger().get("/api/v1/units").json(Units.self).items.contains { $0.id == "new" })
        }
    }
}
