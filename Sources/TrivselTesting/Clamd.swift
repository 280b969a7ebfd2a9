import EventKit
import Foundation

/// A clamd of a test's own, with a list of one signature.
public enum Clamd {
    /// The file that every scanner is to find: https://www.eicar.org/download-anti-malware-testfile/
    public static let eicar = Array(#"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"#.utf8)

    /// Runs one that finds ``eicar``, with a further setting; `body` gets the path of its socket.
    public static func run(
        _ setting: String = "", isolation: isolated (any Actor)? = #isolation, _ body: (String) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let hex = eicar.hexadecimal
        try folder.write("Test.File:0:*:\(hex)\n", to: "list/test.ndb")
        let socket = "\(folder.path)/clamd.ctl"
        let settings = """
            LocalSocket \(socket)
            DatabaseDirectory \(folder.path)/list
            TemporaryDirectory \(folder.path)
            Foreground yes
            \(setting)

            """
        let file = try folder.write(settings, to: "clamd.conf")
        let clamd = try Programs.start("clamd", ["--config-file=\(file)"]) { $0.standardOutput = FileHandle.nullDevice }
        defer {
            clamd.terminate()
            clamd.waitUntilExit()
        }
        try await eventually("clamd listens") { FileManager.default.fileExists(atPath: socket) }
        try await body(socket)
    }
}
