/// One mail as the host describes it to a worker: words only, no form.
public struct Mail: Sendable, Hashable, Codable {
    /// The languages a person may choose.
    public enum Language: String, Sendable, Codable { case nb, nn, en }

    /// What the reader is asked to open; an http or https address.
    public struct Link: Sendable, Hashable, Codable {
        public var url: String
        public var label: String

        public init(url: String, label: String) {
            self.url = url
            self.label = label
        }
    }

    /// The recipient's address alone, in ASCII.
    public var to: String
    public var language: Language
    public var subject: String
    public var paragraphs: [String]
    public var link: Link
    public var footer: String
    /// With its angle brackets; the same for every attempt at this mail.
    public var messageID: String

    public init(
        to: String, language: Language, subject: String, paragraphs: [String], link: Link, footer: String,
        messageID: String
    ) {
        self.to = to
        self.language = language
        self.subject = subject
        self.paragraphs = paragraphs
        self.link = link
        self.footer = footer
        self.messageID = messageID
    }
}
