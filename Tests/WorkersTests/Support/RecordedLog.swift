import Logging
import Synchronization

/// A log that a test waits on and looks through.
final class RecordedLog: Sendable {
    struct Line: Sendable {
        var level: Logger.Level
        var message: String
        var metadata: Logger.Metadata
    }

    private let stream: AsyncStream<Line>
    private let continuation: AsyncStream<Line>.Continuation
    private let all = Mutex<[Line]>([])

    init() { (stream, continuation) = AsyncStream.makeStream() }

    var lines: [Line] { all.withLock { $0 } }
    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    /// Waits for the next line with this message.
    func next(_ message: String) async -> Line? {
        for await line in stream where line.message == message { return line }
        return nil
    }

    /// Waits for the next line whose message begins so.
    func next(beginning start: String) async -> Line? {
        for await line in stream where line.message.hasPrefix(start) { return line }
        return nil
    }

    fileprivate func add(_ line: Line) {
        all.withLock { $0.append(line) }
        continuation.yield(line)
    }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.add(Line(level: event.level, message: "\(event.message)", metadata: event.metadata ?? [:]))
        }
    }
}

extension Logger {
    static let silent = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
}
