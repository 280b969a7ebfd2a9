import ArgumentParser
import EventBus
import EventKit
import Foundation
import Host
import Storage

/// What an operator does with jobs that were given up. Hosts may serve meanwhile.
extension Work {
    struct Parked: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the jobs that were given up: id, queue, reason, attempts, since when.")
        @Option(help: "Only those of this queue.") var queue: String?

        func run() async throws {
            try queue.map(Work.check)
            let base = try await Bootstrap.foundations()
            var last: Int64 = 0
            repeat {
                let jobs = try await base.jobs.parked(queue, after: last, limit: 500)
                for job in jobs {
                    let required = job.required ? "  required by law" : ""
                    print(
                        "\(job.id)  \(job.queue)  \(job.reason ?? "-")  attempts: \(job.attempts)  since: \(job.changedAt)\(required)"
                    )
                }
                last = jobs.last?.id ?? 0
            } while last > 0
            await base.close()
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try a parked job again, or all of a queue, from the first attempt on.")
        @OptionGroup var choice: Choice

        func run() async throws {
            let jobs = try choice.jobs()
            let base = try await Bootstrap.foundations()
            let count = try await base.jobs.retry(jobs)
            await base.close()
            print(try choice.told(count, "tried again"))
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Never do a parked job, or all of a queue. This cannot be undone.")
        @OptionGroup var choice: Choice
        @Option(help: "Why; it is kept with the job, and must not name people.") var reason = "dropped by an operator"

        func run() async throws {
            let jobs = try choice.jobs()
            let base = try await Bootstrap.foundations()
            let count = try await base.jobs.drop(jobs, reason: reason)
            await base.close()
            print(try choice.told(count, "dropped"))
        }
    }

    /// One job or all of a queue.
    struct Choice: ParsableArguments {
        @Argument(help: "The job's id, as `trivsel work parked` shows it.") var job: Int64?
        @Option(help: "All that are parked in this queue.") var all: String?

        func validate() throws {
            guard (job == nil) != (all == nil) else { throw ValidationError("name one job, or --all and a queue") }
        }

        func jobs() throws -> ParkedJobs {
            try all.map(Work.check)
            return all.map { .queue($0) } ?? .one(job ?? 0)
        }

        /// - Throws: `StartFailure` when there was no such parked job.
        func told(_ count: Int, _ what: String) throws -> String {
            if let job, count == 0 {
                throw StartFailure("there is no parked job \(job); `trivsel work parked` shows them")
            }
            return job.map { "Job \($0) is \(what)." } ?? "\(count) jobs are \(what)."
        }
    }

    private static func check(queue: String) throws {
        guard TrivselHost.queues.contains(queue) else {
            let known = TrivselHost.queues.joined(separator: ", ")
            throw ValidationError("there is no queue “\(queue)”; there are: \(known)")
        }
    }
}
