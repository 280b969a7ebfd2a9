import CalendarKit
import EventKit
public import ModuleKit
public import Storage

/// Loads the demo university: its units, campuses, people with their roles and deputies, and help contacts.
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
        let deputies: [Standing]?

        struct Standing: Decodable {
            let deputy: String
            let role, unit: String?
            let from: CivilDate
            let to: CivilDate?
        }
    }

    private struct Contact: Decodable {
        let id, kind: String
        let campus: String?
        let names, purposes, hours: Translated
        let phone, mail, link: String
    }

    let database: Database

    public init(database: Database) { self.database = database }

    /// Adds what is missing and brings the rest up to date.
    ///
    /// - Throws: an error that names the file that cannot be read.
    public func load(from folder: DemoFolder) async throws {
        let file = try folder.read("directory.json", as: File.self)
        let people = try folder.read("people.json", as: [DemoPerson].self)
        let contacts = try folder.read("contacts.json", as: [Contact].self)
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
            for person in people { try Self.putDeputies(of: person, in: tx) }
            for contact in contacts { try Self.put(contact, in: tx) }
        }
    }

    private static func put(_ demo: Contact, in tx: Transaction) throws {
        try Directory.put(
            HelpContact(
                id: demo.id, kind: HelpContact.Kind(rawValue: demo.kind) ?? .help, campus: demo.campus,
                names: demo.names,
                purposes: demo.purposes, hours: demo.hours, phone: demo.phone, mail: demo.mail, link: demo.link), in: tx
        )
    }

    /// Once: what has been changed since stays changed.
    private static func putDeputies(of demo: DemoPerson, in tx: Transaction) throws {
        for row in demo.deputies ?? [] {
            let id = "demo-\(demo.id)-\(row.deputy)"
            let from = Oslo.startOfDay(row.from)
            guard try tx.first("SELECT 1 FROM directory_deputy WHERE id = \(id)", { $0.int(0) }) == nil else {
                continue
            }
            let new = Deputyship(
                id: id, person: demo.id, deputy: row.deputy, role: row.role.flatMap { Role(rawValue: $0) },
                unit: row.unit, from: from,
                to: row.to.map { Oslo.endOfDay($0) })
            try Directory.add(new, by: demo.id, at: from, in: tx)
        }
    }

    private static func put(_ demo: DemoPerson, in tx: Transaction) throws {
        try Directory.put(
            Person(
                id: demo.id, name: demo.name, email: demo.email, language: demo.language, affiliation: demo.affiliation,
                unit: demo.unit,
                campus: demo.campus), in: tx)
        let known = try Directory.allGrants(of: demo.id, in: tx)
        for grant in demo.grants {
            let from = Oslo.startOfDay(grant.from)
            // Once: what has been ended since stays ended.
            guard let role = Role(rawValue: grant.role),
                !known.contains(where: { $0.role == role && $0.unit == grant.unit && $0.from == from })
            else { continue }
            // “to” is the last day it counts.
            let grant = RoleGrant(
                person: demo.id, role: role, unit: grant.unit, from: from,
                to: grant.to.map { Oslo.endOfDay($0) })
            try Directory.put(grant, in: tx)
        }
    }
}
