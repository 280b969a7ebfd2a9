import EventBus
import Foundation
import Storage
import Testing
import TrivselTesting

/// What an operator does with jobs that were given up, while a host runs.
@Suite(.timeLimit(.minutes(5))) struct WorkToolTests {
    /// A program on a database of this engine with three parked jobs.
    private func run(
        _ engine: Engine, _ body: (Program, [String: String], JobStore, [Job]) async throws -> Void
    ) async throws {
        try await TestDatabase.with(engine, EventLog.migrations + BusSchema.migrations) { database in
            let jobs = JobStore(database: database)
            try await database.write { tx in
                for key in ["a", "b", "c"] {
                    try jobs.enqueue("notifications", key: key, payload: "{}", required: key == "c", in: tx)
                }
            }
            for job in try await jobs.take("notifications", max: 3, worker: "w") {
                let claim = JobClaim(job: job.id, token: job.token ?? "")
                try await jobs.fail(claim, reason: "smtp-550", retry: false, queues: ["notifications"])
            }
            let address = ["TRIVSEL_DATABASE_URL": database.url.description]
            try await body(try Program(), address, jobs, try await jobs.parked())
        }
    }

    @Test(arguments: Engine.all)
    func `parked jobs are listed, retried and dropped while a host runs`(engine: Engine) async throws {
        try await run(engine) { program, address, jobs, parked in
            try await program.serving(environment: address) { _, _ in
                let list = try await program.run("work", "parked", environment: address)
                #expect(list.code == 0)
                let lines = list.output.split(separator: "\n").map(String.init)
                #expect(lines.count == 3)
                #expect(
                    lines.last
                        == "\(parked[2].id)  notifications  smtp-550  attempts: 1  since: \(parked[2].changedAt)  required by law"
                )
                let retry = try await program.run("work", "retry", "\(parked[0].id)", environment: address)
                #expect(retry.output == "Job \(parked[0].id) is tried again.\n")
                let drop = try await program.run(
                    "work", "drop", "--all", "notifications", "--reason", "not needed", environment: address)
                #expect(drop.output == "2 jobs are dropped.\n")
                #expect(try await jobs.find(key: "a")?.state == .waiting)
                #expect(try await jobs.find(key: "b")?.reason == "not needed")
                #expect(try await program.run("work", "parked", environment: address).output.isEmpty)
            }
        }
    }

    @Test func `what is not parked, not named or not there is said in one line`() async throws {
        let program = try Program()
        let unknown = try await program.run("work", "retry", "77")
        #expect(unknown.code > 0)
        #expect(
            unknown.complaints == ["Error: there is no parked job 77; `trivsel work parked` shows them"])
        let queue = try await program.run("work", "drop", "--all", "nonsense")
        #expect(queue.code > 0 && queue.errors.contains("there is no queue “nonsense”; there are: notifications"))
        for arguments in [["work", "drop"], ["work", "retry", "1", "--all", "notifications"]] {
            let run = try await program.start(arguments).end()
            #expect(run.code > 0 && run.errors.contains("name one job, or --all and a queue"), "\(arguments)")
        }
    }
}
