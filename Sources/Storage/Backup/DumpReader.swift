import Foundation

/// Reads what ``Reader/dump(_:of:at:without:progress:send:)`` wrote.
public struct DumpReader {
    public let head: Dump.Head
    private var input: DumpInput

    /// - Parameter pull: the next bytes, however many; nil at the end.
    /// - Throws: ``StorageError`` (`corrupt`), or what `pull` throws.
    public init(pull: @escaping () throws -> [UInt8]?) throws {
        input = DumpInput(pull)
        head = try input.content(of: .head)
    }

    /// Reads all that is left, and holds rows against their digests.
    ///
    /// - Throws: ``StorageError`` (`corrupt`), or what `pull` throws.
    public mutating func check() throws -> [Dump.Table] {
        var tables: [Dump.Table] = []
        while let opening = try nextTable() {
            tables.append(try rows(of: opening) { _ in })
        }
        return tables
    }

    /// What stands before the next table's rows; nil at the end.
    mutating func nextTable() throws -> Dump.Opening? {
        let (kind, content) = try input.frame()
        switch kind {
        case .table: return try DumpInput.decode(content)
        case .end:
            try input.expectEnd()
            return nil
        default: throw StorageError.brokenDump
        }
    }

    /// Calls `body` for each row of the table that was just opened.
    mutating func rows(of opening: Dump.Opening, _ body: (ArraySlice<UInt8>) throws -> Void) throws -> Dump.Table {
        var digest = RowDigest()
        while true {
            let (kind, content) = try input.frame()
            switch kind {
            case .row:
                digest.add(content)
                try body(content)
            case .tableEnd:
                let told: Dump.Table = try DumpInput.decode(content)
                guard told == digest.table(opening.name) else { throw StorageError.brokenDump }
                return told
            default: throw StorageError.brokenDump
            }
        }
    }
}

/// Frames out of bytes that come in pieces.
private struct DumpInput {
    private let pull: () throws -> [UInt8]?
    private var buffer: [UInt8] = []
    private var start = 0

    init(_ pull: @escaping () throws -> [UInt8]?) { self.pull = pull }

    mutating func frame() throws -> (kind: Dump.Frame, content: ArraySlice<UInt8>) {
        try fill(5)
        var beginning = buffer[start..<start + 5]
        guard let kind = Dump.Frame(rawValue: try DumpRow.number(&beginning, UInt8.self)) else {
            throw StorageError.brokenDump
        }
        let length = Int(try DumpRow.number(&beginning, UInt32.self))
        try fill(5 + length)
        defer { start += 5 + length }
        return (kind, buffer[start + 5..<start + 5 + length])
    }

    mutating func content<Content: Decodable>(of wanted: Dump.Frame) throws -> Content {
        let (kind, content) = try frame()
        guard kind == wanted else { throw StorageError.brokenDump }
        return try Self.decode(content)
    }

    static func decode<Content: Decodable>(_ bytes: ArraySlice<UInt8>) throws -> Content {
        do { return try JSONDecoder().decode(Content.self, from: Data(bytes)) } catch { throw StorageError.brokenDump }
    }

    mutating func expectEnd() throws {
        guard start == buffer.count, try pull() == nil else { throw StorageError.brokenDump }
    }

    private mutating func fill(_ count: Int) throws {
        while buffer.count - start < count {
            guard let more = try pull() else { throw StorageError.brokenDump }
            buffer.removeFirst(start)
            start = 0
            buffer += more
        }
    }
}
