public import CalendarKit
public import EventKit
import Foundation
public import Logging
public import Storage

/// What the host gives a module to work with.
public struct HostServices: Sendable {
    public let database: Database
    public let directory: Directory
    public let clock: Clock
    public let workingDays: WorkingDays
    public let logger: Logger

    public init(database: Database, directory: Directory, clock: Clock, workingDays: WorkingDays, logger: Logger) {
        (self.database, self.directory, self.clock) = (database, directory, clock)
        (self.workingDays, self.logger) = (workingDays, logger)
    }
}

/// Tells the time; tests move it.
public struct Clock: Sendable {
    private let read: @Sendable () -> Timestamp

    public init(_ read: @escaping @Sendable () -> Timestamp) { self.read = read }

    public var now: Timestamp { read() }

    public static let system = Clock { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}

/// A module's own settings, already checked against its manifest.
public struct ModuleSettings: Sendable {
    private let values: [String: String]

    public init(_ values: [String: String]) { self.values = values }

    /// The value of `<module>.<name>`, named without the module.
    public subscript(name: String) -> String? { values[name] }

    /// - Throws: `ModuleSettingError` when the value is not a whole number in the range.
    public func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int {
        let text = values[name] ?? ""
        guard let number = Int(text), range.contains(number) else {
            throw ModuleSettingError(description: "\(name) is “\(text)”; give a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

public struct ModuleSettingError: Error, CustomStringConvertible {
    public let description: String
    public init(description: String) { self.description = description }
}

/// The folder of the demo data: JSON files.
public struct DemoFolder: Sendable {
    public let path: String
    public init(path: String) { self.path = path }

    /// The content of a file, decoded.
    ///
    /// - Throws: an error that names the file.
    public func read<Value: Decodable>(_ file: String, as type: Value.Type) throws -> Value {
        let data = try Data(contentsOf: URL(fileURLWithPath: path).appendingPathComponent(file))
        return try JSONDecoder().decode(type, from: data)
    }
}
