import EventKit
import ModuleKit
import Storage

/// People: added, brought up to date, back, and left.
extension SyncPass {
    /// More than this part of those whom the source knows do not leave at once, unless somebody is sure.
    static let mostLeaving = 0.2

    mutating func take(people file: CSVFile) throws {
        let lines = lines(file) { row, units, campuses throws(PersonLine.Wrong) in
            try PersonLine(row, units: units, campuses: campuses)
        }
        let all = try Directory.everybody(in: tx)
        people = Dictionary(all.compactMap { one in one.externalID.map { ($0, one) } }) { first, _ in first }
        refuseTwice(lines, file)
        let named = Set(lines.map(\.externalID))
        let missing = people.values.filter { $0.isHere(at: now) && !named.contains($0.externalID ?? "") }
        let leaving = options.endsMissing ? missing : []
        try freeNames(for: lines, among: all, leaving: Set(leaving.map(\.id)), file)
        guard refusals.isEmpty else { throw SyncRefused(refusals) }
        try store(lines, among: all)
        try leave(leaving)
    }

    /// An id or a user name that stands on two lines.
    private mutating func refuseTwice(_ lines: [PersonLine], _ file: CSVFile) {
        var (ids, names): ([String: Int], [String: Int]) = ([:], [:])
        for line in lines {
            if let first = ids.updateValue(line.line, forKey: line.externalID) {
                refuse(file, line.line, "external_id “\(line.externalID)” stands on line \(first) too")
            }
            guard let name = line.username?.lowercased() else { continue }
            if let first = names.updateValue(line.line, forKey: name) {
                refuse(file, line.line, "username stands on line \(first) too")
            }
        }
    }

    /// A user name goes over from whoever has left, or gets another one; nobody else loses theirs.
    private mutating func freeNames(
        for lines: [PersonLine], among all: [Person], leaving: Set<String>, _ file: CSVFile
    ) throws {
        let wanted = Dictionary(lines.compactMap { line in line.username.map { ($0.lowercased(), line) } }) { a, _ in a
        }
        let lineOf = Dictionary(lines.map { ($0.externalID, $0) }) { first, _ in first }
        for holder in all {
            guard let name = holder.username?.lowercased(), let line = wanted[name],
                holder.externalID != line.externalID
            else { continue }
            let renamed = holder.externalID.flatMap { lineOf[$0]?.username }.map { $0.lowercased() != name } ?? false
            let isAdopted = holder.externalID == nil && people[line.externalID] == nil && holder.isHere(at: now)
            if isAdopted { continue }
            guard renamed || !holder.isHere(at: now) || leaving.contains(holder.id) else {
                refuse(file, line.line, "the username belongs to somebody else, \(holder.externalID ?? holder.id)")
                continue
            }
            try tx.execute("UPDATE directory_person SET username = NULL WHERE id = \(holder.id)")
        }
    }

    private mutating func store(_ lines: [PersonLine], among all: [Person]) throws {
        let unclaimed = Dictionary(
            all.filter { $0.externalID == nil && $0.isHere(at: now) }.compactMap { one in
                one.username.map { ($0.lowercased(), one) }
            }
        ) { first, _ in first }
        var changed: [Person] = []
        for line in lines {
            let known = people[line.externalID] ?? line.username.flatMap { unclaimed[$0.lowercased()] }
            let person = line.person(known, now: now)
            people[line.externalID] = person
            guard let known else {
                report.added += 1
                changed.append(person)
                continue
            }
            if !known.isHere(at: now) {
                try Directory.revive(person: known.id, in: tx)
                report.returned += 1
                people[line.externalID]?.endedAt = nil
                changed.append(person)
            } else if person != known {
                report.changed += 1
                changed.append(person)
            } else {
                report.unchanged += 1
            }
        }
        try Directory.put(changed, in: tx)
    }

    private mutating func leave(_ leaving: [Person]) throws {
        let here = people.values.count { $0.isHere(at: now) }
        if Double(leaving.count) > Double(here) * Self.mostLeaving {
            doubts.append("\(leaving.count) of \(here) people would leave at once")
        }
        for person in leaving {
            _ = try Sessions.end(person: person.id, by: DirectoryImport.id, at: now, in: tx)
            people[person.externalID ?? ""]?.endedAt = now
            report.ended += 1
        }
    }
}

extension PersonLine {
    /// The person as the line has them; what it does not say stays.
    fileprivate func person(_ known: Person?, now: Timestamp) -> Person {
        Person(
            id: known?.id ?? Identifier.make(at: now), name: name, email: email, language: known?.language ?? language,
            affiliation: affiliation, unit: unit, campus: campus, username: username ?? known?.username,
            externalID: externalID, endedAt: known?.endedAt)
    }
}
