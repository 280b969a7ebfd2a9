public import EventKit
public import Storage

extension OrganisationChart {
    /// Whether one of the two leads the other: is line manager of a unit that the other belongs to, or of one above it.
    ///
    /// Students belong to the unit they study at; leave them out where only employment counts.
    public func isInLine(_ a: Person, _ b: Person, now: Timestamp) -> Bool {
        a.id != b.id && (leads(a.id, b, now: now) || leads(b.id, a, now: now))
    }

    /// Whether the manager, or who they stand in for, is line manager of a unit the person belongs to, or of one above it.
    public func leads(_ manager: String, _ person: Person, now: Timestamp) -> Bool {
        let led = grants(of: person.id, at: now).filter { $0.role == .lineManager && $0.deputyFor == nil }.map(\.unit)
        return ([person.unit].compactMap(\.self) + led).contains { holds(.lineManager, manager, for: $0, now: now) }
    }
}

extension Directory {
    /// Which of these people have one of `others` above or below them, or are one of them: whom a case about the others must not reach.
    ///
    /// One query.
    public static func people(
        _ ids: Set<String>, inLineWith others: Set<String>, chart: OrganisationChart, now: Timestamp, in reader: Reader
    ) throws -> Set<String> {
        let known = try people(ids.union(others), in: reader)
        return ids.filter { id in
            others.contains(id)
                || others.contains { other in
                    guard let a = known[id], let b = known[other] else { return false }
                    return chart.isInLine(a, b, now: now)
                }
        }
    }
}
