import EventKit
public import Foundation

/// A mail ready for a server: its envelope, and the bytes of its message (RFC 5322), lines ended by CRLF.
///
/// Written here and not by libcurl's MIME functions, because those give the bytes to a server only: a folder is to hold
/// exactly what would have been sent.
public struct MailMessage: Sendable {
    public let sender: MailAddress
    public let recipient: MailAddress
    public let messageID: String
    public let bytes: [UInt8]

    /// Writes `mail` as plain text and HTML. Throws a permanent failure for what cannot be a mail, or would forge a
    /// header.
    public init(_ mail: Mail, from sender: MailAddress, at date: Date) throws(MailFailure) {
        guard let recipient = MailAddress(mail.to), recipient.name == nil else {
            throw .permanent(reason: "mail-address")
        }
        guard !mail.subject.isEmpty, !mail.subject.unicodeScalars.contains(where: \.isControl) else {
            throw .permanent(reason: "mail-subject")
        }
        guard Self.isMessageID(mail.messageID) else { throw .permanent(reason: "mail-message-id") }
        guard Self.isWebAddress(mail.link.url) else { throw .permanent(reason: "mail-link") }
        self.sender = sender
        self.recipient = recipient
        messageID = mail.messageID
        bytes = Array(Self.text(mail.withPlainLineEnds, from: sender, to: recipient, at: date).utf8)
    }

    /// The alternatives' boundary holds `=_`, which quoted-printable text never does (RFC 2045 § 6.7): no need for a
    /// random one.
    private static let boundary = "=_alternative"

    private static func text(_ mail: Mail, from sender: MailAddress, to: MailAddress, at date: Date) -> String {
        let from = sender.name.map { "\(phrase($0))\r\n <\(sender.address)>" } ?? sender.address
        return """
            Date: \(format(date))\r
            From: \(from)\r
            To: \(to.address)\r
            Subject: \(MailEncoding.header(mail.subject))\r
            Message-ID: \(mail.messageID)\r
            Auto-Submitted: auto-generated\r
            Content-Language: \(mail.language.rawValue)\r
            MIME-Version: 1.0\r
            Content-Type: multipart/alternative; boundary="\(boundary)"\r
            \r
            \(part("plain", plain(mail)))\
            \(part("html", MailHTML.page(mail)))\
            --\(boundary)--\r

            """
    }

    private static func part(_ subtype: String, _ text: String) -> String {
        """
        --\(boundary)\r
        Content-Type: text/\(subtype); charset=utf-8\r
        Content-Transfer-Encoding: quoted-printable\r
        \r
        \(MailEncoding.quotedPrintable(text))
        """
    }

    /// The footer follows the separator that mail programs know as a signature's.
    private static func plain(_ mail: Mail) -> String {
        (mail.paragraphs + ["\(mail.link.label):\n\(mail.link.url)", "-- \n\(mail.footer)"]).joined(separator: "\n\n")
    }

    /// A display name: quoted when it is ASCII, else encoded words.
    private static func phrase(_ name: String) -> String {
        let encoded = MailEncoding.header(name)
        guard encoded == name else { return encoded }
        return "\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    private static func isMessageID(_ text: String) -> Bool {
        let inner = text.dropFirst().dropLast()
        return text.hasPrefix("<") && text.hasSuffix(">") && text.utf8.count <= 250
            && inner.split(separator: "@").count == 2
            && inner.unicodeScalars.allSatisfy { $0.isASCIILetterOrDigit || "@.-_+=~".unicodeScalars.contains($0) }
    }

    private static func isWebAddress(_ text: String) -> Bool {
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return false }
        return !text.unicodeScalars.contains { $0.isControl || $0 == " " } && URL(string: text)?.host() != nil
    }

    /// RFC 5322 § 3.3: `Fri, 27 Nov 2026 08:15:30 +0000`. Foundation's formatter took a fifth of the making of a mail.
    private static func format(_ date: Date) -> String {
        let time = Timestamp(milliseconds: Int64(date.timeIntervalSince1970) * 1000)
        let day = CivilDate(daysSince1970: time.milliseconds / 86_400_000)
        let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekday - 1]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let text = time.description.utf8
        let dayOfMonth = Substring(text.dropFirst(8).prefix(2))
        let clock = Substring(text.dropFirst(11).prefix(8))
        return "\(weekday), \(dayOfMonth) \(months[day.month - 1]) \(day.year) \(clock) +0000"
    }
}

extension Mail {
    /// Itself with LF as the only line end in what is prose.
    fileprivate var withPlainLineEnds: Mail {
        var copy = self
        copy.paragraphs = paragraphs.map(Self.plain)
        copy.footer = Self.plain(footer)
        return copy
    }

    private static func plain(_ text: String) -> String {
        guard text.utf8.contains(0x0D) else { return text }
        return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }
}
