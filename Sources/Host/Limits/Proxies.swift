import WebhookKit

/// The proxies whose word for where a request comes from is taken.
struct Proxies: Sendable {
    let trusted: [Network]

    /// The address that asks: the last one of those told that is no trusted proxy's. Each proxy adds to the end whom it was asked by;
    /// what stands before a stranger is what the stranger wrote.
    ///
    /// - Parameter forwarded: the values of `X-Forwarded-For`, in their order.
    func origin(of peer: IPAddress, forwarded: [String]) -> IPAddress {
        var found = peer.plain
        guard !trusted.isEmpty else { return found }
        var told = forwarded.flatMap { $0.split(separator: ",") }
        while trusted.contains(where: { $0.contains(found) }), let last = told.popLast(),
            let before = IPAddress(String(last).trimmed)
        {
            found = before.plain
        }
        return found
    }
}

extension IPAddress {
    /// The IPv4 address that is written as one of IPv6, as a socket for both does; itself when it is none.
    fileprivate var plain: IPAddress {
        let isMapped = bytes.count == 16 && bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return isMapped ? IPAddress(bytes: Array(bytes.suffix(4))) ?? self : self
    }

    /// What one subscriber has of the Internet: an IPv4 address, or the 64 bits of a network of IPv6.
    var household: [UInt8] { bytes.count == 4 ? bytes : Array(bytes.prefix(8)) }
}
