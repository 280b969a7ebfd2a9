import Foundation
import HTTPTypes
import Storage
import Testing
import TrivselTesting

/// `trivsel move`, from the built program's own SQLite to a real PostgreSQL.
@Suite(.timeLimit(.minutes(5))) struct MoveTests {
    @Test func `a host on PostgreSQL goes on where the one on SQLite stopped`() async throws {
        try await Moving.prepare { moving in
            let read = Positions()
            try await moving.reading(into: read) { _ in
                try await eventually("the reader has come to the end") {
                    try await moving.program.run("readers", "list").output.contains(#/totals  (\d+) of \1 /#)
                }
            }
            let (before, first) = (try await moving.shown(), read.all)

            let run = try await moving.move()
            #expect(run.code == 0, "\(run.errors)")
            #expect(run.output.contains("deviations_case: 300 rows, all the same\n"))
            #expect(run.output.contains("database.url: \(moving.data.url)\n"))
            #expect(run.output.contains("vault.keys: \(moving.keys.url)\n"))

            let after = try await moving.shown(afterwards: true)
            #expect(after == before)
            #expect(after.found.count > 1 && after.found.count < 300)
            try await moving.reading(afterwards: true, into: read) { port in
                let answer = try await APIClient(port: port, token: moving.token).post(
                    "/api/v1/deviations", HostHarness.reportBody())
                #expect(answer.status == .created)
                try await eventually("the reader gets what is new") { (read.all.last ?? 0) > before.head }
            }
            // Each event once, in order, and the next one after the last.
            #expect(Array(read.all.prefix(first.count + 1)) == first + [before.head + 1])
        }
    }

    @Test func `a second run is refused, and so is one beside a host`() async throws {
        try await Moving.prepare { moving in
            try await moving.program.serving { _, _ in
                let run = try await moving.move()
                #expect(run.code > 0)
                #expect(run.complaints.last?.contains("is in use: stop the host") == true)
                #expect(try await moving.tables() == 0)
            }
            #expect(try await moving.move().code == 0)
            let again = try await moving.move()
            #expect(again.code > 0)
            #expect(again.complaints.last?.contains("holds tables already") == true)
        }
    }

    @Test(arguments: [
        ("NEW.body := replace(NEW.body, '1', '2'); RETURN NEW", "the rows differ"),
        ("IF NEW.position = 7 THEN RETURN NULL; END IF; RETURN NEW", "rows became"),
    ])
    func `a difference is found, and nothing of the copy is kept`(_ fault: String, _ said: String) async throws {
        try await Moving.prepare { moving in
            try await moving.plant(fault, on: "event_log")
            let run = try await moving.move()
            #expect(run.code == 1)
            let differing = run.output.split(separator: "\n").filter { !$0.hasSuffix("all the same") }
            #expect(differing.count == 1 && differing[0].hasPrefix("event_log: ") && differing[0].contains(said))
            #expect(run.complaints.last?.contains("nothing is switched") == true)
            #expect(try await moving.tables() == 0)
        }
    }

    @Test func `killed in the middle it leaves nothing behind, and run again it works`() async throws {
        try await Moving.prepare { moving in
            // It stops among the rows of a table, others being copied already.
            try await moving.plant("PERFORM pg_advisory_xact_lock(42); RETURN NEW", on: "deviations_entry")
            let killed = try await moving.data.write { tx in
                try tx.lockForTest()
                let started = try moving.start()
                try tx.waitForOther()
                started.signal(SIGKILL)
                return started
            }
            #expect(try await killed.end().code == -SIGKILL)
            try await eventually("the server has noticed") { try await moving.sessions() == 0 }
            #expect(try await moving.tables() == 0)
            try await moving.pullUp()
            #expect(try await moving.move().code == 0)
        }
    }

    @Test func `data and keys may not go to one database`() async throws {
        try await Moving.prepare { moving in
            let run = try await moving.program.run(
                "move", "--to", "\(moving.data.url)", "--keys-to", "\(moving.data.url)")
            #expect(run.code > 0)
            #expect(run.complaints.last?.contains("a database each") == true)
            #expect(try await moving.tables() == 0)
        }
    }

    @Test func `without a target, with a wrong one, or with nothing to move it says so`() async throws {
        let program = try Program()
        #expect(try await program.run("move").errors.contains("name --to, --keys-to or both"))
        let wrong = try await program.run("move", "--to", "sqlite:other.sqlite")
        #expect(wrong.complaints.last?.contains("is not PostgreSQL") == true)
        let nothing = try await program.run("move", "--to", "postgres://nobody@127.0.0.1:1/none")
        #expect(nothing.complaints.last?.contains("there is no database at sqlite:data/trivsel.sqlite") == true)
    }
}

extension Transaction {
    fileprivate func lockForTest() throws { _ = try first("SELECT pg_advisory_xact_lock(42)") { _ in true } }

    /// Returns when another session waits for the lock.
    fileprivate func waitForOther() throws {
        let limit = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < limit {
            let waiting = try first(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 42 AND NOT granted"
            ) {
                $0.int(0)
            }
            if waiting != 0 { return }
        }
        throw NeverCame(description: "nobody waited for the lock")
    }
}
