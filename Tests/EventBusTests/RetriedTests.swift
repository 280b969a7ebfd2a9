import Storage
import Testing
import TrivselTesting

@testable import EventBus

/// Work that fails and is tried again is not taken for work that waits.
@Suite struct RetriedTests {
    private func claim(_ job: Job) -> JobClaim { JobClaim(job: job.id, token: job.token ?? "") }

    @Test(arguments: Engine.all)
    func `what failed is counted with its age and its last reason until it is done`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["well", "failing"])
            #expect(try await bed.jobs.retried(in: ["mail"]).isEmpty)
            for job in try await bed.jobs.take("mail", max: 2, worker: "w") where job.key == "failing" {
                try await bed.jobs.fail(claim(job), reason: "smtp-login", retry: true, queues: ["mail"])
            }
            let began = bed.clock.now
            bed.clock.advance(seconds: 20)
            let found = try #require(try await bed.jobs.retried(in: ["mail", "other"])["mail"])
            #expect(found.count == 1 && found.since == began && found.reason == "smtp-login")
            let again = try #require(try await bed.jobs.take("mail", max: 1, worker: "w").first)
            try await bed.jobs.done(claim(again), queues: ["mail"])
            #expect(try await bed.jobs.retried(in: ["mail"]).isEmpty)
        }
    }
}
