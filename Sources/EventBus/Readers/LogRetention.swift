import EventKit
public import Logging
public import ServiceLifecycle
public import Storage

/// Lets go of events that every reader has handled and that are older than they must be kept (design: events.md, “The log”), and of jobs
/// that were done as long ago.
///
/// A durable reader that nobody runs any more holds the log until an operator drops it.
public struct LogRetention: Service {
    private let log: EventLog
    private let readers: DurableReaders
    private let jobs: JobStore
    private let days: Int64
    private let logger: Logger

    /// - Parameter days: events, and jobs that are done, are kept at least so many days.
    public init(log: EventLog, readers: DurableReaders, jobs: JobStore, days: Int, logger: Logger) {
        (self.log, self.readers, self.jobs, self.days, self.logger) = (log, readers, jobs, Int64(days), logger)
    }

    /// Looks once an hour, first at the start.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                do { try await forgetAll() } catch {
                    logger.error("old events and jobs stay until the next try", metadata: ["error": "\(error)"])
                }
            } while (try? await Task.sleep(for: .seconds(3600))) != nil
        }
    }

    /// Forgets all that may go now, piece by piece so that changes come in between.
    func forgetAll() async throws {
        let moment = readers.now().adding(seconds: -days * 86_400)
        var gone = 0
        repeat {
            gone = try await log.forget(before: moment, handled: Self.handled)
        } while gone > 0 && !Task.isCancelled
        repeat {
            gone = try await jobs.forgetFinished(before: moment)
        } while gone > 0 && !Task.isCancelled
    }

    /// What every reader, durable or within the host, has handled.
    private static func handled(in reader: Reader) throws -> Int64 {
        try reader.first(
            """
            SELECT min(position) FROM (
                SELECT position FROM bus_partition UNION ALL SELECT position FROM bus_reader) AS readers
            """
        ) { $0.int64OrNil(0) }.flatMap { $0 } ?? .max
    }
}
