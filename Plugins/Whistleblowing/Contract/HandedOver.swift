public import EventKit

/// What another module seals for this one: a matter that is to become a whistleblow.
///
/// Sent through the vault's mailbox as JSON; each hand-over becomes exactly one case. The contents of `files` follow as further parts of
/// the hand-over, in their order.
public struct HandedOver: Codable, Sendable, Hashable {
    /// Who the mailbox keeps it for.
    public static let recipient = "whistleblowing"

    /// Why it comes.
    public enum Origin: String, Codable, Sendable {
        /// A report that should not have been made as a deviation.
        case deviation
        /// A deviation that was not followed up: dates and steps only.
        case escalation
    }

    /// Something that happened before, with what was written.
    public struct Step: Codable, Sendable, Hashable {
        public var on: CivilDate
        public var text: String

        public init(on: CivilDate, text: String) { (self.on, self.text) = (on, text) }
    }

    /// A file that comes along.
    public struct File: Codable, Sendable, Hashable {
        public var name: String
        /// Media type.
        public var type: String
        /// Bytes.
        public var size: Int
        /// Whether the reporter has sent it and may see it again; nil is no.
        public var isReporters: Bool?

        public init(name: String, type: String, size: Int, isReporters: Bool? = nil) {
            (self.name, self.type, self.size, self.isReporters) = (name, type, size, isReporters)
        }
    }

    public var origin: Origin
    public var campus: String
    /// A code of this module's categories; any other is read as `other`.
    public var category: String
    /// Empty for an escalation, as is `description`.
    public var title: String
    public var description: String
    public var occurredOn: CivilDate?
    /// When the institution got it: the clock runs from here, not from the hand-over.
    public var receivedOn: CivilDate
    /// Id of the person who reported; nil when they are not known.
    public var reporter: String?
    /// Ids of people who must not see it, such as the handler of a deviation that was not followed up.
    public var excluded: [String]
    public var steps: [Step]
    public var files: [File]

    public init(
        origin: Origin, campus: String, category: String, title: String = "", description: String = "",
        occurredOn: CivilDate? = nil,
        receivedOn: CivilDate, reporter: String? = nil, excluded: [String] = [], steps: [Step] = [], files: [File] = []
    ) {
        (self.origin, self.campus, self.category, self.title) = (origin, campus, category, title)
        (self.description, self.occurredOn, self.receivedOn) = (description, occurredOn, receivedOn)
        (self.reporter, self.excluded, self.steps, self.files) = (reporter, excluded, steps, files)
    }
}
