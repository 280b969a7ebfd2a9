import Foundation

@testable import Workers

/// The Python mail server of `smtp_server.py`, for as long as this lives.
final class SMTPServer: Sendable {
    enum Mode: String { case plain, starttls, tls }

    /// A mail as the server got it.
    struct Received: Decodable {
        var connection: Int
        var from: String
        var to: [String]
        var subject: String
        var headers: [[String]]
        var parts: [String]
        var text: String
        var html: String
        var defects: [String]
        var raw: Data

        func header(_ name: String) -> String? { headers.first { $0.first == name }?.last }
    }

    private struct Ready: Decodable {
        var port: Int
        var ca: String?
    }

    let port: Int
    let caFile: String?
    private let process: PythonProcess
    private let folder: ScratchFolder

    /// Without a port the system chooses one.
    init(_ mode: Mode, port: Int = 0) async throws {
        folder = try ScratchFolder()
        process = try PythonProcess(script: "smtp_server.py", arguments: [mode.rawValue, folder.path, "\(port)"])
        let ready = try JSONDecoder().decode(Ready.self, from: try await process.line())
        (self.port, caFile) = (ready.port, ready.ca)
    }

    /// Waits for the next mail.
    func mail() async throws -> Received { try JSONDecoder().decode(Received.self, from: try await process.line()) }

    /// Waits until the server holds a mail to `slow@…` without an answer.
    func held() async throws { _ = try await process.line() }

    /// Lets the server answer for a mail that it holds.
    func release() throws { try process.write("\n") }

    /// The settings of a worker that uses this server, in plain.
    var settings: MailSettings {
        get throws {
            try MailSettings(
                from: "Trivsel <trivsel@example.org>", smtpURL: "smtp://127.0.0.1:\(port)", folder: "/nowhere")
        }
    }

    /// Ends the server; its port is free afterwards.
    func stop() async { await process.stop() }
}

/// A private folder that goes away with this.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "trivsel-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
