/// Who is asking: a person with the role grants that count at this moment.
public struct Viewer: Sendable {
    public let person: Person
    public let grants: [RoleGrant]
    /// Those that will count when the person has signed in with two factors.
    public let withheld: [RoleGrant]
    /// Whether they have, or nobody asks for it.
    public let hasTwoFactors: Bool

    public init(person: Person, grants: [RoleGrant], hasTwoFactors: Bool = true) {
        (self.person, self.hasTwoFactors) = (person, hasTwoFactors)
        self.grants = grants.filter { hasTwoFactors || !$0.role.demandsTwoFactors }
        withheld = grants.filter { !hasTwoFactors && $0.role.demandsTwoFactors }
    }

    public func holds(_ role: Role) -> Bool { grants.contains { $0.role == role } }
}

/// Something that can be done to an object: `deviations.read`, `deviations.triage`.
public struct Right: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let description: String
    public init(stringLiteral value: String) { description = value }
    public init(_ name: String) { description = name }
}

/// One way to be given a right.
public enum Rule: Sendable, Hashable {
    /// Everyone who is signed in.
    case signedIn
    /// Holders of the role for the object's unit or one above it.
    case role(Role)
    /// The person stands in this relation to the object: `reporter`, `handler`.
    case relation(String)
    /// The same, as long as the person holds the role: the relation ends with the post.
    case relationWith(String, Role)
    /// The person stands in this relation, and keeps the right also when excluded: what one has written oneself.
    case own(String)
}

/// What an access question is about.
public struct AccessObject: Sendable {
    public var unit: String
    /// Relation → people who stand in it.
    public var relations: [String: Set<String>]
    /// People for whom it does not exist, whatever roles they hold: no rule but `own` gives them a right.
    public var excluded: Set<String>

    public init(unit: String, relations: [String: Set<String>] = [:], excluded: Set<String> = []) {
        (self.unit, self.relations, self.excluded) = (unit, relations, excluded)
    }
}

/// The objects for which a right is given, as a list query needs it. Must say the same as `Access.may`.
public struct AccessScope: Sendable, Equatable {
    /// All objects of these units.
    public var units: Set<String>
    /// All objects the person stands in one of these relations to.
    public var relations: Set<String>
    /// The same, also those from which the person is excluded.
    public var own: Set<String>

    public init(units: Set<String>, relations: Set<String>, own: Set<String> = []) {
        (self.units, self.relations, self.own) = (units, relations, own)
    }

    public var isEmpty: Bool { units.isEmpty && relations.isEmpty && own.isEmpty }

    /// Whether it holds the object, for the person whose scope it is.
    public func contains(_ object: AccessObject, for person: String) -> Bool {
        func stands(in names: Set<String>) -> Bool {
            names.contains { object.relations[$0]?.contains(person) ?? false }
        }
        if stands(in: own) { return true }
        return !object.excluded.contains(person) && (units.contains(object.unit) || stands(in: relations))
    }
}

/// Answers “may this viewer use this right on this object now?”; every route, page, subscription and export asks it.
///
/// What no policy names is refused.
public struct Access: Sendable {
    private let permissions: [Right: [Rule]]
    /// What one has to have before one is told that one has not the right.
    private let sights: [Right: Right]
    public let chart: OrganisationChart

    public init(policy: [Policy], chart: OrganisationChart) {
        let all = policy.flatMap { one in one.permissions.map { (one, $0) } }
        permissions = Dictionary(all.map { ($1.right, $1.rules) }, uniquingKeysWith: +)
        sights = Dictionary(all.compactMap { one, row in one.sight.map { (row.right, $0) } }) { first, _ in first }
        self.chart = chart
    }

    /// The same policy on another chart.
    public func on(_ chart: OrganisationChart) -> Access {
        Access(permissions: permissions, sights: sights, chart: chart)
    }

    private init(permissions: [Right: [Rule]], sights: [Right: Right], chart: OrganisationChart) {
        (self.permissions, self.sights, self.chart) = (permissions, sights, chart)
    }

    /// What the viewer is answered who wants to use the right on this object.
    public func verdict(_ viewer: Viewer, _ right: Right, on object: AccessObject) -> Verdict {
        if let sight = sights[right], !may(viewer, sight, on: object) { return .unknown }
        return may(viewer, right, on: object) ? .may : .mayNot
    }

    /// Whether any module that is on names the right.
    public func isKnown(_ right: Right) -> Bool { permissions[right] != nil }

    public func may(_ viewer: Viewer, _ right: Right, on object: AccessObject) -> Bool {
        let isExcluded = object.excluded.contains(viewer.person.id)
        return (permissions[right] ?? []).contains { rule in
            if case .own(let name) = rule { return object.relations[name]?.contains(viewer.person.id) ?? false }
            if isExcluded { return false }
            return switch rule {
            case .own: false
            case .signedIn: true
            case .role(let role):
                viewer.grants.contains { $0.role == role && chart.subtree(of: $0.unit).contains(object.unit) }
            case .relation(let name): object.relations[name]?.contains(viewer.person.id) ?? false
            case .relationWith(let name, let role):
                viewer.holds(role) && object.relations[name]?.contains(viewer.person.id) ?? false
            }
        }
    }

    /// Whether the viewer has the right to anything at all: what decides if a menu entry is shown.
    public func mayAnywhere(_ viewer: Viewer, _ right: Right) -> Bool {
        (permissions[right] ?? []).contains { rule in
            switch rule {
            case .signedIn: true
            case .role(let role), .relationWith(_, let role): viewer.holds(role)
            case .relation, .own: false
            }
        }
    }

    /// Whether the viewer has the right at the institution itself: for what belongs to all units.
    public func mayEverywhere(_ viewer: Viewer, _ right: Right) -> Bool {
        chart.institution.map { may(viewer, right, on: AccessObject(unit: $0.id)) } ?? false
    }

    /// The units themselves at which a role gives the viewer the right, without those below.
    public func posts(of viewer: Viewer, _ right: Right) -> Set<String> {
        let rules = permissions[right] ?? []
        return Set(viewer.grants.filter { rules.contains(.role($0.role)) }.map(\.unit))
    }

    /// Where the viewer has the right.
    public func scope(of viewer: Viewer, _ right: Right) -> AccessScope {
        var scope = AccessScope(units: [], relations: [])
        for rule in permissions[right] ?? [] {
            switch rule {
            case .signedIn: scope.units.formUnion(chart.units.map(\.id))
            case .role(let role):
                for grant in viewer.grants where grant.role == role {
                    scope.units.formUnion(chart.subtree(of: grant.unit))
                }
            case .relation(let name): scope.relations.insert(name)
            case .own(let name): scope.own.insert(name)
            case .relationWith(let name, let role): if viewer.holds(role) { scope.relations.insert(name) }
            }
        }
        return scope
    }
}
