import Foundation

extension HandedOver {
    /// What to hand over: the length of the JSON in four bytes (big-endian), the JSON, and each file's content.
    ///
    /// - Parameter contents: those of `files`, in the same order.
    /// - Throws: `UnreadableHandOver` when they do not fit `files`.
    public func payload(contents: [[UInt8]] = []) throws -> [UInt8] {
        guard contents.map(\.count) == files.map(\.size) else { throw UnreadableHandOver() }
        let json = [UInt8](try JSONEncoder().encode(self))
        let length = (0..<4).map { UInt8(truncatingIfNeeded: json.count >> (24 - 8 * $0)) }
        return contents.reduce(length + json, +)
    }

    /// Reads what `payload` has made, with the files' contents in the order of `files`.
    ///
    /// - Throws: `UnreadableHandOver` for anything else.
    public static func read(_ payload: [UInt8]) throws -> (HandedOver, contents: [[UInt8]]) {
        let length = payload.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard payload.count >= 4 + length,
            let given = try? JSONDecoder().decode(Self.self, from: Data(payload[4..<4 + length])),
            given.files.allSatisfy({ $0.size >= 0 }), given.files.reduce(4 + length, { $0 + $1.size }) == payload.count
        else { throw UnreadableHandOver() }
        var start = 4 + length
        let contents = given.files.map { file in
            defer { start += file.size }
            return Array(payload[start..<start + file.size])
        }
        return (given, contents)
    }
}

/// The bytes are no hand-over.
public struct UnreadableHandOver: Error, CustomStringConvertible {
    public let description = "the bytes are no hand-over to the whistleblowing module"
}
