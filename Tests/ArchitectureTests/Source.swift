import Foundation

/// A Swift file of this repository, or a planted one that shows that a guard trips.
struct Source: Sendable, CustomStringConvertible {
    /// From the top of the repository.
    let path: String
    let text: String

    var description: String { path }

    /// The lines without what stands after `//`, numbered from 1.
    var code: [(number: Int, line: Substring)] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
            (index + 1, line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line)
        }
    }

    /// The modules that its import lines name, with the line.
    var imports: [(number: Int, module: String)] {
        let pattern =
            /^\s*(?:@\w+(?:\(\w+\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?(\w+)/
        return code.compactMap { number, line in line.firstMatch(of: pattern).map { (number, String($0.1)) } }
    }

    /// The lines that match, as `path:line: …`.
    func places(of pattern: some RegexComponent) -> [String] {
        code.compactMap { number, line in
            line.contains(pattern) ? "\(path):\(number): \(line.trimmingCharacters(in: .whitespaces))" : nil
        }
    }
}

/// This repository's files.
enum Repository {
    static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file below the folders, in order.
    static func sources(_ folders: String...) throws -> [Source] {
        try folders.flatMap { folder in
            try files(below: folder).filter { $0.hasSuffix(".swift") }.map { Source(path: $0, text: try text($0)) }
        }
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: top.appending(path: path), encoding: .utf8)
    }

    /// Names of the folders in `folder`, in order.
    static func folders(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: top.appending(path: folder).path).filter { name in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(
                atPath: top.appending(path: "\(folder)/\(name)").path, isDirectory: &isFolder)
            return exists && isFolder.boolValue && !name.hasPrefix(".")
        }.sorted()
    }

    private static func files(below folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: top.appending(path: folder).path).map { "\(folder)/\($0)" }
            .sorted()
    }
}
