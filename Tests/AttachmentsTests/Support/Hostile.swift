import Foundation
import Subprocess
import TrivselTesting

/// The files of Tests/Hostile: made once for all tests.
enum Hostile {
    struct File: Decodable, Sendable {
        let file, name, becomes: String
        let preview: Bool?
    }

    struct Made: Sendable {
        let folder: TemporaryFolder
        let files: [File]

        func bytes(_ file: File) throws -> [UInt8] {
            try [UInt8](Data(contentsOf: URL(filePath: "\(folder.path)/\(file.file)")))
        }
    }

    static func made() async throws -> Made {
        let folder = try TemporaryFolder()
        _ = try await script("hostile.py", folder.path)
        let list = try Data(contentsOf: URL(filePath: "\(folder.path)/list.json"))
        return Made(folder: folder, files: try JSONDecoder().decode([File].self, from: list))
    }

    /// What a script of the folder printed.
    static func script(_ name: String, _ arguments: String...) async throws -> String {
        try await script(name, arguments)
    }

    static func script(_ name: String, _ arguments: [String]) async throws -> String {
        let script = "\(HostHarness.root)/Tests/Hostile/\(name)"
        let result = try await run(
            .name("env"), arguments: Arguments([Programs.python, script] + arguments), output: .string(limit: 1 << 16),
            error: .string(limit: 1 << 16))
        guard result.terminationStatus.isSuccess else {
            throw NeverCame(description: "\(name) needs pillow and libvips-tools: \(result.standardError)")
        }
        return result.standardOutput
    }
}
