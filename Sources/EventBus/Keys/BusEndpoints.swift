/// Where feed and desk are: `tcp://…` or `ipc://…`; for clients also those of several hosts, comma separated.
public struct BusEndpoints: Sendable, Hashable {
    public var feed: String
    public var desk: String

    public init(feed: String = "tcp://127.0.0.1:5561", desk: String = "tcp://127.0.0.1:5562") {
        self.feed = feed
        self.desk = desk
    }

    /// Every network of this machine to listen on, and no address to connect to.
    private static let wildcards = ["tcp://0.0.0.0:", "tcp://*:", "tcp://[::]:", "tcp://:::"]

    /// False when feed or desk is no address that another machine could connect to, such as `tcp://0.0.0.0:5561`.
    public var canBeReached: Bool {
        (feed.addresses + desk.addresses).allSatisfy { address in !Self.wildcards.contains(where: address.hasPrefix) }
    }

    /// Of several hosts' the first one's.
    public var first: BusEndpoints {
        BusEndpoints(feed: feed.addresses.first ?? feed, desk: desk.addresses.first ?? desk)
    }

    /// The same for a client on this machine.
    public var here: BusEndpoints {
        func local(_ address: String) -> String {
            guard let wildcard = Self.wildcards.first(where: address.hasPrefix) else { return address }
            return "tcp://127.0.0.1:" + address.dropFirst(wildcard.count)
        }
        return BusEndpoints(feed: local(feed), desk: local(desk))
    }
}

extension String {
    /// The parts of a list with commas.
    var addresses: [String] { split { $0 == "," || $0 == " " }.map(String.init) }
}

/// All that a client needs; as JSON it is what `trivsel keys new` prints.
public struct ClientCredentials: Sendable, Hashable, Codable {
    public var name: String
    public var publicKey: String
    public var secretKey: String
    /// The same for all hosts.
    public var serverKey: String
    /// Each host's feed, comma separated: all are connected.
    public var feed: String
    /// Each host's desk, comma separated: one is asked, and when it is silent the next.
    public var desk: String
    /// The relay's, for a client that gets the feed from one; nil: the server's.
    public var feedServerKey: String?

    public init(name: String, pair: KeyPair, serverKey: String, endpoints: BusEndpoints) {
        self.name = name
        publicKey = pair.publicKey
        secretKey = pair.secretKey
        self.serverKey = serverKey
        feed = endpoints.feed
        desk = endpoints.desk
    }
}

extension ClientCredentials: CustomStringConvertible {
    /// The name alone: a log or an error must not show the secret.
    public var description: String { "key \(name)" }
}
