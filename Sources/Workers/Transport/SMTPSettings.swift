import Foundation

/// The mail server to hand mails to.
public struct SMTPSettings: Sendable {
    /// When a connection is made safe by TLS. Certificates are always verified.
    public enum Security: Sendable { case none, startTLS, fromTheStart }

    public let host: String
    public let port: Int
    public let security: Security
    let user: String?
    let password: String?
    /// A PEM file of certificates to trust instead of the system's.
    public let caFile: String?

    /// Reads `smtp://`, `smtp+starttls://` or `smtps://` `[user:password@]host[:port]`; user and password
    /// percent-encoded.
    ///
    /// The ports are 25, 587 and 465 unless said. `smtp://` requires STARTTLS too, but for a server on this machine that
    /// wants no password: neither a password nor a mail travels in the clear. The error never holds the address, which may hold a password.
    public init(url: String, caFile: String? = nil) throws(MailSettingsError) {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty,
            ["", "/"].contains(parts.path),
            parts.query == nil, parts.fragment == nil
        else {
            throw MailSettingsError(message: "the SMTP address is not of the form smtp://[user:password@]host[:port]")
        }
        guard (parts.user == nil) == (parts.password == nil) else {
            throw MailSettingsError(message: "the SMTP address needs both a user and a password, or neither")
        }
        switch parts.scheme?.lowercased() {
        case "smtp": (security, port) = (parts.user == nil && Self.isHere(host) ? .none : .startTLS, parts.port ?? 25)
        case "smtp+starttls": (security, port) = (.startTLS, parts.port ?? 587)
        case "smtps": (security, port) = (.fromTheStart, parts.port ?? 465)
        default:
            throw MailSettingsError(
                message: "the SMTP address begins with none of smtp://, smtp+starttls:// and smtps://")
        }
        if let caFile, !FileManager.default.isReadableFile(atPath: caFile) {
            throw MailSettingsError(message: "the SMTP certificates cannot be read: \(caFile)")
        }
        self.host = host
        user = parts.user
        password = parts.password
        self.caFile = caFile
    }

    private static func isHere(_ host: String) -> Bool {
        ["localhost", "::1", "[::1]"].contains(host) || host.wholeMatch(of: /127(\.\d{1,3}){3}/) != nil
    }

    /// The address for libcurl: without user and password, which it gets apart.
    var plainURL: String { "\(security == .fromTheStart ? "smtps" : "smtp")://\(host):\(port)" }
}

extension SMTPSettings: CustomStringConvertible, CustomReflectable {
    /// The address without user and password, fit for a log.
    public var description: String { plainURL }
    public var customMirror: Mirror { Mirror(self, children: ["url": plainURL]) }
}

/// Mail settings that no worker can start with; `message` is one line for the operator.
public struct MailSettingsError: Error, Sendable, CustomStringConvertible {
    public let message: String
    public var description: String { message }
}
