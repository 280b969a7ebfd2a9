import Foundation
import TrivselTesting

/// A Python script beside this file, read line by line. It is to end when its standard input does.
final class PythonProcess: Sendable {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let lines: AsyncStream<Data>
    private let ended: AsyncStream<Void>
    private let input: FileHandle

    init(script: String, arguments: [String]) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: script)
        let (input, output) = (Pipe(), Pipe())
        let ended = AsyncStream.makeStream(of: Void.self)
        self.ended = ended.stream
        self.input = input.fileHandleForWriting
        lines = Self.lines(of: output.fileHandleForReading)
        _ = try Programs.start(Programs.python, [file.path] + arguments) { process in
            process.standardInput = input
            process.standardOutput = output
            process.terminationHandler = { _ in ended.continuation.finish() }
        }
    }

    /// The next line; throws when the script has ended, with what is most likely missing.
    func line() async throws -> Data {
        for await line in lines { return line }
        throw Failure(
            description:
                "the Python of TRIVSEL_TEST_PYTHON (else python3) did not run the script: it needs aiosmtpd and cryptography; Scripts/test sets it up"
        )
    }

    /// Gives the script something to read.
    func write(_ text: String) throws { try input.write(contentsOf: Data(text.utf8)) }

    /// Ends the script and waits for it.
    func stop() async {
        try? input.close()
        for await _ in ended {}
    }

    deinit { try? input.close() }

    private static func lines(of output: FileHandle) -> AsyncStream<Data> {
        let (stream, continuation) = AsyncStream.makeStream(of: Data.self)
        // A thread of its own: a handler that Foundation calls when there is something to read may be called for a file that is closed.
        Thread.detachNewThread {
            var rest = Data()
            while case let data = output.availableData, !data.isEmpty {
                rest += data
                while let end = rest.firstIndex(of: 0x0A) {
                    continuation.yield(Data(rest[..<end]))
                    rest = Data(rest[rest.index(after: end)...])
                }
            }
            continuation.finish()
        }
        return stream
    }
}
