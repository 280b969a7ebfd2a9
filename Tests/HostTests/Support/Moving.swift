import EventBus
import EventKit
import Foundation
import Logging
import Storage
import Synchronization
import TrivselTesting

/// A program with demo data, and two empty databases on a real PostgreSQL.
struct Moving: Sendable {
    /// What people and readers see of an installation.
    struct Shown: Equatable {
        let cases: String
        /// The ids that a search finds.
        let found: Set<String>
        let epoch: String
        let first, head: Int64
        /// Each durable reader and job as it stands.
        let rows: [String]
    }

    private struct Page: Decodable {
        struct Item: Decodable { let id: String }
        let items: [Item]
    }

    let program: Program
    let data: Database
    let keys: Database
    let token: String
    /// Of a durable reader named `totals`.
    let reader: ClientCredentials

    /// The settings before.
    private var here: [String: String] { Self.bus(program) }
    /// The settings afterwards.
    var there: [String: String] {
        here.merging(["TRIVSEL_DATABASE_URL": "\(data.url)", "TRIVSEL_VAULT_KEYS": "\(keys.url)"]) { $1 }
    }

    private static func bus(_ program: Program) -> [String: String] {
        [
            "TRIVSEL_FEED_ENDPOINT": "ipc://\(program.folder.path)/bus/feed",
            "TRIVSEL_DESK_ENDPOINT": "ipc://\(program.folder.path)/bus/desk",
        ]
    }

    static func prepare(_ body: (Moving) async throws -> Void) async throws {
        let program = try Program()
        try await program.demo()
        let token = try await program.run("token", "new", "--person", "ingrid").output
        let key = try await program.run(
            "keys", "new", "totals-1", "--topics", "deviations.*", "--readers", "totals", environment: bus(program))
        try await age(program)
        let reader = try JSONDecoder().decode(ClientCredentials.self, from: Data(key.output.utf8))
        try await TestDatabase.with(.postgres) { data in
            try await TestDatabase.with(.postgres) { keys in
                try await body(
                    Moving(
                        program: program, data: data, keys: keys,
                        token: token.trimmingCharacters(in: .whitespacesAndNewlines), reader: reader))
            }
        }
    }

    /// Leaves what time leaves: a mail that waits, and a log whose oldest events have gone.
    private static func age(_ program: Program) async throws {
        let database = try await Database.open(try DatabaseURL("sqlite:\(program.folder.path)/data/trivsel.sqlite"))
        try await database.write { tx in
            try JobStore(database: database).enqueue(
                "notifications", key: "aged", payload: "{}", required: true, in: tx)
            try tx.execute("DELETE FROM event_log WHERE position < 4")
            try tx.execute("UPDATE event_log_epoch SET first = 4")
        }
        await database.close()
    }

    func move() async throws -> Run { try await start().end() }

    func start() throws -> Started {
        try program.start(["move", "--to", "\(data.url)", "--keys-to", "\(keys.url)"])
    }

    /// How many tables the target of the data has.
    func tables() async throws -> Int {
        try await data.read { reader in
            try reader.first(
                "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = CAST('public' AS regnamespace)"
            ) {
                $0.int(0)
            } ?? -1
        }
    }

    /// How many others than this process are connected.
    func sessions() async throws -> Int {
        try await data.read { reader in
            try reader.first(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()
                """
            ) { $0.int(0) } ?? -1
        }
    }

    /// Has PostgreSQL do something else to the rows of `table`, as soon as there is one.
    func plant(_ fault: String, on table: String) async throws {
        try await data.write { tx in
            try tx.execute(
                "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(raw: fault); END $$")
            try tx.execute(
                """
                CREATE FUNCTION plant() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
                    IF to_regclass('\(raw: table)') IS NOT NULL AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'fault') THEN
                        CREATE TRIGGER fault BEFORE INSERT ON \(raw: table) FOR EACH ROW EXECUTE FUNCTION fault();
                    END IF;
                END $$
                """)
            try tx.execute(
                "CREATE EVENT TRIGGER plant ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION plant()")
        }
    }

    /// Takes away what was planted.
    func pullUp() async throws { try await data.write { tx in try tx.execute("DROP EVENT TRIGGER plant") } }

    /// Looks at the installation from outside and in its tables.
    func shown(afterwards: Bool = false) async throws -> Shown {
        var (cases, found): (String, Set<String>) = ("", [])
        try await program.serving(environment: afterwards ? there : here) { _, port in
            let client = APIClient(port: port, token: token)
            cases = try await client.get("/api/v1/deviations?limit=100").text
            found = Set(
                try await client.search(#"{"limit":100,"q":"eksamen"}"#).json(Page.self).items.map(\.id))
        }
        let look: @Sendable (Reader) throws -> Shown = { [cases, found] reader in
            let log = try reader.query(
                "SELECT epoch, first, (SELECT max(position) FROM event_log) FROM event_log_epoch"
            ) { ($0.text(0), $0.int64(1), $0.int64(2)) }
            let rows = try reader.query(
                """
                SELECT name || ' ' || position FROM bus_reader UNION ALL SELECT reader || ' ' || "partition" || ' ' || position FROM bus_partition
                UNION ALL SELECT key || ' ' || state || ' ' || not_before || ' ' || id FROM bus_job
                """
            ) { $0.text(0) }
            guard let log = log.first else { throw NeverCame(description: "the log has no epoch") }
            return Shown(cases: cases, found: found, epoch: log.0, first: log.1, head: log.2, rows: rows.sorted())
        }
        return afterwards ? try await data.read(look) : try await program.database(look)
    }

    /// Has the durable reader put down the positions that it gets from a host, while `body` runs.
    func reading(afterwards: Bool = false, into read: Positions, _ body: (Int) async throws -> Void) async throws {
        try await program.serving(environment: afterwards ? there : here) { _, port in
            let all = [TopicPattern("deviations.*")].compactMap { $0 }
            let totals = try DurableReader(
                reader, name: "totals", types: all,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let run = Task { try await totals.run { read.add($0.events.map(\.position)) } }
            do { try await body(port) } catch {
                run.cancel()
                throw error
            }
            run.cancel()
            try await run.value
        }
    }
}

/// Positions in the order in which they were read.
final class Positions: Sendable {
    private let list = Mutex<[Int64]>([])

    var all: [Int64] { list.withLock { $0 } }

    func add(_ more: [Int64]) { list.withLock { $0 += more } }
}
