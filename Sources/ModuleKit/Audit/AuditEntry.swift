public import EventKit

/// One line of the audit trail: who looked at what, or decided on it. Identifiers alone, never a word of what it says.
public struct AuditEntry: Sendable, Hashable {
    public enum Kind: Sendable, Hashable { case look, decision }

    /// How it was done, where it was not by a token of the API: that one's id stands there.
    public enum Way {
        public static let page = "page"
        /// By the program itself.
        public static let system = "system"
        /// By who reported it: a token's id would tell who that is.
        public static let reporter = "reporter"
    }

    public var kind: Kind
    public var at: Timestamp
    /// Id of the person; nil for the program, and for what people do with what they have told themselves.
    public var actor: String?
    /// The right that was used, or what the event says that was announced: `deviations.read`, `deviations.closed`.
    public var act: String
    /// `deviations/<id>`
    public var object: String
    public var way: String
    /// Those from whom the object is kept: they read no line about it.
    public var keptFrom: Set<String>

    public init(
        _ kind: Kind, _ act: String, of object: String, by actor: String?, way: String, at: Timestamp,
        keptFrom: Set<String> = []
    ) {
        (self.kind, self.act, self.object) = (kind, act, object)
        (self.actor, self.way, self.at, self.keptFrom) = (actor, way, at, keptFrom)
    }

    /// A look by who asks, in the way in which they ask.
    public static func look(
        _ right: Right, at object: String, by viewer: Viewer, _ visit: Visit, keptFrom: Set<String> = []
    ) -> AuditEntry {
        AuditEntry(
            .look, right.description, of: object, by: viewer.person.id, way: visit.way, at: visit.now,
            keptFrom: keptFrom)
    }

    /// A decision by who asks.
    public static func decision(
        _ act: String, on object: String, by viewer: Viewer, _ visit: Visit, keptFrom: Set<String> = []
    ) -> AuditEntry {
        AuditEntry(
            .decision, act, of: object, by: viewer.person.id, way: visit.way, at: visit.now, keptFrom: keptFrom)
    }
}
