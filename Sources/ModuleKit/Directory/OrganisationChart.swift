public import EventKit

/// Units, campuses and role grants as they stood at one version of the directory: a value, looked up without a query.
public struct OrganisationChart: Sendable {
    public let version: Int64
    public let units: [Unit]
    public let campuses: [Campus]
    let grants: [String: [RoleGrant]]
    private let unitsByID: [String: Unit]
    private let below: [String: Set<String>]

    public init(version: Int64, units: [Unit], campuses: [Campus], grants: [RoleGrant]) {
        self.version = version
        self.units = units
        self.campuses = campuses
        self.grants = Dictionary(grouping: grants, by: \.person)
        unitsByID = Dictionary(units.map { ($0.id, $0) }) { first, _ in first }
        var below: [String: Set<String>] = [:]
        for unit in units {
            var ancestor: Unit? = unit
            var steps = 0
            while let current = ancestor, steps < 20 {
                below[current.id, default: []].insert(unit.id)
                ancestor = current.parent.flatMap { [unitsByID] in unitsByID[$0] }
                steps += 1
            }
        }
        self.below = below
    }

    public func unit(_ id: String) -> Unit? { unitsByID[id] }

    public func campus(_ id: String) -> Campus? { campuses.first { $0.id == id } }

    /// The unit and all below it.
    public func subtree(of unit: String) -> Set<String> { below[unit] ?? [] }

    /// The faculty that the unit is or lies in; nil for central units.
    public func faculty(of unit: String) -> Unit? {
        var current = unitsByID[unit]
        for _ in 0..<20 {
            guard let here = current else { return nil }
            if here.kind == .faculty { return here }
            current = here.parent.flatMap { unitsByID[$0] }
        }
        return nil
    }

    /// The unit at the top: what nobody's faculty receives lands here.
    public var institution: Unit? { units.first { $0.kind == .institution } }

    /// The grants of a person that count now.
    public func grants(of person: String, at now: Timestamp) -> [RoleGrant] {
        (grants[person] ?? []).filter { $0.counts(at: now) }
    }

    /// Who holds a role for exactly this unit now, in stable order.
    public func holders(of role: Role, at unit: String, now: Timestamp) -> [String] {
        grants.values.joined().filter { $0.role == role && $0.unit == unit && $0.counts(at: now) }.map(\.person)
            .sorted()
    }

    /// Who holds a role for the unit or one above it, the nearest that has any.
    public func nearestHolders(of role: Role, to unit: String, now: Timestamp) -> [String] {
        var current = unitsByID[unit]
        for _ in 0..<20 {
            guard let here = current else { return [] }
            let found = holders(of: role, at: here.id, now: now)
            if !found.isEmpty { return found }
            current = here.parent.flatMap { unitsByID[$0] }
        }
        return []
    }
}

extension OrganisationChart {
    /// Who holds a role for any of these units now, in stable order.
    public func holders(of role: Role, within units: Set<String>, now: Timestamp) -> [String] {
        let people = grants.values.joined().filter { $0.role == role && units.contains($0.unit) && $0.counts(at: now) }
            .map(\.person)
        return Set(people).sorted()
    }
}
