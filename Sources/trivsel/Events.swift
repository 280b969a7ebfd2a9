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
            var position = try await base.log.bounds().head
            if let from { position = from - 1 }
            var left = count ?? .max
            for await _ in changes {
                repeat {
                    let batch = try await base.log.read(
                        after: position, matching: patterns, limit: min(500, left), maxBytes: 1 << 20)
                    // Written at once: `print` would keep back what goes into a pipe.
                    for event in batch.events { FileHandle.standardOutput.write(Data((event.cloudEvent + "\n").utf8)) }
                    left -= batch.events.count
                    if batch.next <= position { break }
                    position = batch.next
                } while left > 0
                if left <= 0 { break }
            }
            await base.close()
        }
    }
}
