import EventKit
import Foundation

/// Puts each mail as one `.eml` file into a folder, for installations without a mail server.
public actor FileTransport: MailTransport {
    private let folder: URL
    private let executor = BlockingExecutor(label: "trivsel.mail-folder")

    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Makes `folder`, which none but its owner may read.
    public init(folder: String) throws(MailSettingsError) {
        self.folder = URL(filePath: folder, directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(
                at: self.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw MailSettingsError(message: "the mail folder cannot be made: \(folder)")
        }
    }

    /// A file that is there is whole, and stays after a power cut.
    public func send(_ message: MailMessage) throws(MailFailure) {
        do {
            try DurableFile.write(message.bytes, to: folder.appending(path: Self.name(of: message, at: Date())))
        } catch {
            throw .temporary(reason: "mail-folder")
        }
    }

    public func close() {}

    /// `20261127T081530.123Z-<left part of the Message-ID>.eml`: sorts by time, tells no address.
    static func name(of message: MailMessage, at date: Date) -> String {
        let time = Timestamp(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded())).description
        let local = message.messageID.dropFirst().prefix { $0 != "@" }.map { $0.isLetter || $0.isNumber ? $0 : "-" }
        return "\(time.filter { $0 != "-" && $0 != ":" })-\(String(local)).eml"
    }
}
