import Glibc

extension ReceiverAddress {
    /// Finds the numbers of a host's name; blocks.
    public typealias Lookup = @Sendable (_ host: String) -> [IPAddress]

    /// The numbers that may be connected to: every one that the host has, each looked at. Blocks while a name is looked up.
    ///
    /// One that may not be makes the whole host refused: nobody needs a receiver that is half inside.
    public func numbers(_ policy: AddressPolicy, lookup: Lookup = systemLookup) throws(Fault) -> [IPAddress] {
        let all = number.map { [$0] } ?? lookup(host)
        guard !all.isEmpty else { throw .unknown }
        guard all.allSatisfy(policy.permits) else { throw .inside }
        return all
    }

    /// Asks the system's resolver.
    public static let systemLookup: Lookup = { host in
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
        defer { unsafe freeaddrinfo(first) }
        var found: [IPAddress] = []
        var next = unsafe first
        while let entry = unsafe next {
            // One that cannot be read must not be passed over: then the host has none.
            guard let number = unsafe Self.number(entry.pointee) else { return [] }
            found.append(number)
            unsafe next = entry.pointee.ai_next
        }
        return found
    }

    private static func number(_ entry: addrinfo) -> IPAddress? {
        guard let address = unsafe entry.ai_addr else { return nil }
        // Behind the family and the port, and in IPv6 the flow (sockaddr_in, sockaddr_in6).
        let (offset, count) = unsafe entry.ai_family == AF_INET6 ? (8, 16) : (4, 4)
        guard unsafe entry.ai_family == AF_INET6 || entry.ai_family == AF_INET,
            unsafe Int(entry.ai_addrlen) >= offset + count
        else { return nil }
        return unsafe IPAddress(
            bytes: Array(UnsafeRawBufferPointer(start: UnsafeRawPointer(address) + offset, count: count)))
    }
}
