import Foundation

/// This program once more in a process of its own: gets a question as JSON, answers with a line of JSON.
struct Child {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(_ name: String, _ question: some Encodable) throws {
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [name]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(try JSONEncoder().encode(question))
        try input.fileHandleForWriting.close()
    }

    /// Waits until it has ended.
    func answer<Answer: Decodable>(_ type: Answer.Type) throws -> Answer {
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Wrong(description: "the reading process failed") }
        return try JSONDecoder().decode(type, from: data)
    }

    /// What the child was asked.
    static func question<Question: Decodable>(_ type: Question.Type) throws -> Question {
        try JSONDecoder().decode(type, from: try FileHandle.standardInput.readToEnd() ?? Data())
    }
}

/// A folder under the system's temporary one, for sockets and databases; gone when `body` returns.
func withFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bus-bench-\(getpid())")
    try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
}
