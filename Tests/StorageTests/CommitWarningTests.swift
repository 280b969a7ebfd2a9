import Storage
import Testing
import TrivselTesting

struct CommitWarningTests {
    /// As when the wait for a synchronous standby is cancelled: kept here, but perhaps only here.
    @Test func `a commit of which the server warns is not called kept`() async throws {
        try await TestDatabase.with(.postgres) { database in
            try await database.write { tx in
                try tx.execute("CREATE TABLE test_late (x INTEGER)")
                try tx.execute(
                    """
                    CREATE FUNCTION test_warn() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE WARNING 'canceling wait'; RETURN NULL; END $$
                    """)
                try tx.execute(
                    """
                    CREATE CONSTRAINT TRIGGER test_late_warn AFTER INSERT ON test_late DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW WHEN (NEW.x = 1) EXECUTE FUNCTION test_warn()
                    """)
            }
            let error = await #expect(throws: StorageError.self) {
                try await database.write { try $0.execute("INSERT INTO test_late VALUES (1)") }
            }
            #expect(error?.kind == .unavailable && error?.message.contains("canceling wait") == true)
            // The connection and its warnings are none of the next one's.
            for _ in 1...8 { try await database.write { try $0.execute("INSERT INTO test_late VALUES (2)") } }
        }
    }
}
