import Foundation
import ModuleKit
import Storage
import Synchronization
import TrivselTesting

/// What a run of the built program came to.
struct Run {
    let code: Int32
    let output: String
    let errors: String

    /// The lines on standard error that are no JSON log lines: what a person reads.
    var complaints: [String] {
        errors.split(separator: "\n").map(String.init).filter { line in
            (try? JSONSerialization.jsonObject(with: Data(line.utf8))) == nil
        }
    }
}

/// The built `trivsel`, run in a folder of its own with an environment of its own.
struct Program {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What another host on the same database shares with this one: the master key and the vault's keys.
    var sharedKeys: [String: String] {
        [
            "TRIVSEL_VAULT_MASTER_KEY_FILE": "\(folder.path)/data/keys/master.key",
            "TRIVSEL_VAULT_KEYS": "sqlite:\(folder.path)/data/keys.sqlite",
        ]
    }

    /// Beside the tests themselves.
    static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "trivsel")
        .path

    /// What no test should have to say: ports chosen by the system, and data in the folder.
    private func environment(_ given: [String: String]) -> [String: String] {
        let own = [
            "PATH": "/usr/bin:/bin", "TRIVSEL_MODULES_ENABLED": "deviations", "TRIVSEL_HTTP_PORT": "0",
            "TRIVSEL_FEED_ENDPOINT": "tcp://127.0.0.1:*", "TRIVSEL_DESK_ENDPOINT": "tcp://127.0.0.1:*",
        ]
        return own.merging(given) { _, given in given }.filter { !$0.value.isEmpty }
    }

    /// Runs it to its end. A variable set to nothing is not set.
    func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> Run {
        let started = try start(arguments, environment: environment)
        return try await started.end()
    }

    /// Loads the demo and returns what it says.
    @discardableResult
    func demo() async throws -> Run { try await run("demo", "--folder", HostHarness.demo.path) }

    /// Reads in one of its databases.
    func database<Value: Sendable>(
        of name: String = "trivsel", _ body: @escaping @Sendable (Reader) throws -> Value
    ) async throws -> Value {
        try await Self.reading("sqlite:\(folder.path)/data/\(name).sqlite", body)
    }

    /// Reads in a database that is opened for it.
    static func reading<Value: Sendable>(
        _ url: String, _ body: @escaping @Sendable (Reader) throws -> Value
    ) async throws -> Value {
        let database = try await Database.open(try DatabaseURL(url))
        do {
            let value = try await database.read(body)
            await database.close()
            return value
        } catch {
            await database.close()
            throw error
        }
    }

    /// Starts a host, gives `body` its port, and stops it as a system does.
    func serving(environment: [String: String] = [:], _ body: (Started, Int) async throws -> Void) async throws {
        let started = try start(["serve"], environment: environment)
        do {
            try await body(started, try await started.port())
        } catch {
            started.signal(SIGKILL)
            throw error
        }
        started.signal(SIGTERM)
        let run = try await started.end()
        guard run.code == 0 else { throw NeverCame(description: "serve ended with \(run.code): \(run.errors)") }
    }

    func start(_ arguments: [String], environment given: [String: String] = [:]) throws -> Started {
        let name = "run-\(UUID().uuidString)"
        return try Started(
            arguments, environment(given), folder: folder.path, output: try folder.write("", to: "\(name).out"),
            errors: try folder.write("", to: "\(name).err"))
    }
}

/// A program that runs.
final class Started: Sendable {
    private let process: Mutex<Process>
    private let ended: AsyncStream<Void>
    private let output: String
    private let errors: String

    fileprivate init(
        _ arguments: [String], _ environment: [String: String], folder: String, output: String, errors: String
    ) throws {
        let ended = AsyncStream.makeStream(of: Void.self)
        (self.ended, self.output, self.errors) = (ended.stream, output, errors)
        process = Mutex(
            try Programs.start(Program.path, arguments, environment: environment) { process in
                process.currentDirectoryURL = URL(filePath: folder)
                process.standardOutput = FileHandle(forWritingAtPath: output)
                process.standardError = FileHandle(forWritingAtPath: errors)
                process.standardInput = FileHandle.nullDevice
                process.terminationHandler = { _ in ended.continuation.finish() }
            })
    }

    func signal(_ signal: Int32) { kill(process.withLock { $0.processIdentifier }, signal) }

    /// Waits until it has ended by itself.
    func end() async throws -> Run {
        for await _ in ended {}
        let code = process.withLock { $0.terminationReason == .exit ? $0.terminationStatus : -$0.terminationStatus }
        return Run(code: code, output: text(output), errors: text(errors))
    }

    /// The port of the host, which it says as soon as it serves.
    func port() async throws -> Int {
        var port: Int?
        try await eventually("the host says where it is") {
            port = text(errors).firstMatch(of: /Trivsel is at http:\/\/127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }
            return port != nil
        }
        return port ?? 0
    }

    /// What stands on its standard error so far.
    var log: String { text(errors) }

    private func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}
