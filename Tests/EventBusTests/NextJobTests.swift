import Dispatch
import EventKit
import Storage
import Testing
import TrivselTesting

@testable import EventBus

/// The next job, taken in the transaction in which the last one becomes done.
@Suite(.timeLimit(.minutes(5)))
struct NextJobTests {
    @Test(arguments: Engine.all)
    func `a job is done and the next one taken, or neither`(engine: Engine) async throws {
        struct Broken: Error {}
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a", "b", "c"])
            let first = try #require(try await bed.jobs.take("mail", max: 1, worker: "w").first)
            await #expect(throws: Broken.self) {
                try await bed.jobs.done(claim(first), queues: ["mail"], follow: { _, _ in throw Broken() }, next: next)
            }
            #expect(try await states(bed) == [.leased, .waiting, .waiting])
            let second = try #require(try await bed.jobs.done(claim(first), queues: ["mail"], next: next))
            #expect(second.key == "b" && second.worker == "w" && second.attempts == 1)
            #expect(try await states(bed) == [.done, .leased, .waiting])
            // The answer was lost and the worker reports again.
            #expect(try await bed.jobs.done(claim(first), queues: ["mail"], next: next)?.key == "c")
            #expect(try await bed.jobs.done(claim(second), queues: ["mail"], next: next) == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `who lost a job takes no other with its report`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a", "b"])
            let lost = try #require(try await bed.jobs.take("mail", max: 1, worker: "slow").first)
            bed.clock.advance(seconds: 31)
            #expect(try await bed.jobs.take("mail", max: 1, worker: "w").map(\.key) == ["b"])
            #expect(try await bed.jobs.take("mail", max: 1, worker: "w").map(\.key) == ["a"])
            try await bed.enqueue(["c"])
            await #expect { try await bed.jobs.done(claim(lost), queues: ["mail"], next: next) } throws: {
                ($0 as? BusError)?.code == .leaseLost
            }
            #expect(try await bed.jobs.find(key: "c")?.state == .waiting)
        }
    }

    @Test(arguments: Engine.all)
    func `a job whose lease ran out unseen is done, and not taken as the next`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a"])
            let job = try #require(try await bed.jobs.take("mail", max: 1, worker: "w").first)
            bed.clock.advance(seconds: 31)
            #expect(try await bed.jobs.done(claim(job), queues: ["mail"], next: next) == nil)
            #expect(try await states(bed) == [.done])
        }
    }

    /// Two workers that each reported late what the other's take would settle would wait for each other.
    @Test func `on PostgreSQL a take waits for no row that another transaction holds`() async throws {
        try await Bed.lay(.postgres) { bed in
            try await bed.enqueue(["a", "b"])
            #expect(try await bed.jobs.take("mail", max: 1, worker: "slow").map(\.key) == ["a"])
            bed.clock.advance(seconds: 31)
            let (held, holds) = AsyncStream.makeStream(of: Void.self)
            let release = DispatchSemaphore(value: 0)
            async let holding: Void = bed.database.write { tx in
                try tx.execute("UPDATE bus_job SET changed_at = changed_at WHERE key = 'a'")
                holds.yield()
                _ = release.wait(timeout: .now() + 10)
            }
            for await _ in held { break }
            let taken = try await bed.jobs.take("mail", max: 2, worker: "w")
            release.signal()
            #expect(taken.map(\.key) == ["b"])
            try await holding
            #expect(try await bed.jobs.take("mail", max: 2, worker: "w").map(\.key) == ["a"])
        }
    }

    private let next = (queue: "mail", worker: "w")

    private func states(_ bed: Bed) async throws -> [Job.State] {
        try await bed.database.read { reader in
            try reader.query("SELECT state FROM bus_job ORDER BY id") { Job.State(rawValue: $0.text(0)) ?? .parked }
        }
    }

    private func claim(_ job: Job) -> JobClaim { JobClaim(job: job.id, token: job.token ?? "") }
}
