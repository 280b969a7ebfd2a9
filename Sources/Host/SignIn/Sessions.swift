import EventKit
import ModuleKit
public import Storage

/// Sign-ins and API tokens. Only the hash of a secret is stored; a lookup is one read transaction.
public struct Sessions: Sendable {
    /// A session ends after eight hours, or one without use.
    static let limitSeconds: Int64 = 8 * 3600
    static let idleSeconds: Int64 = 3600

    public static let migrations: [Migration] = [
        Migration(module: "host", number: 1, name: "sessions and tokens") { dialect in
            [
                """
                CREATE TABLE host_session (
                  hash TEXT PRIMARY KEY, person TEXT NOT NULL, started \(dialect.bigint) NOT NULL, seen \
                  \(dialect.bigint) NOT NULL)
                """,
                "CREATE INDEX host_session_person ON host_session (person)",
                """
                CREATE TABLE host_token (
                  hash TEXT PRIMARY KEY, person TEXT NOT NULL, made \(dialect.bigint) NOT NULL, expires \
                  \(dialect.bigint) NOT NULL)
                """,
            ]
        }, tokenMigration, SignInTables.migration, SignInTables.provisioning,
    ]

    let database: Database
    let policy: SessionPolicy

    public init(database: Database, policy: SessionPolicy = SessionPolicy()) {
        (self.database, self.policy) = (database, policy)
    }

    /// A person behind a secret, and the directory's version at that moment.
    struct Found: Sendable {
        let person: Person
        let version: Int64
        /// Whether they showed all the factors that roles demand.
        let hasTwoFactors: Bool
        /// Where they signed in; nil for the demo and for tokens.
        var provider: String?
        /// What notes that the secret is in use, when that is due.
        let note: SQL?
        /// The token's id, when it is one.
        var token: String?
    }

    /// Notes that it is in use, if that can be done now.
    func note(_ found: Found?) async {
        guard let note = found?.note else { return }
        _ = try? await database.write { try $0.execute(note) }
    }

    /// Who signed in with this cookie; nil when the session has ended.
    ///
    /// `isNoted`: whether this counts as use of it, so that it lasts another hour.
    func session(_ secret: String, now: Timestamp, isNoted: Bool = true) async throws -> Found? {
        let hash = Secret.hash(secret)
        return try await database.read { reader -> Found? in
            let row = try reader.first(
                "SELECT person, started, seen, provider, acr FROM host_session WHERE hash = \(hash)"
            ) {
                ($0.text(0), $0.time(1), $0.time(2), $0.textOrNil(3), $0.textOrNil(4))
            }
            guard let (id, started, seen, provider, acr) = row, now < started.adding(seconds: Self.limitSeconds),
                now < seen.adding(seconds: Self.idleSeconds), let person = try Directory.person(id, in: reader),
                person.isHere(at: now), let hasTwoFactors = policy.hasTwoFactors(provider: provider, acr: acr)
            else { return nil }
            // Written at most once a minute: a read must not cost a write.
            let isDue = isNoted && seen.adding(seconds: 60) < now
            return Found(
                person: person, version: try Directory.version(in: reader), hasTwoFactors: hasTwoFactors,
                provider: provider,
                note: isDue ? "UPDATE host_session SET seen = \(now) WHERE hash = \(hash)" : nil)
        }
    }

    /// Signs the person in, in place of who was before in this browser. Returns the cookie's value.
    ///
    /// - Parameters:
    ///   - place: the value that the cookie had.
    ///   - provider: where they showed who they are; nil for the demo.
    ///   - acr: how.
    ///   - person: says who it is.
    func start(
        in place: String?, provider: String? = nil, acr: String? = nil, now: Timestamp,
        person: @escaping @Sendable (Transaction) throws -> String
    ) async throws -> String {
        let secret = Secret.make()
        let (hash, before, id) = (Secret.hash(secret), place.map(Secret.hash), Identifier.make(at: now))
        try await database.write { tx in
            let person = try person(tx)
            if let before { try tx.execute("DELETE FROM host_session WHERE hash = \(before)") }
            try tx.execute(
                """
                INSERT INTO host_session (hash, id, person, started, seen, provider, acr)
                VALUES (\(hash), \(id), \(person), \(now), \(now), \(provider), \(acr))
                """)
            try tx.execute("DELETE FROM host_session WHERE started < \(now.adding(seconds: -Self.limitSeconds))")
        }
        return secret
    }

    /// The person leaves: their sign-ins and tokens end with their roles, at once and at every host.
    ///
    /// - Returns: whether they were here.
    static func end(person: String, by: String, at now: Timestamp, in tx: Transaction) throws -> Bool {
        guard try Directory.end(person: person, by: by, at: now, in: tx) else { return false }
        try tx.execute("DELETE FROM host_session WHERE person = \(person)")
        try tx.execute("DELETE FROM host_token WHERE person = \(person)")
        return true
    }

    /// Signs out. Returns where the person had signed in, if at a provider.
    @discardableResult
    func end(_ secret: String) async throws -> String? {
        let hash = Secret.hash(secret)
        return try await database.write { tx in
            let provider = try tx.first("SELECT provider FROM host_session WHERE hash = \(hash)") { $0.textOrNil(0) }
            try tx.execute("DELETE FROM host_session WHERE hash = \(hash)")
            return provider ?? nil
        }
    }
}

public struct UnknownPerson: Error, CustomStringConvertible {
    let id: String
    public var description: String {
        "nobody has the id “\(id)”; `trivsel demo` loads demo people such as kari and ingrid"
    }
}
