import EventKit
import ModuleKit
import Storage

/// A person's own sign-ins, for them to see and end.
extension Sessions {
    /// A sign-in that lasts.
    struct SignIn: Sendable, Hashable {
        let id: String
        let started, seen: Timestamp
        /// By the name that the settings have; nil for the demo.
        let provider: String?
        /// Whether it is the one that was asked with.
        let isThis: Bool
    }

    /// All that are stored, the latest first.
    ///
    /// - Parameter secret: the cookie of the one that asks.
    static func signIns(of person: String, asking secret: String? = nil, in reader: Reader) throws -> [SignIn] {
        let own = secret.map(Secret.hash)
        return try reader.query(
            """
            SELECT hash, id, started, seen, provider FROM host_session WHERE person = \(person)
            ORDER BY started DESC, id
            """
        ) {
            SignIn(
                id: $0.text(1), started: $0.time(2), seen: $0.time(3), provider: $0.textOrNil(4),
                isThis: $0.text(0) == own)
        }
    }

    /// Those that still open something, the latest first.
    func signIns(of person: String, asking secret: String?, now: Timestamp) async throws -> [SignIn] {
        try await database.read { try Self.signIns(of: person, asking: secret, in: $0) }.filter {
            now < $0.started.adding(seconds: Self.limitSeconds) && now < $0.seen.adding(seconds: Self.idleSeconds)
        }
    }

    /// Ends one of the person's, at once and at every host. Returns whether there was one.
    func end(id: String, of person: String) async throws -> Bool {
        try await database.write {
            try $0.execute("DELETE FROM host_session WHERE id = \(id) AND person = \(person)")
        } > 0
    }

    /// Ends all of the person's but the one with this cookie.
    func endOthers(of person: String, than secret: String) async throws {
        let own = Secret.hash(secret)
        try await database.write {
            try $0.execute("DELETE FROM host_session WHERE person = \(person) AND hash <> \(own)")
        }
    }
}
