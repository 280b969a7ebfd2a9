public import EventKit

/// Who stands in for whom from–to. As long as it lasts, the deputy has the other's roles beside them.
public struct Deputyship: Sendable, Hashable {
    public var id: String
    /// Who is stood in for.
    public var person: String
    public var deputy: String
    /// nil: every role that can have a deputy.
    public var role: Role?
    /// This unit and those below it; nil: all.
    public var unit: String?
    public var from: Timestamp
    /// The first moment at which it no longer counts; nil: until further notice.
    public var to: Timestamp?

    public init(
        id: String, person: String, deputy: String, role: Role? = nil, unit: String? = nil, from: Timestamp,
        to: Timestamp?
    ) {
        (self.id, self.person, self.deputy) = (id, person, deputy)
        (self.role, self.unit, self.from, self.to) = (role, unit, from, to)
    }

    public func counts(at now: Timestamp) -> Bool { from <= now && to.map { now < $0 } ?? true }
}

/// Why a change of the directory is refused.
public enum DirectoryError: Error, Sendable, Hashable {
    /// The deputy would, directly or by others, be stood in for by the very person.
    case deputyLoop
    case ownDeputy
    /// Only employees stand in for others.
    case notAnEmployee
    case roleWithoutDeputy
    case emptyPeriod
}
