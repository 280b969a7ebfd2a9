public import EventKit

/// Units, campuses, role grants, deputies and help contacts as they stood at one version of the directory: a value, looked up without
/// a query.
public struct OrganisationChart: Sendable {
    public let version: Int64
    public let units: [Unit]
    public let campuses: [Campus]
    public let deputyships: [Deputyship]
    /// As they were entered; see `contacts(for:)` for what is shown.
    public let storedContacts: [HelpContact]
    let grants: [String: [RoleGrant]]
    let grantsByRole: [Role: [RoleGrant]]
    let deputyshipsByDeputy: [String: [Deputyship]]
    let deputyshipsByPerson: [String: [Deputyship]]
    private let unitsByID: [String: Unit]
    private let below: [String: Set<String>]

    public init(
        version: Int64, units: [Unit], campuses: [Campus], grants: [RoleGrant], deputyships: [Deputyship] = [],
        storedContacts: [HelpContact] = []
    ) {
        (self.version, self.units, self.campuses) = (version, units, campuses)
        (self.deputyships, self.storedContacts) = (deputyships, storedContacts)
        self.grants = Dictionary(grouping: grants, by: \.person)
        grantsByRole = Dictionary(grouping: grants, by: \.role)
        deputyshipsByDeputy = Dictionary(grouping: deputyships, by: \.deputy)
        deputyshipsByPerson = Dictionary(grouping: deputyships, by: \.person)
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

    /// The grants of a person that count now: their own, then those they have as somebody's deputy.
    public func grants(of person: String, at now: Timestamp) -> [RoleGrant] {
        (grants[person] ?? []).filter { $0.counts(at: now) } + borrowedGrants(of: person, at: now)
    }
}
