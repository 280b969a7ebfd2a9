public import EventKit

/// How a module's cases answer what somebody asks about their own data: found, read without who reported, kept as extracts, erased.
///
/// A case that the viewer may not see is answered like one that does not exist.
public protocol PersonsCases: Sendable {
    /// Those that `words` finds, a case's number or what stands in it; at most 50.
    func find(_ words: String, for viewer: Viewer, _ visit: Visit) async throws -> [FoundCase]

    /// What stands in a case; nil when there is none for the viewer.
    func read(_ id: String, for viewer: Viewer, _ visit: Visit) async throws -> ReadCase?

    /// Erases what the person has reported, as they have asked.
    func erase(_ id: String, reportedBy person: Person, _ visit: Visit) async throws -> Erasure

    /// `bytes` sealed so that they go when the case's content does; nil when it has gone.
    func seal(_ bytes: [UInt8], with id: String) async throws -> [UInt8]?

    /// What `seal` was given; nil when the case's content has gone since.
    func open(_ sealed: [UInt8], with id: String) async throws -> [UInt8]?
}

/// A case in a list to choose from.
public struct FoundCase: Sendable, Hashable {
    public var id: String
    public var number: String
    public var unit: String
    public var receivedAt: Timestamp

    public init(id: String, number: String, unit: String, receivedAt: Timestamp) {
        (self.id, self.number, self.unit, self.receivedAt) = (id, number, unit, receivedAt)
    }
}

/// What stands in a case, to choose what is given out of it.
public struct ReadCase: Sendable {
    /// Something that somebody wrote.
    public struct Passage: Sendable {
        /// What it is: the report, a note, a reply.
        public var what: Translated
        public var at: Timestamp
        public var text: String

        public init(_ what: Translated, at: Timestamp, text: String) {
            (self.what, self.at, self.text) = (what, at, text)
        }
    }

    public var found: FoundCase
    public var passages: [Passage]
    /// Words that tell who reported; they are given out to nobody.
    public var hidden: [String]

    public init(_ found: FoundCase, passages: [Passage], hidden: [String]) {
        (self.found, self.passages, self.hidden) = (found, passages, hidden)
    }
}

/// What came of an erasure.
public enum Erasure: String, Sendable, Hashable {
    /// Its content is gone.
    case removed
    /// It is withdrawn: who handles it stops, or goes on without who reported it.
    case withdrawn
    /// It is not theirs, or not there.
    case notTheirs
    /// Something in it has to be finished first.
    case unfinished
}
