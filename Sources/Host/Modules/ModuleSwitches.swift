public import EventKit
public import Storage

/// Switches set at run time, by the admin page or `trivsel modules`; they outlast a restart, and hold until a host is sent SIGHUP.
public struct ModuleSwitches: Sendable {
    public static let migrations: [Migration] = [
        Migration(module: "host", number: 2, name: "module switches") { dialect in
            [
                "CREATE TABLE host_module_switch (module TEXT PRIMARY KEY, enabled \(dialect.bigint) NOT NULL, time \(dialect.bigint) NOT NULL)"
            ]
        }
    ]

    let database: Database

    public init(database: Database) { self.database = database }

    public func set(_ module: String, enabled: Bool, now: Timestamp) async throws {
        try await database.write { tx in
            try tx.execute(
                """
                INSERT INTO host_module_switch (module, enabled, time) VALUES (\(module), \(enabled), \(now))
                ON CONFLICT (module) DO UPDATE SET enabled = excluded.enabled, time = excluded.time
                """)
        }
    }

    /// Forgets all switches: the configuration speaks again.
    public func clear() async throws {
        try await database.write { try $0.execute("DELETE FROM host_module_switch") }
    }

    /// Which modules are on or off against the configuration.
    public func byHand(configured: [String]) async throws -> Set<String> {
        try await wanted(configured: configured).symmetricDifference(configured)
    }

    /// What is to be on: the configured modules, changed by the switches.
    public func wanted(configured: [String]) async throws -> Set<String> {
        let switches = try await database.read { reader in
            try reader.query("SELECT module, enabled FROM host_module_switch") { ($0.text(0), $0.bool(1)) }
        }
        return switches.reduce(into: Set(configured)) { wanted, change in
            if change.1 { wanted.insert(change.0) } else { wanted.remove(change.0) }
        }
    }
}
