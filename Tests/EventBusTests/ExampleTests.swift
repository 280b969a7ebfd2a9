import EventKit
import Foundation
import Storage
import Testing
import TrivselTesting

@testable import EventBus

/// Scripts/examples against a real server. `TRIVSEL_TEST_PYTHON` names a Python that has pyzmq.
@Suite(.timeLimit(.minutes(5)))
struct ExampleTests {
    @Test func `the Python example replays, goes on live, and keeps its position`() async throws {
        try await Bed.lay { bed in
            try await bed.commit(1...10)
            try await bed.serving { endpoints in
                let folder = FileManager.default.temporaryDirectory.appending(path: "trivsel-\(UUID().uuidString)")
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                defer { try? FileManager.default.removeItem(at: folder) }
                let key = folder.appending(path: "key.json")
                let state = folder.appending(path: "state.json")
                try JSONEncoder().encode(try await bed.client(topics: "test.*", at: endpoints)).write(to: key)

                let first = try Example(
                    key.path, "--types", "test.*", "--from", "4", "--count", "27", "--state", state.path)
                var sequences: [Int] = []
                for try await event in first.events {
                    sequences.append(event)
                    // Seven from the log; then it is live.
                    if sequences.count == 7 { try await bed.commit(11...30) }
                }
                #expect(sequences == Array(4...30))
                #expect(await first.status == 0)

                try await bed.commit(31...40)
                let second = try Example(key.path, "--types", "test.ended.v1", "--count", "5", "--state", state.path)
                #expect(try await second.events.reduce(into: []) { $0.append($1) } == [32, 34, 36, 38, 40])
                #expect(await second.status == 0)

                let denied = try Example(key.path, "--types", "*")
                for try await _ in denied.events { Issue.record("an event outside the key") }
                #expect(await denied.status == 1)
            }
        }
    }

    @Test func `the Python example repairs a gap that the feed's high-water mark made`() async throws {
        try await Bed.lay { bed in
            try await bed.commit(1...1)
            try await bed.serving(feedHighWater: 1) { endpoints in
                let key = FileManager.default.temporaryDirectory.appending(path: "trivsel-\(UUID().uuidString).json")
                defer { try? FileManager.default.removeItem(at: key) }
                try JSONEncoder().encode(try await bed.client(at: endpoints)).write(to: key)
                let example = try Example(key.path, "--count", "2000")
                var sequences: [Int] = []
                for try await event in example.events {
                    sequences.append(event)
                    guard sequences.count == 1 else { continue }
                    try await bed.database.write { tx in
                        for number in 2...2000 {
                            try tx.append(try Event(Happened(number: number), subject: "s", at: bed.clock.now))
                        }
                    }
                }
                #expect(sequences == Array(1...2000))
                #expect(await example.status == 0)
            }
        }
    }

    @Test func `the Python examples of two hosts go on when the first has gone`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { second in
                let key = FileManager.default.temporaryDirectory.appending(path: "trivsel-\(UUID().uuidString).json")
                defer { try? FileManager.default.removeItem(at: key) }
                var left: [(Example, AsyncThrowingStream<Int, any Error>.Iterator)] = []
                try await bed.serving { first in
                    let both = BusEndpoints(
                        feed: "\(first.feed),\(second.feed)", desk: "\(first.desk),\(second.desk)")
                    try JSONEncoder().encode(try await bed.client(readers: ["totals"], at: both)).write(to: key)
                    try await bed.commit(1...10)
                    let alone = try Example(key.path, "--count", "20")
                    let shared = try Example(key.path, "--name", "totals", of: "share.py")
                    for example in [alone, shared] {
                        var events = example.events.makeAsyncIterator()
                        for number in 1...10 { #expect(try await events.next() == number) }
                        left.append((example, events))
                    }
                }
                try await bed.commit(11...20)
                for index in left.indices {
                    for number in 11...20 { #expect(try await left[index].1.next() == number) }
                }
                #expect(await left[0].0.status == 0)
                left[1].0.kill()
                #expect(await left[1].0.status == SIGKILL)
            }
        }
    }

    @Test func `the Python example of a durable reader goes on where the one before left off`() async throws {
        try await Bed.lay { bed in
            try await bed.commit(1...30)
            try await bed.serving { endpoints in
                let key = FileManager.default.temporaryDirectory.appending(path: "trivsel-\(UUID().uuidString).json")
                defer { try? FileManager.default.removeItem(at: key) }
                try JSONEncoder().encode(try await bed.client(readers: ["totals"], at: endpoints)).write(to: key)
                for numbers in [1...30, 31...45] {
                    if numbers.lowerBound > 1 { try await bed.commit(numbers) }
                    let example = try Example(key.path, "--name", "totals", "--once", of: "share.py")
                    #expect(try await example.events.reduce(into: []) { $0.append($1) } == Array(numbers))
                    #expect(await example.status == 0)
                }
                #expect(try await bed.readers.list().first?.position == 45)
            }
        }
    }
}

/// A running example.
private struct Example {
    /// The positions of the events it prints.
    let events: AsyncThrowingStream<Int, any Error>
    private let exit: AsyncStream<Int32>
    private let process: Int32

    init(_ arguments: String..., of script: String = "subscribe.py") throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let pipe = Pipe()
        let (exit, exited) = AsyncStream.makeStream(of: Int32.self)
        self.exit = exit
        let (events, printed) = AsyncThrowingStream.makeStream(of: Int.self)
        self.events = events
        let script = root.appending(path: "Scripts/examples/\(script)").path
        process = try Programs.start(Programs.python, [script] + arguments) { process in
            process.standardOutput = pipe
            process.standardError = FileHandle.nullDevice
            process.terminationHandler = {
                exited.yield($0.terminationStatus)
                exited.finish()
            }
        }.processIdentifier
        // Reading blocks, so it has a thread of its own.
        Thread.detachNewThread {
            var rest = Data()
            while case let data = pipe.fileHandleForReading.availableData, !data.isEmpty {
                rest += data
                while let end = rest.firstIndex(of: 10) {
                    do { printed.yield(try Self.sequence(of: rest[..<end])) } catch { printed.finish(throwing: error) }
                    rest = Data(rest[(end + 1)...])
                }
            }
            printed.finish()
        }
    }

    /// Gentler signals may be blocked in what a test starts.
    func kill() { Foundation.kill(process, SIGKILL) }

    var status: Int32? {
        get async { await exit.first { _ in true } }
    }

    private static func sequence(of line: Data) throws -> Int {
        struct Printed: Decodable { let sequence: String }
        guard let number = Int(try JSONDecoder().decode(Printed.self, from: line).sequence) else {
            throw BusError(.badRequest, "no sequence")
        }
        return number
    }
}
