public import Attachments
public import CalendarKit
public import EventKit
import Foundation
public import Logging
import NIOCore
public import Storage
public import Vault

/// What the host gives a module to work with.
public struct HostServices: Sendable {
    public let database: Database
    /// Seals what people write.
    public let vault: Vault
    public let directory: Directory
    public let clock: Clock
    public let workingDays: WorkingDays
    public let logger: Logger
    public let notices: NoticePost
    /// Takes files in.
    public let attachments: Attachments
    /// What the host keeps of the module's cases.
    public let traces: CaseTraces
    /// Where looks at cases and decisions on them are noted.
    public let audit: AuditTrail

    public init(
        database: Database, vault: Vault, directory: Directory, clock: Clock, workingDays: WorkingDays, logger: Logger,
        notices: NoticePost, attachments: Attachments? = nil, traces: CaseTraces = .none,
        audit: AuditTrail = .none
    ) {
        (self.database, self.vault, self.directory, self.clock) = (database, vault, directory, clock)
        (self.workingDays, self.logger, self.notices, self.traces) = (workingDays, logger, notices, traces)
        self.audit = audit
        self.attachments = attachments ?? Attachments(files: vault.files, logger: logger)
    }
}

/// Tells the time; tests move it.
public struct Clock: Sendable {
    private let read: @Sendable () -> Timestamp
    private let uptime: (@Sendable () -> Int64)?

    public init(_ read: @escaping @Sendable () -> Timestamp) { (self.read, uptime) = (read, nil) }

    private init(_ read: @escaping @Sendable () -> Timestamp, uptime: @escaping @Sendable () -> Int64) {
        (self.read, self.uptime) = (read, uptime)
    }

    public var now: Timestamp { read() }

    /// Nanoseconds since whenever, which only grow, whatever is done to the system's clock.
    public var ticks: Int64 { uptime?() ?? read().milliseconds * 1_000_000 }

    public static let system = Clock {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    } uptime: {
        Int64(NIODeadline.now().uptimeNanoseconds)
    }
}

/// The folder of the demo data: JSON files.
public struct DemoFolder: Sendable {
    public let path: String
    public init(path: String) { self.path = path }

    /// The content of a file, decoded.
    ///
    /// - Throws: an error that names the file.
    public func read<Value: Decodable>(_ file: String, as type: Value.Type) throws -> Value {
        guard let data = FileManager.default.contents(atPath: "\(path)/\(file)") else {
            throw UnreadableDemo(description: "there is no demo data at \(path)/\(file); name its folder with --folder")
        }
        do { return try JSONDecoder().decode(type, from: data) } catch {
            throw UnreadableDemo(
                description: "the demo data at \(path)/\(file) is not what this version reads: \(error)")
        }
    }
}

/// Why the demo cannot be loaded, in one line.
public struct UnreadableDemo: Error, CustomStringConvertible {
    public let description: String
}
