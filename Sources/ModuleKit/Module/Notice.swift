public import Storage

/// Somebody is to be told of something. Holds identifiers and dates, never what a case says.
public struct Notice: Sendable, Hashable, Codable {
    /// Person's id.
    public var recipient: String
    /// The module's name for the kind of message.
    public var template: String
    /// Path of the page the message links to.
    public var path: String
    /// What the template puts in: numbers, dates.
    public var facts: [String: String]
    /// A notice the law requires is sent again when it is unknown whether it went out; any other is set aside.
    public var required: Bool

    public init(to recipient: String, template: String, path: String, facts: [String: String], required: Bool) {
        (self.recipient, self.template, self.path) = (recipient, template, path)
        (self.facts, self.required) = (facts, required)
    }
}

/// A mail in one language.
public struct MailText: Sendable, Hashable {
    public var subject: String
    public var paragraphs: [String]
    public var linkLabel: String

    public init(subject: String, paragraphs: [String], linkLabel: String) {
        (self.subject, self.paragraphs, self.linkLabel) = (subject, paragraphs, linkLabel)
    }
}

/// Sends notices that no event stands behind, because an event would tell too much.
public struct NoticePost: Sendable {
    private let enqueue: @Sendable (_ notice: Notice, _ key: String, Transaction) throws -> Void

    public init(_ enqueue: @escaping @Sendable (_ notice: Notice, _ key: String, Transaction) throws -> Void) {
        self.enqueue = enqueue
    }

    /// Sends the notice when `tx` is committed, unless one with this key has ever been sent.
    public func send(_ notice: Notice, key: String, in tx: Transaction) throws { try enqueue(notice, key, tx) }
}
