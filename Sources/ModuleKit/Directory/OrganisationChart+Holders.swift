public import EventKit

/// Where a role is held, and by whom.
public struct Reception: Sendable, Hashable {
    public var unit: String
    public var people: [String]
}

extension OrganisationChart {
    /// Who holds a role for exactly this unit now, deputies included, in stable order.
    public func holders(of role: Role, at unit: String, without excluded: Set<String> = [], now: Timestamp) -> [String]
    {
        holders(of: role, within: [unit], without: excluded, now: now)
    }

    /// Who holds a role for any of these units now, deputies included, in stable order.
    public func holders(of role: Role, within units: Set<String>, without excluded: Set<String> = [], now: Timestamp)
        -> [String]
    {
        let own = (grantsByRole[role] ?? []).filter { units.contains($0.unit) && $0.counts(at: now) }.map(\.person)
        let deputies =
            role.canHaveDeputy
            ? deputyshipsByDeputy.keys.filter { deputy in
                borrowedGrants(of: deputy, at: now).contains { $0.role == role && units.contains($0.unit) }
            } : []
        return Set(own + deputies).subtracting(excluded).sorted()
    }

    /// Who holds a role for the unit or one above it, the nearest that has any, else for the central reception.
    public func nearestHolders(of role: Role, to unit: String, without excluded: Set<String> = [], now: Timestamp)
        -> [String]
    {
        nearestReception(of: role, to: unit, without: excluded, now: now)?.people ?? []
    }

    /// The same with the unit they hold it for. What a unit beside the line takes over is moved to it: its people see nothing else.
    public func nearestReception(
        of role: Role, to unit: String, without excluded: Set<String> = [], now: Timestamp
    ) -> Reception? {
        for unit in line(from: unit) + receptions {
            let people = holders(of: role, at: unit, without: excluded, now: now)
            if !people.isEmpty { return Reception(unit: unit, people: people) }
        }
        return nil
    }

    /// Whether the person holds the role for the unit or one above it now, or stands in for somebody who does.
    public func holds(_ role: Role, _ person: String, for unit: String, now: Timestamp) -> Bool {
        grants(of: person, at: now).contains { $0.role == role && subtree(of: $0.unit).contains(unit) }
    }

    /// To whom what lies with a person goes when they can no longer have it: their deputies, else who else holds the role nearest.
    ///
    /// Empty only when nobody at all holds the role for the unit, above it or centrally.
    public func whoTakesOver(
        from person: String, role: Role, unit: String, without excluded: Set<String> = [], now: Timestamp
    ) -> [String] {
        let others = excluded.union([person])
        let deputies = (deputyshipsByPerson[person] ?? []).filter { $0.counts(at: now) && !others.contains($0.deputy) }
            .map(\.deputy)
        let able = Set(deputies).filter { holds(role, $0, for: unit, now: now) }.sorted()
        return able.isEmpty ? nearestHolders(of: role, to: unit, without: others, now: now) : able
    }
}
