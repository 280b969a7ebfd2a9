import EventKit
import Storage
import Testing
import TrivselTesting

struct ReconnectionTests {
    private static var one: DatabaseOptions {
        var options = DatabaseOptions()
        (options.readers, options.writers) = (1, 1)
        return options
    }

    @Test func `a connection that is cut fails the running write, and the next one works`() async throws {
        try await TestDatabase.with(.postgres, TransactionTests.tables, options: Self.one) { database in
            await expect(.unavailable) {
                try await database.write { tx in
                    try tx.execute("INSERT INTO test_unit VALUES ('lost', 1)")
                    _ = try tx.first("SELECT pg_terminate_backend(pg_backend_pid())") { $0.bool(0) }
                }
            }
            try await database.write { tx in try tx.execute("INSERT INTO test_unit VALUES ('kept', 1)") }
            let codes = try await database.read { try $0.query("SELECT code FROM test_unit") { $0.text(0) } }
            #expect(codes == ["kept"])
        }
    }

    @Test func `a connection that was cut while it was idle is made again before it is used`() async throws {
        try await TestDatabase.with(.postgres, options: Self.one) { database in
            let pid: SQL = "SELECT pg_backend_pid()"
            let reader = try await database.read { try $0.first(pid) { $0.int(0) } }
            let ended = try await database.write { tx in
                try tx.first("SELECT pg_terminate_backend(CAST(\(reader) AS INTEGER), 10000)") { $0.bool(0) }
            }
            #expect(ended == true)
            let next = try await database.read { try $0.first(pid) { $0.int(0) } }
            #expect(next != nil && next != reader)
        }
    }

    @Test func `the sequencer goes on after its connection was cut`() async throws {
        try await TestDatabase.with(.postgres, EventLog.migrations) { database in
            let log = EventLog(database: database, installation: "ntnu")
            let event = Event(id: "1", type: "a.b.v1", subject: "s", time: Timestamp(milliseconds: 0), data: "{}")
            try await database.write { tx in try tx.append(event) }
            try await log.waitUntilHead(isAt: 1)
            let ended = try await database.write { tx in
                try tx.query(
                    """
                    SELECT pg_terminate_backend(pid, 10000) FROM pg_locks
                    WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = \
                    current_database())
                    """
                ) { $0.bool(0) }
            }
            #expect(ended == [true])
            try await database.write { tx in try tx.append(event) }
            try await log.waitUntilHead(isAt: 2)
            #expect(try await log.bounds().head == 2)
        }
    }
}
