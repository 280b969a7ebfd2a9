/// The address of a webhook's receiver, written in the one way that all programs read alike.
public struct ReceiverAddress: Sendable, Hashable {
    /// Why something is no such address; names nothing of it.
    public enum Fault: String, Error, Sendable, CaseIterable {
        /// Does not begin with `https://`, is too long, or holds a space, a `#`, or what is not ASCII.
        case malformed
        /// `http://`, where that is not allowed.
        case unsafe
        /// A name or password before the host.
        case user
        /// The host is neither a plain name nor a number in its ordinary spelling.
        case host
        case port
        /// Leads to where nothing may be sent.
        case inside
        /// There is no host of that name, now.
        case unknown
    }

    /// As it was written.
    public let text: String
    /// A name, or a number: IPv6 without brackets.
    public let host: String
    public let port: Int
    /// The number that the host is, if it is one.
    public let number: IPAddress?

    public static let maxBytes = 500

    /// Reads `https://host[:port][/path][?query]`; `http://` too if the policy has it. Looks nothing up.
    ///
    /// Other spellings that some programs understand are refused, not understood: what is checked must be what is connected to.
    public init(_ text: String, _ policy: AddressPolicy) throws(Fault) {
        guard text.utf8.count <= Self.maxBytes,
            text.utf8.allSatisfy({ (33...126).contains($0) && $0 != 35 && $0 != 92 })
        else { throw .malformed }
        let isSafe = text.hasPrefix("https://")
        guard isSafe || text.hasPrefix("http://") else { throw .malformed }
        guard isSafe || policy.allowsHTTP else { throw .unsafe }
        let authority = text.dropFirst(isSafe ? 8 : 7).prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else { throw .user }
        let (host, port) = try Self.parts(of: authority)
        (number, self.host) = try Self.read(host: host)
        self.port = port ?? (isSafe ? 443 : 80)
        self.text = text
        if let number, !policy.permits(number) { throw .inside }
    }

    private static func parts(of authority: Substring) throws(Fault) -> (Substring, Int?) {
        let end: Substring.Index
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else { throw .host }
            end = authority.index(after: bracket)
        } else {
            end = authority.firstIndex(of: ":") ?? authority.endIndex
        }
        let rest = authority[end...]
        if rest.isEmpty { return (authority, nil) }
        let digits = rest.dropFirst()
        guard rest.hasPrefix(":"), (1...5).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let port = Int(digits), (1...65_535).contains(port)
        else { throw .port }
        return (authority[..<end], port)
    }

    private static func read(host: Substring) throws(Fault) -> (IPAddress?, String) {
        if host.hasPrefix("[") {
            let inner = String(host.dropFirst().dropLast())
            guard inner.contains(":"), let number = IPAddress(inner) else { throw .host }
            return (number, inner)
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard host.utf8.count <= 253, labels.allSatisfy(isLabel), let last = labels.last else { throw .host }
        // A last part that is a number makes all of it one, in spellings that programs read differently: 127.1, 0x7f000001, 017700000001.
        guard last.utf8.allSatisfy({ (48...57).contains($0) }) || last.lowercased().hasPrefix("0x") else {
            return (nil, host.lowercased())
        }
        guard let number = IPAddress(String(host)) else { throw .host }
        return (number, String(host))
    }

    /// RFC 1123 § 2.1. Other scripts are written as `xn--…`.
    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.utf8.allSatisfy { byte in
                (97...122).contains(byte | 32) && byte >= 65 || (48...57).contains(byte) || byte == 45
            }
    }
}
