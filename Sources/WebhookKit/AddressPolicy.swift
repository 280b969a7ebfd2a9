/// Which addresses webhooks may be sent to: those of the open Internet, and what the operator allows besides.
public struct AddressPolicy: Sendable {
    /// `http://` may be written, and what is sent can be read on its way.
    public let allowsHTTP: Bool
    private let allowed: [Network]

    public init(allowsHTTP: Bool = false, allowed: [Network] = []) {
        (self.allowsHTTP, self.allowed) = (allowsHTTP, allowed)
    }

    /// What is no address of the open Internet (IANA's special-purpose registry of IPv4).
    private static let inside4 = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
    ].compactMap(Network.init)

    /// All that IANA has given out of IPv6. Loopback, private and link-local addresses, multicast, and IPv4 written as IPv6 (mapped,
    /// compatible, NAT64) lie outside.
    private static let global6 = ["2000::/3"].compactMap(Network.init)

    /// Within it: special purposes with Teredo, documentation, and 6to4, which is IPv4 in disguise.
    private static let inside6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"].compactMap(Network.init)

    /// Whether a connection to `address` may be made.
    public func permits(_ address: IPAddress) -> Bool {
        if allowed.contains(where: { $0.contains(address) }) { return true }
        func isIn(_ networks: [Network]) -> Bool { networks.contains { $0.contains(address) } }
        return address.bytes.count == 4 ? !isIn(Self.inside4) : isIn(Self.global6) && !isIn(Self.inside6)
    }
}
