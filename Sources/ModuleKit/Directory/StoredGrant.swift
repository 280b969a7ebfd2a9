public import EventKit

/// A role grant as it is kept, with who decided it.
public struct StoredGrant: Sendable, Hashable {
    public var id: String
    public var grant: RoleGrant
    /// A person's id, or what stands for a tool; nil for what came before anybody noted it.
    public var madeBy: String?
    public var madeAt: Timestamp?
    public var endedBy: String?
    public var endedAt: Timestamp?
}

/// Which grants a list holds.
public struct GrantFilter: Sendable {
    /// Nil: all units.
    public var units: Set<String>?
    public var role: Role?
    public var person: String?
    /// Only those that count at this moment or later; nil: the others too.
    public var goingOnAt: Timestamp?
    /// The id after which the list goes on.
    public var after: String?
    public var limit: Int?

    public init(
        units: Set<String>? = nil, role: Role? = nil, person: String? = nil, goingOnAt: Timestamp? = nil,
        after: String? = nil, limit: Int? = nil
    ) {
        (self.units, self.role, self.person) = (units, role, person)
        (self.goingOnAt, self.after, self.limit) = (goingOnAt, after, limit)
    }
}

/// Why a role is not given or ended.
public enum GrantRefusal: Error, Sendable, Hashable, CaseIterable {
    case unknownPerson, severalPeople, hasLeft, student, yourself
    case unknownRole, unknownUnit, notYours
    case badDate, past, emptyPeriod
    /// The person holds the role for the unit at that time.
    case alreadyHeld
    /// Without it nobody would give roles, receive what is reported, or read whistleblows.
    case needed
    /// Whoever gives roles has to show two factors.
    case twoFactors
}
