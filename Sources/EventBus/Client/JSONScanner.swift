import Foundation

/// Reads the bus's JSON straight from its bytes: a tree of Foundation's took ten times as long as all else that a reader does with an
/// event.
struct JSONScanner {
    struct Malformed: Error {}

    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Gives each name of an object to `read`, which reads its value.
    mutating func object(_ read: (inout JSONScanner, String) throws(Malformed) -> Void) throws(Malformed) {
        try expect("{")
        if accept("}") { return }
        repeat {
            let name = try string()
            try expect(":")
            try read(&self, name)
        } while accept(",")
        try expect("}")
    }

    /// Calls `read` for each element of an array.
    mutating func array(_ read: (inout JSONScanner) throws(Malformed) -> Void) throws(Malformed) {
        try expect("[")
        if accept("]") { return }
        repeat { try read(&self) } while accept(",")
        try expect("]")
    }

    mutating func string() throws(Malformed) -> String {
        try expect("\"")
        let start = at
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                defer { at += 1 }
                return String(decoding: bytes[start..<at], as: UTF8.self)
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            default: at += 1
            }
        }
        throw Malformed()
    }

    /// The string, and `known` when it is the same: that need not be copied.
    mutating func string(like known: String) throws(Malformed) -> String {
        skipSpace()
        let text = known.utf8
        let end = at + text.count + 1
        guard end < bytes.count, bytes[at] == UInt8(ascii: "\""), bytes[end] == UInt8(ascii: "\""),
            bytes[at + 1..<end].elementsEqual(text),
            !text.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") })
        else { return try string() }
        at = end + 1
        return known
    }

    mutating func integer() throws(Malformed) -> Int64 {
        guard let number = Int64(try text()) else { throw Malformed() }
        return number
    }

    /// Any value, as its text.
    mutating func text() throws(Malformed) -> String {
        skipSpace()
        let start = at
        try skip()
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    /// Passes over any value.
    mutating func skip() throws(Malformed) {
        var depth = 0
        var isInText = false
        skipSpace()
        let start = at
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "\\") where isInText: at += 1
            case UInt8(ascii: "\""): isInText.toggle()
            case _ where isInText: break
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return try check(at > start) }
                depth -= 1
            case UInt8(ascii: ",") where depth == 0: return try check(at > start)
            default: break
            }
            at += 1
            if depth == 0, !isInText,
                byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
            {
                return
            }
        }
        try check(depth == 0 && !isInText && at == bytes.count && at > start)
    }

    private func check(_ condition: Bool) throws(Malformed) { if !condition { throw Malformed() } }

    /// Nothing but white space is left.
    mutating func end() throws(Malformed) {
        skipSpace()
        try check(at == bytes.count)
    }

    private mutating func escapedString(from start: Int) throws(Malformed) -> String {
        at = start - 1
        let quoted = try text()
        guard let text = try? JSONDecoder().decode(String.self, from: Data(quoted.utf8)) else { throw Malformed() }
        return text
    }

    private mutating func expect(_ byte: Unicode.Scalar) throws(Malformed) { try check(accept(byte)) }

    private mutating func accept(_ byte: Unicode.Scalar) -> Bool {
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: byte) else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while at < bytes.count, bytes[at] <= 32 { at += 1 }
    }
}
