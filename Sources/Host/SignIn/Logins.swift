import EventKit
import Storage

/// Sign-ins that a browser has begun at a provider: each is good for ten minutes and one return.
///
/// The browser alone has the secret, from which state, nonce and verifier come; only its hash is kept.
struct Logins: Sendable {
    static let limitSeconds: Int64 = 600

    let database: Database

    struct Begun: Sendable, Hashable {
        let provider: String
        /// Whether two factors were asked for.
        let twoFactors: Bool
        /// Where the person wanted to go.
        let back: String
    }

    func begin(_ login: Begun, secret: String, now: Timestamp) async throws {
        let hash = Secret.hash(secret)
        try await database.write { tx in
            try tx.execute("DELETE FROM host_login WHERE started <= \(now.adding(seconds: -Self.limitSeconds))")
            try tx.execute(
                """
                INSERT INTO host_login (hash, provider, two_factors, back, started)
                VALUES (\(hash), \(login.provider), \(login.twoFactors ? 1 : 0), \(login.back), \(now))
                """)
        }
    }

    /// What this browser began, once; nil when it began nothing, or too long ago.
    func take(_ secret: String, now: Timestamp) async throws -> Begun? {
        let hash = Secret.hash(secret)
        return try await database.write { tx in
            let found = try tx.first(
                "SELECT provider, two_factors, back, started FROM host_login WHERE hash = \(hash)"
            ) { (Begun(provider: $0.text(0), twoFactors: $0.int(1) == 1, back: $0.text(2)), $0.time(3)) }
            guard try tx.execute("DELETE FROM host_login WHERE hash = \(hash)") == 1, let (login, started) = found,
                started <= now, now < started.adding(seconds: Self.limitSeconds)
            else { return nil }
            return login
        }
    }
}
