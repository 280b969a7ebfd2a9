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
    /// By key, the oldest version first; see `laws(on:_:)` for what is shown.
    public let references: [LegalReference]
    let grants: [String: [RoleGrant]]
    let grantsByRole: [Role: [RoleGrant]]
    let deputyshipsByDeputy: [String: [Deputyship]]
    let deputyshipsByPerson: [String: [Deputyship]]
    private let unitsByID: [String: Unit]
    private let below: [String: Set<String>]
    /// Each unit's own code and those of all above it, upwards.
    private let lines: [String: [String]]
    private let faculties: [String: Unit]
    /// Codes of the central receptions.
    let receptions: [String]
    /// Codes of the units one can report to: faculties and all below them, and the central reception for everything else.
    public let reportableUnits: Set<String>

    public init(
        version: Int64, units: [Unit], campuses: [Campus], grants: [RoleGrant], deputyships: [Deputyship] = [],
        storedContacts: [HelpContact] = [], references: [LegalReference] = []
    ) {
        (self.version, self.units, self.campuses) = (version, units, campuses)
        (self.deputyships, self.storedContacts, self.references) = (deputyships, storedContacts, references)
        self.grants = Dictionary(grouping: grants, by: \.person)
        grantsByRole = Dictionary(grouping: grants, by: \.role)
        deputyshipsByDeputy = Dictionary(grouping: deputyships, by: \.deputy)
        deputyshipsByPerson = Dictionary(grouping: deputyships, by: \.person)
        unitsByID = Dictionary(units.map { ($0.id, $0) }) { first, _ in first }
        var below: [String: Set<String>] = [:]
        var lines: [String: [String]] = [:]
        var faculties: [String: Unit] = [:]
        for unit in units {
            var line: [String] = []
            var ancestor: Unit? = unit
            while let current = ancestor, line.count < 20 {
                line.append(current.id)
                below[current.id, default: []].insert(unit.id)
                if current.kind == .faculty, faculties[unit.id] == nil { faculties[unit.id] = current }
                ancestor = current.parent.flatMap { [unitsByID] in unitsByID[$0] }
            }
            lines[unit.id] = line
        }
        (self.below, self.lines, self.faculties) = (below, lines, faculties)
        receptions = units.filter { $0.kind == .reception }.map(\.id)
        reportableUnits = Set(faculties.keys).union(receptions)
    }

    public func unit(_ id: String) -> Unit? { unitsByID[id] }

    public func campus(_ id: String) -> Campus? { campuses.first { $0.id == id } }

    /// The unit and all below it.
    public func subtree(of unit: String) -> Set<String> { below[unit] ?? [] }

    /// The faculty that the unit is or lies in; nil for central units.
    public func faculty(of unit: String) -> Unit? { faculties[unit] }

    /// The unit and all above it.
    func line(from unit: String) -> [String] { lines[unit] ?? [] }

    /// The unit at the top: what nobody's faculty receives lands here.
    public var institution: Unit? { units.first { $0.kind == .institution } }

    /// The grants of a person that count now: their own, then those they have as somebody's deputy.
    public func grants(of person: String, at now: Timestamp) -> [RoleGrant] {
        (grants[person] ?? []).filter { $0.counts(at: now) } + borrowedGrants(of: person, at: now)
    }
}
