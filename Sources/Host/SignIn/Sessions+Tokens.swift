import CalendarKit
public import EventKit
import ModuleKit
import Storage

/// Keys to the API: found anew in the database at every request, so that a revoked one stops at once, at every host.
extension Sessions {
    static let tokenMigration = Migration(module: "host", number: 3, name: "names, scopes and use of tokens") { _ in
        [
            "ALTER TABLE host_token ADD COLUMN id TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE host_token ADD COLUMN name TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE host_token ADD COLUMN scope TEXT NOT NULL DEFAULT 'write' CHECK (scope IN ('read', 'write'))",
            "ALTER TABLE host_token ADD COLUMN used_on TEXT",
            "UPDATE host_token SET id = substr(hash, 1, 16)",
            "CREATE UNIQUE INDEX host_token_id ON host_token (id)",
            "CREATE INDEX host_token_person ON host_token (person, made)",
        ]
    }

    /// Who owns this API token, and what it opens; nil when it is unknown, revoked, or has expired.
    ///
    /// `isNoted`: whether the day counts as one on which it was used.
    func token(_ secret: String, now: Timestamp, isNoted: Bool = true) async throws -> (
        found: Found, scope: APIToken.Scope
    )? {
        let (hash, today) = (Secret.hash(secret), Oslo.date(at: now))
        return try await database.read { reader in
            let row = try reader.first(
                "SELECT person, scope, used_on, two_factors, id FROM host_token WHERE hash = \(hash) AND expires > \(now)"
            ) {
                ($0.text(0), APIToken.Scope(rawValue: $0.text(1)), $0.dateOrNil(2), $0.int(3) == 1, $0.text(4))
            }
            guard let (id, scope, usedOn, twoFactors, token) = row, let scope,
                let person = try Directory.person(id, in: reader), person.isHere(at: now)
            else {
                return nil
            }
            // Written once a day: a read must not cost a write.
            let isDue = isNoted && (usedOn.map { $0 < today } ?? true)
            let found = Found(
                person: person, version: try Directory.version(in: reader),
                hasTwoFactors: policy.hasTwoFactors(token: twoFactors),
                note: isDue ? "UPDATE host_token SET used_on = \(today) WHERE hash = \(hash)" : nil,
                token: token)
            return (found, scope)
        }
    }

    /// A person's own keys, or everybody's; the latest first.
    static func tokens(of person: String? = nil, in reader: Reader) throws -> [APIToken] {
        let columns: SQL = "SELECT id, person, name, scope, made, expires, used_on FROM host_token"
        let order: SQL = "ORDER BY person, made DESC, id"
        let query: SQL = person.map { "\(columns) WHERE person = \($0) \(order)" } ?? "\(columns) \(order)"
        return try reader.query(query) { row in
            APIToken(
                id: row.text(0), person: row.text(1), name: row.text(2),
                scope: APIToken.Scope(rawValue: row.text(3)) ?? .read, made: row.time(4), expires: row.time(5),
                usedOn: row.dateOrNil(6))
        }
    }

    /// A person's keys that open something, or everybody's; the latest first.
    public func tokens(of person: String? = nil, now: Timestamp) async throws -> [APIToken] {
        try await database.read { try Self.tokens(of: person, in: $0) }.filter { now < $0.expires }
    }

    /// A new API token for the person, good for `days`. Those that have expired are forgotten.
    ///
    /// - Parameter twoFactors: whether who made it had shown two: else it does not have what roles demand them for.
    /// - Throws: `UnknownPerson`; `StorageError`.
    public func makeToken(
        person: String, name: String = "", scope: APIToken.Scope = .write, days: Int = 90, twoFactors: Bool = true,
        now: Timestamp
    ) async throws -> String {
        let secret = "trv_" + Secret.make()
        let (hash, id) = (Secret.hash(secret), Identifier.make(at: now))
        try await database.write { tx in
            guard try Directory.person(person, in: tx)?.isHere(at: now) ?? false else {
                throw UnknownPerson(id: person)
            }
            try tx.execute("DELETE FROM host_token WHERE expires <= \(now)")
            try tx.execute(
                """
                INSERT INTO host_token (hash, id, person, name, scope, made, expires, two_factors)
                VALUES (\(hash), \(id), \(person), \(name), \(scope.rawValue), \(now), \
                \(now.adding(seconds: Int64(days) * 86_400)), \(twoFactors ? 1 : 0))
                """)
        }
        return secret
    }

    /// Takes a token back, at once and at every host.
    ///
    /// - Parameter person: whose it must be; anybody's when nil.
    /// - Returns: whether there was one.
    public func revokeToken(_ id: String, of person: String? = nil) async throws -> Bool {
        let owner: SQL = person.map { "AND person = \($0)" } ?? ""
        return try await database.write { try $0.execute("DELETE FROM host_token WHERE id = \(id) \(owner)") } > 0
    }
}
