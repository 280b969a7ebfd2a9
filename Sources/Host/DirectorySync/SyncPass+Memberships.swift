import CalendarKit
import EventKit
import ModuleKit
import Storage

/// Roles: given, prolonged or shortened, and ended. Nothing is changed in the past.
extension SyncPass {
    private struct Place: Hashable {
        let person, unit: String
        let role: Role

        init(_ grant: RoleGrant) { (person, unit, role) = (grant.person, grant.unit, grant.role) }
        init(_ person: String, _ line: MembershipLine) { (self.person, unit, role) = (person, line.unit, line.role) }
    }

    mutating func take(memberships file: CSVFile) throws {
        let lines = lines(file) { row, units, _ throws(PersonLine.Wrong) in try MembershipLine(row, units: units) }
        if people.isEmpty {
            let all = try Directory.everybody(in: tx)
            people = Dictionary(all.compactMap { one in one.externalID.map { ($0, one) } }) { first, _ in first }
        }
        let held = try Directory.grants(GrantFilter(goingOnAt: now), in: tx)
        let places = Dictionary(grouping: held) { Place($0.grant) }
        var kept: Set<String> = []
        for line in lines {
            guard let person = people[line.externalID], person.isHere(at: now) else {
                refuse(file, line.line, "nobody here has the external_id “\(line.externalID)”")
                continue
            }
            let start = line.from.map { max(Oslo.startOfDay($0), now) } ?? now
            let there = places[Place(person.id, line)] ?? []
            let one = there.first { Self.overlaps($0.grant, from: start, to: line.end) }
            if let one { kept.insert(one.id) }
            do { try take(line, person.id, start, one) } catch let refusal as GrantRefusal {
                refuse(file, line.line, "the role cannot be given: \(refusal)")
            }
        }
        guard refusals.isEmpty else { throw SyncRefused(refusals) }
        if options.endsMissing { try endMissing(held.filter { !kept.contains($0.id) }) }
    }

    private static func overlaps(_ grant: RoleGrant, from: Timestamp, to: Timestamp?) -> Bool {
        grant.to.map { from < $0 } ?? true && to.map { grant.from < $0 } ?? true
    }

    private mutating func take(
        _ line: MembershipLine, _ person: String, _ start: Timestamp, _ one: StoredGrant?
    ) throws {
        if let over = line.end, over <= now {
            // It is over: at once, where it still counts.
            guard let one else {
                report.rolesUnchanged += 1
                return
            }
            try end(one)
        } else if let one, one.grant.from == start || one.grant.from <= now {
            guard one.grant.to != line.end else {
                report.rolesUnchanged += 1
                return
            }
            try Directory.move(endOf: one.id, to: line.end, in: tx)
            report.rolesChanged += 1
        } else {
            if let one { try Directory.endNow(grant: one.id, by: DirectoryImport.id, at: now, in: tx) }
            let grant = RoleGrant(person: person, role: line.role, unit: line.unit, from: start, to: line.end)
            try Directory.give(grant, by: DirectoryImport.id, at: now, in: tx)
            if one == nil { report.rolesGiven += 1 } else { report.rolesChanged += 1 }
        }
    }

    private mutating func end(_ one: StoredGrant) throws {
        try Directory.endNow(grant: one.id, by: DirectoryImport.id, at: now, in: tx)
        report.rolesEnded += 1
    }

    /// Roles that people gave stay theirs to end. Those of who has left are ended already.
    private mutating func endMissing(_ rest: [StoredGrant]) throws {
        for one in rest where one.madeBy == DirectoryImport.id { try end(one) }
    }
}

extension MembershipLine {
    fileprivate var end: Timestamp? { to.map { Oslo.endOfDay($0) } }
}
