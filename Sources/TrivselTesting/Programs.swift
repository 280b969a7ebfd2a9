public import Foundation
import Synchronization

/// Starts programs for tests, one at a time.
///
/// `Process.run()` copies the whole process, and has crashed it while others, among hundreds of threads, did the same.
public enum Programs {
    private static let starting = Mutex(())

    /// Starts a program that is looked for in `PATH`, after `prepare` has said where its input and output are.
    public static func start(
        _ program: String, _ arguments: [String], environment: [String: String]? = nil,
        prepare: (Process) -> Void = { _ in }
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        if let environment { process.environment = environment }
        prepare(process)
        try starting.withLock { _ in try process.run() }
        return process
    }

    /// The Python that has what the tests' scripts import.
    public static var python: String { ProcessInfo.processInfo.environment["TRIVSEL_TEST_PYTHON"] ?? "python3" }
}
