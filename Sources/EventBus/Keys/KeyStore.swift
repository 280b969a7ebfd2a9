public import EventKit
public import Storage

/// The clients that may use feed and desk. Only their public keys are kept.
public struct KeyStore: Sendable {
    private let database: Database
    private let now: @Sendable () -> Timestamp

    public init(database: Database, now: (@Sendable () -> Timestamp)? = nil) {
        self.database = database
        self.now = now ?? systemTime
    }

    /// Makes a key pair for a new client; its secret half is in the answer and nowhere else.
    ///
    /// - Throws: `BusError` (`invalid`) for a name that is taken or malformed.
    public func make(_ name: String, topics: [TopicPattern], work: [String] = [], readers: [String] = []) async throws
        -> KeyPair
    {
        let pair = try KeyPair.generate()
        try await add(ClientKey(name: name, publicKey: pair.publicKey, topics: topics, work: work, readers: readers))
        return pair
    }

    /// Lets in a client that made its key pair itself.
    ///
    /// - Throws: `BusError` (`invalid`) for a name that is taken or malformed, and for the test keys of libzmq's
    ///   manual.
    public func add(_ key: ClientKey) async throws {
        guard Self.isName(key.name), (key.work + key.readers).allSatisfy(Self.isName) else {
            throw BusError(.invalid, "a name is 1 to 60 letters a–z, digits, dots, hyphens and underscores")
        }
        guard KeyPair.isUsable(publicKey: key.publicKey) else {
            throw BusError(.invalid, "the public key is malformed, or one that libzmq's manual prints")
        }
        let topics = key.topics.map(\.description).joined(separator: " ")
        let work = key.work.joined(separator: " ")
        let readers = key.readers.joined(separator: " ")
        do {
            _ = try await database.write { [now] tx in
                try tx.execute(
                    """
                    INSERT INTO bus_key (name, public_key, topics, work, readers, created_at)
                    VALUES (\(key.name), \(key.publicKey), \(topics), \(work), \(readers), \(now()))
                    """)
            }
        } catch let error as StorageError {
            guard case .unique = error.kind else { throw error }
            throw BusError(.invalid, "there is a key with the name \(key.name) already, or this key has another name")
        }
    }

    /// Takes a key away; a running server cuts its connections within some two seconds.
    ///
    /// - Returns: false when there is no such key.
    @discardableResult
    public func revoke(_ name: String) async throws -> Bool {
        try await database.write { try $0.execute("DELETE FROM bus_key WHERE name = \(name)") > 0 }
    }

    /// All keys, by name.
    public func list() async throws -> [ClientKey] {
        try await database.read { reader in
            try reader.query("SELECT name, public_key, topics, work, readers FROM bus_key ORDER BY name") { row in
                ClientKey(
                    name: row.text(0), publicKey: row.text(1),
                    topics: row.text(2).split(separator: " ").compactMap { TopicPattern(String($0)) },
                    work: row.text(3).split(separator: " ").map(String.init),
                    readers: row.text(4).split(separator: " ").map(String.init))
            }
        }
    }

    private static func isName(_ text: String) -> Bool {
        (1...60).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 || $0 == 95
            }
    }
}
