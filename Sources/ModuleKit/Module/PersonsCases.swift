public import EventKit
public import Storage
public import Vault

/// How a module's cases answer what somebody asks about their own data: found, read without who reported, kept as extracts, erased.
///
/// A case that the viewer may not see is answered like one that does not exist.
public protocol PersonsCases: Sendable {
    /// Those that `words` finds, a case's number or what stands in it; at most 50.
    func find(_ words: String, for viewer: Viewer, _ visit: Visit) async throws -> [FoundCase]

    /// What stands in a case; nil when there is none for the viewer.
    func read(_ id: String, for viewer: Viewer, _ visit: Visit) async throws -> ReadCase?

    /// Makes ready to erase what the person has reported, as they have asked; nil when there is none, or it is not theirs.
    func erasure(of id: String, reportedBy person: Person, _ visit: Visit) async throws -> PreparedErasure?

    /// A file of the case in a form that tells nothing of who sent it; nil when there is none. Who may is asked by the caller.
    func cleaned(_ file: String, of id: String) async throws -> CleanFile?

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
    public var files: [File]
    /// Those from whom the case is kept, for the audit trail.
    public var keptFrom: Set<String>

    public init(
        _ found: FoundCase, passages: [Passage], hidden: [String], files: [File] = [], keptFrom: Set<String> = []
    ) {
        (self.found, self.passages, self.hidden, self.files) = (found, passages, hidden, files)
        self.keptFrom = keptFrom
    }

    /// A file that somebody has sent.
    public struct File: Sendable {
        public var file: SealedFile
        public var at: Timestamp
        /// Whether there is a form of it that tells nothing of who sent it: else it is given out whole, or not at all.
        public var isCleanable: Bool

        public init(_ file: SealedFile, at: Timestamp, isCleanable: Bool) {
            (self.file, self.at, self.isCleanable) = (file, at, isCleanable)
        }
    }
}

/// What can be given out of a file: not the bytes that were sent, which hold who made it, where and with what, unless there is no other form
/// of it and an officer has read them.
public enum CleanFile: Sendable {
    /// A picture made anew from how the original looks.
    case picture(SealedFile, FileContent)
    /// The text that is all there is in the file.
    case text(String)
    /// The file as it was sent.
    case whole(SealedFile, FileContent)
}

/// An erasure, ready to be done as part of the transaction that decides on it.
public struct PreparedErasure: Sendable {
    public var carryOut: @Sendable (Transaction) throws -> Erasure

    public init(carryOut: @escaping @Sendable (Transaction) throws -> Erasure) { self.carryOut = carryOut }
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
