import Foundation
import Logging
import Testing

@testable import Host

/// Collects what a logger writes to a file.
private final class LogFile {
    private let path = NSTemporaryDirectory() + "log-" + UUID().uuidString
    private let file: FileHandle
    let output: LineOutput

    init() throws {
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        file = try #require(FileHandle(forWritingAtPath: path))
        output = LineOutput(descriptor: file.fileDescriptor)
    }

    deinit {
        try? file.close()
        try? FileManager.default.removeItem(atPath: path)
    }

    func logger(_ level: Logger.Level = .info, provider: Logger.MetadataProvider? = nil) -> Logger {
        var handler = JSONLogHandler(label: "trivsel.test", level: level, output: output)
        handler.metadataProvider = provider
        return Logger(label: "trivsel.test") { _ in handler }
    }

    /// Every line read as JSON.
    func lines() throws -> [[String: Any]] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.isEmpty || text.hasSuffix("\n"))
        return try text.split(separator: "\n").map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }
}

private struct DiskFull: Error, CustomStringConvertible {
    var description: String { "no \"space\" left\n" }
}

@Suite struct ObservabilityLogTests {
    @Test func `a line holds time, level, label, message and the metadata`() throws {
        let file = try LogFile()
        file.logger().notice("started", metadata: ["port": "8080", "took": .stringConvertible(12)])
        let line = try #require(file.lines().first)
        #expect(Set(line.keys) == ["time", "level", "label", "message", "port", "took"])
        #expect(line["level"] as? String == "notice")
        #expect(line["label"] as? String == "trivsel.test")
        #expect(line["message"] as? String == "started")
        #expect(line["took"] as? String == "12")
        let time = try #require(line["time"] as? String)
        #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
    }

    @Test(arguments: [
        "quote \" and \\", "two\nlines\r\nand\ttab", "null \u{0} and escape \u{1B}[31m", "blåbærsyltetøy 🫐", "\u{2028}",
        "",
    ])
    func `any text comes back as it was, on one line`(text: String) throws {
        let file = try LogFile()
        file.logger().info("\(text)", metadata: ["\(text)x": "\(text)"])
        let lines = try file.lines()
        #expect(lines.count == 1)
        #expect(lines.first?["message"] as? String == text)
        #expect(lines.first?["\(text)x"] as? String == text)
    }

    @Test func `nested metadata becomes dotted keys, a list stays a list`() throws {
        let file = try LogFile()
        file.logger().info(
            "x", metadata: ["job": ["id": "7", "queue": ["name": "mail"]], "topics": ["a", "b"], "none": []])
        let line = try #require(file.lines().first)
        #expect(line["job.id"] as? String == "7")
        #expect(line["job.queue.name"] as? String == "mail")
        #expect(line["topics"] as? [String] == ["a", "b"])
        #expect(line["none"] as? [String] == [])
    }

    @Test func `metadata cannot stand in for the line's own fields`() throws {
        let file = try LogFile()
        file.logger().info("real", metadata: ["message": "forged", "level": "forged"])
        let line = try #require(file.lines().first)
        #expect(line["message"] as? String == "real")
        #expect(line["metadata.message"] as? String == "forged")
        #expect(line["metadata.level"] as? String == "forged")
    }

    @Test func `what is said at the call goes before the provider's, that before the logger's`() throws {
        let file = try LogFile()
        var logger = file.logger(provider: Logger.MetadataProvider { ["a": "provider", "b": "provider"] })
        for key in ["a", "b", "c"] { logger[metadataKey: key] = "logger" }
        logger.info("x", metadata: ["a": "call"])
        let line = try #require(file.lines().first)
        #expect([line["a"], line["b"], line["c"]] as? [String] == ["call", "provider", "logger"])
    }

    @Test func `an error is named with its type`() throws {
        let file = try LogFile()
        file.logger().error("not stored", error: DiskFull())
        let line = try #require(file.lines().first)
        #expect(line["error"] as? String == "no \"space\" left\n")
        #expect(line["errorType"] as? String == "DiskFull")
    }

    @Test func `below its level nothing is written, nor even put together`() throws {
        let file = try LogFile()
        var asked = 0
        func costly() -> String {
            asked += 1
            return "x"
        }
        file.logger(.warning).info("\(costly())", metadata: ["x": "\(costly())"])
        #expect(asked == 0)
        #expect(try file.lines().isEmpty)
    }

    @Test func `lines of many threads do not mix`() throws {
        let file = try LogFile()
        let logger = file.logger()
        let long = String(repeating: "å", count: 40_000)
        DispatchQueue.concurrentPerform(iterations: 64) { logger.info("\(long)", metadata: ["n": "\($0)"]) }
        let lines = try file.lines()
        #expect(Set(lines.compactMap { $0["n"] as? String }).count == 64)
        #expect(lines.allSatisfy { $0["message"] as? String == long })
    }

    @Test func `a descriptor that takes nothing loses the line and nothing else`() {
        let logger = Logger(label: "x") { JSONLogHandler(label: $0, level: .info, output: LineOutput(descriptor: -1)) }
        logger.info("lost")
        #expect(logger.logLevel == .info)
    }
}
