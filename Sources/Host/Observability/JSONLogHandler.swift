import EventKit
import Foundation
public import Logging

/// Logs one JSON object a line: `time`, `level`, `label`, `message`, the metadata, and `error` with `errorType` when
/// there is one.
///
/// Nested metadata becomes dotted keys. Nothing is hidden: callers log identifiers only.
public struct JSONLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let output: LineOutput

    /// Writes to standard error unless `output` is another.
    public init(label: String, level: Logger.Level, output: LineOutput = .standardError) {
        self.label = label
        self.output = output
        logLevel = level
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var line = JSONLine()
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        line.add("time", now.description)
        line.add("level", event.level.rawValue)
        line.add("label", label)
        line.add("message", event.message.description)
        if let error = event.error {
            line.add("error", "\(error)")
            line.add("errorType", "\(type(of: error))")
        }
        for (key, value) in merged(with: event.metadata).sorted(by: { $0.key < $1.key }) {
            line.add(metadata: value, under: Self.fields.contains(key) ? "metadata.\(key)" : key)
        }
        output.write(line.finished())
    }

    /// What is said at the call goes before the provider's, that before the logger's.
    private func merged(with given: Logger.Metadata?) -> Logger.Metadata {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let given { all.merge(given) { $1 } }
        return all
    }

    /// Metadata of these names must not stand in for the line's own fields.
    private static let fields: Set = ["time", "level", "label", "message", "error", "errorType"]
}

/// One JSON object on one line, as bytes.
private struct JSONLine {
    private var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(256) }

    mutating func add(_ key: String, _ value: String) {
        begin(key)
        JSONText.append(value, to: &bytes)
    }

    mutating func add(metadata value: Logger.Metadata.Value, under key: String) {
        switch value {
        case .string(let text): add(key, text)
        case .stringConvertible(let value): add(key, value.description)
        case .dictionary(let inner):
            for (name, value) in inner.sorted(by: { $0.key < $1.key }) { add(metadata: value, under: "\(key).\(name)") }
        case .array(let values):
            begin(key)
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                JSONText.append(value.description, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        }
    }

    private mutating func begin(_ key: String) {
        bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
        JSONText.append(key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func finished() -> [UInt8] {
        bytes.append(contentsOf: "}\n".utf8)
        return bytes
    }
}
