import CalendarKit
import EventKit
public import ModuleKit
public import Storage

/// Loads the demo university: its units, campuses and people with their roles.
public struct DemoDirectory: Sendable {
    private struct File: Decodable {
        struct Campus: Decodable {
            let id: String
            let names: Translated
        }
        struct Unit: Decodable {
            let id: String
            let parent: String?
            let kind, short: String
            let names: Translated
        }
        let campuses: [Campus]
        let units: [Unit]
    }

    private struct DemoPerson: Decodable {
        struct Grant: Decodable {
            let role, unit: String
            let from: CivilDate
            let to: CivilDate?
        }
        let id, name, email: String
        let language: Language
        let affiliation: Affiliation
        let unit, campus: String?
        let grants: [Grant]
    }

    let database: Database

    public init(database: Database) { self.database = database }

    /// Adds what is missing and brings the rest up to date.
    ///
    /// - Throws: an error that names the file that cannot be read.
    public func load(from folder: DemoFolder) async throws {
        let file = try folder.read("directory.json", as: File.self)
        let people = try folder.read("people.json", as: [DemoPerson].self)
        try await database.write { tx in
            for (index, unit) in file.units.enumerated() {
                let kind = Unit.Kind(rawValue: unit.kind) ?? .department
                try Directory.put(
                    Unit(id: unit.id, parent: unit.parent, kind: kind, short: unit.short, names: unit.names),
                    sort: index, in: tx)
            }
            for (index, campus) in file.campuses.enumerated() {
                try Directory.put(Campus(id: campus.id, names: campus.names), sort: index, in: tx)
            }
            for person in people { try Self.put(person, in: tx) }
        }
    }

    private static func put(_ demo: DemoPerson, in tx: Transaction) throws {
        try Directory.put(
            Person(
                id: demo.id, name: demo.name, email: demo.email, language: demo.language, affiliation: demo.affiliation,
                unit: demo.unit,
                campus: demo.campus), in: tx)
        for grant in demo.grants {
            guard let role = Role(rawValue: grant.role) else { continue }
            // “to” is the last day it counts.
            let grant = RoleGrant(
                person: demo.id, role: role, unit: grant.unit, from: Oslo.startOfDay(grant.from),
                to: grant.to.map { Oslo.endOfDay($0) })
            try Directory.put(grant, in: tx)
        }
    }
}
