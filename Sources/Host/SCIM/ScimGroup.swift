import EventKit
import HTTPTypes
import ModuleKit
import Storage

/// A role at a unit, with those who hold it, as a SCIM Group. There is one for each, and they come and go with units.
struct ScimGroup: Sendable, Hashable {
    static let schema = "urn:ietf:params:scim:schemas:core:2.0:Group"

    let role: Role
    let unit: Unit

    /// By its id, `intake-officer@ie`.
    init?(_ id: String, _ chart: OrganisationChart) {
        let parts = id.split(separator: "@", maxSplits: 1).map(String.init)
        guard parts.count == 2, let role = Role(rawValue: parts[0]), let unit = chart.unit(parts[1]) else { return nil }
        (self.role, self.unit) = (role, unit)
    }

    static func id(_ role: Role, _ unit: String) -> String { "\(role.rawValue)@\(unit)" }

    static func all(_ chart: OrganisationChart) -> [ScimGroup] {
        chart.units.flatMap { unit in Role.allCases.compactMap { ScimGroup(id($0, unit.id), chart) } }
    }

    var id: String { Self.id(role, unit.id) }

    /// Grants that count now, by id: deputies are nobody's members.
    func held(at now: Timestamp, in reader: Reader) throws -> [StoredGrant] {
        try Directory.grants(GrantFilter(units: [unit.id], role: role, goingOnAt: now), in: reader)
            .filter { $0.grant.from <= now }
    }

    func shown(_ held: [StoredGrant]?, site: String) -> ScimValue {
        let members = held.map { held in
            ScimValue.array(
                Set(held.map(\.grant.person)).sorted().map { person in
                    .fields([
                        "value": .string(person), "$ref": .string("\(site)/scim/v2/Users/\(person)"), "type": "User",
                    ])
                })
        }
        let fields: [String: ScimValue?] = [
            "schemas": [.string(Self.schema)], "id": .string(id), "members": members,
            "displayName": .string("\(HostTexts[.en].role(role)) – \(unit.short)"),
        ]
        return ScimResources.stamped(fields.compactMapValues(\.self), "Group", at: "\(site)/scim/v2/Groups/\(id)")
    }

    /// Brings the grants to what the members are to be, from now on.
    ///
    /// - Throws: `ScimError` 400 for somebody who is not there, 409 when something would lie with nobody.
    func bring(to members: ScimValue?, at now: Timestamp, in tx: Transaction) throws {
        let wanted = Set((members?.items ?? []).compactMap { $0["value"]?.text })
        let held = try held(at: now, in: tx)
        do {
            for person in wanted.subtracting(held.map(\.grant.person)).sorted() {
                let grant = RoleGrant(person: person, role: role, unit: unit.id, from: now, to: nil)
                try Directory.give(grant, by: DirectoryImport.id, at: now, in: tx)
            }
            for one in held where !wanted.contains(one.grant.person) {
                try Directory.end(grant: one.id, by: DirectoryImport.id, at: now, in: tx)
            }
        } catch let refusal as GrantRefusal {
            switch refusal {
            case .needed:
                throw ScimError(.conflict, nil, "Nobody could then give roles, receive reports or read whistleblows.")
            case .alreadyHeld: throw ScimError(.conflict, nil, "Somebody has the role later on already.")
            default: throw ScimError.invalid("A member is not a person who is here.")
            }
        }
    }
}
