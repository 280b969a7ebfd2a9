import ArgumentParser
import EventBus
import EventKit
import Foundation
import Host
import Storage

struct Events: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The event log.", subcommands: [Tail.self])

    struct Tail: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Print events as CloudEvents JSON, one a line, and go on as they come. Reads the host's own database.")
        @Option(help: "The position to begin at; without it, only what comes from now on.") var from: Int64?
        @Option(help: "Event types, comma separated; * at the end stands for all that begin so.") var types = "*"
        @Option(help: "Stop after so many.") var count: Int?

        func run() async throws {
            let patterns = try types.split(separator: ",").map { text -> TopicPattern in
                guard let pattern = TopicPattern(String(text)) else {
                    throw ValidationError("“\(text)” is no event type")
                }
                return pattern
            }
            let base = try await Bootstrap.foundations()
            let changes = base.log.changes()
            let start = if let from { from - 1 } else { try await base.log.bounds().head }
            var tail = LogTail(base.log, topics: patterns, after: start)
            var left = count ?? .max
            for await _ in changes {
                while left > 0, let batch = try await tail.next(limit: min(500, left)) {
                    // Written at once: `print` would keep back what goes into a pipe.
                    for event in batch.events { FileHandle.standardOutput.write(Data((event.cloudEvent + "\n").utf8)) }
                    left -= batch.events.count
                }
                if left <= 0 { break }
            }
            await base.close()
        }
    }
}
