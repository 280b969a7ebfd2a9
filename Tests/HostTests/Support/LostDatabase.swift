import Foundation
import Host
import Storage
import TrivselTesting

extension HostHarness {
    /// Takes the host's PostgreSQL database away while `body` runs: connections are cut, new ones refused.
    func withoutDatabase(isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Void) async throws {
        try await base.database.away(body)
    }
}

extension Database {
    /// Takes this PostgreSQL database away from all who use it while `body` runs.
    func away(isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Void) async throws {
        let name = try await read { try $0.first("SELECT current_database()") { $0.text(0) } } ?? ""
        let address = ProcessInfo.processInfo.environment["TRIVSEL_TEST_POSTGRES_URL"] ?? ""
        let cluster = try await Database.open(try DatabaseURL(address))
        do {
            try await cluster.administer("ALTER DATABASE \(name) ALLOW_CONNECTIONS false")
            _ = try await cluster.read { reader in
                try reader.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = \(name)") {
                    $0.bool(0)
                }
            }
            try await body()
            try await cluster.administer("ALTER DATABASE \(name) ALLOW_CONNECTIONS true")
        } catch {
            await cluster.close()
            throw error
        }
        await cluster.close()
    }
}
