/// Why a mail was not sent, and whether another attempt may help.
///
/// `reason` is a short code such as `smtp-550` or `mail-address`: it is stored, logged and counted, so it never holds
/// an address, a server's text or any other personal data.
public enum MailFailure: Error, Sendable, Hashable {
    /// Nothing was delivered; a later attempt may be.
    case temporary(reason: String)
    /// Nothing was delivered, and the same mail will never be.
    case permanent(reason: String)
    /// The server had the whole mail when it fell silent: it may have been delivered.
    case ambiguous(reason: String)

    /// The code alone.
    public var reason: String {
        switch self {
        case .temporary(let reason), .permanent(let reason), .ambiguous(let reason): reason
        }
    }
}
