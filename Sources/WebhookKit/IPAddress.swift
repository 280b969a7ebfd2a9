import Glibc

/// An address of the Internet Protocol, as numbers.
public struct IPAddress: Sendable, Hashable {
    /// 4 or 16, in network order.
    public let bytes: [UInt8]

    /// Nil unless there are 4 or 16 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads four decimal numbers without leading zeros, or an IPv6 address without brackets and zone; nil for any other spelling.
    public init?(_ text: String) {
        var bytes = [UInt8](repeating: 0, count: text.contains(":") ? 16 : 4)
        let family = bytes.count == 16 ? AF_INET6 : AF_INET
        let isRead = unsafe bytes.withUnsafeMutableBytes { unsafe inet_pton(family, text, $0.baseAddress) }
        guard isRead == 1, !text.utf8.contains(0) else { return nil }
        self.bytes = bytes
    }
}

extension IPAddress: CustomStringConvertible {
    public var description: String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
        return groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
}

/// A range of addresses, such as `10.0.0.0/8`.
public struct Network: Sendable, Hashable {
    private let start: IPAddress
    private let length: Int

    /// Nil unless it is an address, a slash, and how many of its bits count; or an address alone.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let start = IPAddress(String(parts[0])), parts.count <= 2 else { return nil }
        let bits = start.bytes.count * 8
        guard let length = parts.count == 2 ? Int(parts[1]) : bits, (0...bits).contains(length) else { return nil }
        (self.start, self.length) = (start, length)
    }

    public func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == start.bytes.count else { return false }
        let (whole, rest) = (length / 8, length % 8)
        guard address.bytes.prefix(whole) == start.bytes.prefix(whole) else { return false }
        return rest == 0 || (address.bytes[whole] ^ start.bytes[whole]) >> (8 - rest) == 0
    }
}
