public import EventKit

/// One step or message in a case. Stored sealed, never changed.
public struct Entry: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case received, acknowledged, asked, answered, concluded, noted, categorised, excluded
        case fedBack = "fed-back"
        /// What had happened before a hand-over.
        case before

        /// For keepers only; the rest is the dialogue with the reporter.
        public var isPrivate: Bool { [.noted, .categorised, .excluded, .before].contains(self) }
    }

    public var kind: Kind
    /// Id of the keeper; nil for the reporter and for what came with a hand-over.
    public var author: String?
    public var on: CivilDate
    public var text: String
    /// The new category, for `categorised`.
    public var category: Category?
    /// The person, for `excluded`.
    public var person: String?
    /// What came with it.
    public var files: [AttachedFile]

    public init(
        _ kind: Kind, by author: String?, on: CivilDate, text: String = "", category: Category? = nil,
        person: String? = nil,
        files: [AttachedFile] = []
    ) {
        (self.kind, self.author, self.on, self.text) = (kind, author, on, text)
        (self.category, self.person, self.files) = (category, person, files)
    }
}

/// A file of a case; its content lies sealed elsewhere.
public struct AttachedFile: Sendable, Hashable, Codable {
    public var id: String
    /// As its sender calls it, with an ending that fits.
    public var name: String
    /// Bytes.
    public var size: Int
    /// Its media type, by its bytes; nil for what was stored before that was looked at.
    public var type: String?
    /// Id of the picture's preview, a file of its own; nil when there is none.
    public var preview: String?

    public init(id: String, name: String, size: Int, type: String? = nil, preview: String? = nil) {
        (self.id, self.name, self.size, self.type, self.preview) = (id, name, size, type, preview)
    }
}
