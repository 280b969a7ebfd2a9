public import EventKit

/// Something that somebody has to see to.
public enum Vacancy: Sendable, Hashable {
    /// Giving roles.
    case administration
    /// Reading what is told in confidence.
    case vault
    /// Receiving what is reported to this faculty or central reception.
    case reception(String)
}

extension OrganisationChart {
    /// What nobody sees to.
    public func vacancies(at now: Timestamp) -> Set<Vacancy> {
        let everywhere = Set(units.map(\.id))
        var found: Set<Vacancy> = []
        if holders(of: .administrator, within: everywhere, now: now).isEmpty { found.insert(.administration) }
        if holders(of: .vaultKeeper, within: everywhere, now: now).isEmpty { found.insert(.vault) }
        for unit in units where unit.kind == .faculty || unit.kind == .reception {
            if nearestHolders(of: .intakeOfficer, to: unit.id, now: now).isEmpty { found.insert(.reception(unit.id)) }
        }
        return found
    }
}
