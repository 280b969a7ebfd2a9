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
        }, tokenMigration,
    ]

    let database: Database

    public init(database: Database) { self.database = database }

    /// A person behind a secret, and the directory's version at that moment.
    struct Found: Sendable {
        let person: Person
        let version: Int64
        /// What notes that the secret is in use, when that is due.
        let note: SQL?
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
            let row = try reader.first("SELECT person, started, seen FROM host_session WHERE hash = \(hash)") {
                ($0.text(0), $0.time(1), $0.time(2))
            }
            guard let (id, started, seen) = row, now < started.adding(seconds: Self.limitSeconds),
                now < seen.adding(seconds: Self.idleSeconds), let person = try Directory.person(id, in: reader)
            else { return nil }
            // Written at most once a minute: a read must not cost a write.
            let isDue = isNoted && seen.adding(seconds: 60) < now
            return Found(
                person: person, version: try Directory.version(in: reader),
                note: isDue ? "UPDATE host_session SET seen = \(now) WHERE hash = \(hash)" : nil)
        }
    }

    /// Signs the person in. Returns the cookie's value.
    func start(person: String, now: Timestamp) async throws -> String {
        let secret = Secret.make()
        let hash = Secret.hash(secret)
        try await database.write { tx in
            try tx.execute(
                "INSERT INTO host_session (hash, person, started, seen) VALUES (\(hash), \(person), \(now), \(now))")
            try tx.execute("DELETE FROM host_session WHERE started < \(now.adding(seconds: -Self.limitSeconds))")
        }
        return secret
    }

    func end(_ secret: String) async throws {
        let hash = Secret.hash(secret)
        try await database.write { try $0.execute("DELETE FROM host_session WHERE hash = \(hash)") }
    }

    /// A sign-in that lasts.
    struct SignIn: Sendable, Hashable {
        let started, seen: Timestamp
    }

    /// A person's own sign-ins, the latest first.
    static func signIns(of person: String, in reader: Reader) throws -> [SignIn] {
        try reader.query("SELECT started, seen FROM host_session WHERE person = \(person) ORDER BY started DESC") {
            SignIn(started: $0.time(0), seen: $0.time(1))
        }
    }
}

public struct UnknownPerson: Error, CustomStringConvertible {
    let id: String
    public var description: String {
        "nobody has the id “\(id)”; `trivsel demo` loads demo people such as kari and ingrid"
    }
}
