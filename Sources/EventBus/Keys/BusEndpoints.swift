/// Where feed and desk are: `tcp://…` or `ipc://…`.
public struct BusEndpoints: Sendable, Hashable {
    public var feed: String
    public var desk: String

    public init(feed: String = "tcp://127.0.0.1:5561", desk: String = "tcp://127.0.0.1:5562") {
        self.feed = feed
        self.desk = desk
    }
}

/// All that a client needs; as JSON it is what `trivsel keys new` prints.
public struct ClientCredentials: Sendable, Hashable, Codable {
    public var name: String
    public var publicKey: String
    public var secretKey: String
    public var serverKey: String
    public var feed: String
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
