import HTTPTypes
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// On PostgreSQL a host needs no role that owns anything.
@Suite struct LeastPrivilegeTests {
    /// The settings of a host with a role of its own, and those of who migrates.
    private func environment(_ data: OwnedDatabase, _ keys: OwnedDatabase) -> (
        run: [String: String], owner: [String: String]
    ) {
        let run = [
            "TRIVSEL_MODULES_ENABLED": "deviations,whistleblowing", "TRIVSEL_DATABASE_URL": data.runtimeURL,
            "TRIVSEL_VAULT_KEYS": keys.runtimeURL,
        ]
        let owner = ["TRIVSEL_DATABASE_OWNER_URL": data.ownerURL, "TRIVSEL_VAULT_KEYS_OWNER_URL": keys.ownerURL]
        return (run, run.merging(owner) { $1 })
    }

    @Test func `a host serves as a role that owns nothing, once the owner has migrated`() async throws {
        try await OwnedDatabase.with { data in
            try await OwnedDatabase.with { keys in
                let (run, owner) = environment(data, keys)
                let program = try Program()
                let early = try await program.run("serve", environment: run)
                #expect(early.code != 0)
                #expect(early.errors.contains("run `trivsel migrate`"))
                let migrated = try await program.run("migrate", environment: owner)
                #expect(migrated.output == "The tables are up to date.\n", "\(migrated.errors)")
                let demo = try await program.run("demo", "--folder", HostHarness.demo.path, environment: run)
                #expect(demo.code == 0, "\(demo.errors)")
                let token = try await program.run("token", "new", "--person", "ingrid", environment: run).output
                try await program.serving(environment: owner) { _, port in
                    let client = APIClient(port: port, token: token.split(separator: "\n").first.map(String.init))
                    let cases = try await client.get("/api/v1/deviations?limit=5")
                    #expect(cases.status == .ok)
                    let switched = try await program.run("modules", "disable", "whistleblowing", environment: run)
                    #expect(switched.code == 0, "\(switched.errors)")
                    try await eventually("events have positions") {
                        try await data.database.read {
                            try $0.first("SELECT count(*) FROM event_log WHERE position IS NULL") { $0.int(0) } == 0
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: [
        "CREATE TABLE extra (id INTEGER)", "CREATE TEMPORARY TABLE extra (id INTEGER)", "CREATE SCHEMA extra",
        "ALTER TABLE directory_person ADD COLUMN extra TEXT", "DROP TABLE directory_person",
        "TRUNCATE directory_person", "CREATE INDEX extra ON directory_person (name)",
        "DELETE FROM storage_migration", "COMMENT ON TABLE directory_person IS 'extra'",
    ])
    func `the host's role is refused all but rows`(statement: String) async throws {
        try await OwnedDatabase.with { data in
            try await OwnedDatabase.with { keys in
                let migrated = try await Program().run("migrate", environment: environment(data, keys).owner)
                #expect(migrated.code == 0, "\(migrated.errors)")
                let refusal = try await OwnedDatabase.refusal(of: statement, at: data.runtimeURL)
                #expect(
                    refusal?.contains(/permission denied|must be owner|no privileges/) == true, "\(refusal ?? "done")")
                #expect(try await OwnedDatabase.refusal(of: "DELETE FROM directory_person", at: data.runtimeURL) == nil)
                let keysRefusal = try await OwnedDatabase.refusal(
                    of: "CREATE TABLE extra (id INTEGER)", at: keys.runtimeURL)
                #expect(keysRefusal?.contains("permission denied") == true)
            }
        }
    }

    @Test func `the roles of one database are not let into another`() async throws {
        try await OwnedDatabase.with { data in
            try await OwnedDatabase.with { keys in
                let migrated = try await Program().run("migrate", environment: environment(data, keys).owner)
                #expect(migrated.code == 0, "\(migrated.errors)")
                for role in [keys.runtime, keys.owner] {
                    let url = data.runtimeURL.replacing(data.runtime, with: role)
                    let refusal = try await OwnedDatabase.refusal(of: "DELETE FROM directory_person", at: url)
                    #expect(refusal?.contains("permission denied for database") == true, "\(refusal ?? "let in")")
                }
            }
        }
    }

    @Test func `a role that is replaced is let in no more, and the new one can write a backup`() async throws {
        try await OwnedDatabase.with { data in
            try await OwnedDatabase.with { keys in
                let (run, owner) = environment(data, keys)
                let program = try Program()
                let first = owner.merging([
                    "TRIVSEL_DATABASE_URL": data.runtimeURL.replacing(data.runtime, with: keys.runtime)
                ]) { $1 }
                #expect(try await program.run("migrate", environment: first).code == 0)
                #expect(try await program.run("migrate", environment: owner).code == 0)
                let old = data.runtimeURL.replacing(data.runtime, with: keys.runtime)
                let refusal = try await OwnedDatabase.refusal(of: "DELETE FROM directory_person", at: old)
                #expect(refusal?.contains("permission denied for database") == true, "\(refusal ?? "let in")")
                let demo = try await program.run("demo", "--folder", HostHarness.demo.path, environment: run)
                #expect(demo.code == 0, "\(demo.errors)")
                let pair = try await program.run("backup", "key", environment: run)
                try program.folder.write(pair.errors, to: "public")
                let backup = try await program.run("backup", "--to", "b", "--recipient", "public", environment: run)
                #expect(backup.code == 0, "\(backup.errors)")
            }
        }
    }

    @Test(arguments: ["TRIVSEL_DATABASE_URL", "TRIVSEL_VAULT_KEYS"])
    func `with an owner set the host refuses to run as it, or as a superuser`(variable: String) async throws {
        try await OwnedDatabase.with { data in
            try await OwnedDatabase.with { keys in
                let owner = environment(data, keys).owner
                let program = try Program()
                #expect(try await program.run("migrate", environment: owner).code == 0)
                let place = variable.hasSuffix("KEYS") ? keys : data
                for url in [place.ownerURL, "\(place.database.url)"] {
                    let run = try await program.run("serve", environment: owner.merging([variable: url]) { $1 })
                    #expect(run.code != 0)
                    #expect(run.errors.contains("may alter tables; name one that owns nothing"), "\(run.errors)")
                }
            }
        }
    }
}
