import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// The people of the demo whom others script against.
@Suite struct DemoPeopleTests {
    private struct Known: Sendable {
        let id: String
        let affiliation: Affiliation
        let unit: String?
        var role: Role?
        /// Where the role is held.
        var at: String?
    }

    private static let known: [Known] = [
        Known(id: "kari", affiliation: .student, unit: "ie-idi"),
        Known(id: "ola", affiliation: .student, unit: nil),
        Known(id: "ingrid", affiliation: .employee, unit: "ie", role: .intakeOfficer, at: "ie"),
        Known(id: "hamid", affiliation: .employee, unit: "ie-idi", role: .caseHandler, at: "ie"),
        Known(id: "dagny", affiliation: .employee, unit: "ie", role: .lineManager, at: "ie"),
        Known(id: "nils", affiliation: .employee, unit: "hf", role: .intakeOfficer, at: "hf"),
        Known(id: "sissel", affiliation: .employee, unit: "utdanningskvalitet", role: .lmuSecretary, at: "ntnu"),
        Known(id: "unni", affiliation: .employee, unit: "utdanningskvalitet", role: .educationQuality, at: "ntnu"),
        Known(id: "anders", affiliation: .employee, unit: "ntnu", role: .administrator, at: "ntnu"),
    ]

    @Test func `each has the role and the unit that its id stands for`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            for known in Self.known {
                let found = try await host.base.database.read { try Directory.person(known.id, in: $0) }
                let person = try #require(found, "\(known.id)")
                #expect(person.affiliation == known.affiliation && person.unit == known.unit, "\(known.id)")
                let grants = host.base.directory.chart.grants(of: known.id, at: host.clock.now)
                #expect(grants.map(\.role) == [known.role].compactMap(\.self), "\(known.id)")
                #expect(grants.map(\.unit) == [known.at].compactMap(\.self), "\(known.id)")
                try await host.browser(known.id).get("/")
            }
        }
    }
}
