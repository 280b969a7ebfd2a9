import ModuleKit

/// A table as RFC 4180 has it, in UTF-8: a header row, then rows of as many cells. Commas, or semicolons as Norwegian spreadsheets write.
public struct CSVFile: Sendable {
    /// A row under its header.
    struct Row: Sendable {
        /// The line of the file on which it begins.
        let line: Int
        fileprivate let cells: [String]
        fileprivate let columns: [String: Int]

        /// The cell without white space at its ends; empty when the file has no such column.
        subscript(column: String) -> String { columns[column].map { cells[$0].trimmingSpaces() } ?? "" }
    }

    let name: String
    let rows: [Row]

    /// - Parameters:
    ///   - required: columns that the file must have; it may have those of `optional` too, in any order.
    /// - Throws: `SyncRefusal`s with the line.
    init(_ bytes: [UInt8], name: String, required: [String], optional: [String] = []) throws {
        self.name = name
        func refuse(_ line: Int, _ reason: String) -> SyncRefused {
            SyncRefused([SyncRefusal(file: name, line: line, reason: reason)])
        }
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
            throw refuse(1, "the file is not UTF-8")
        }
        var scanner = CSVScanner(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes)
        guard let header = try scanner.next() ?? nil else { throw refuse(1, "the file is empty") }
        let names = header.cells.map { $0.trimmingSpaces().lowercased() }
        let missing = required.filter { !names.contains($0) }
        guard missing.isEmpty else { throw refuse(1, "the column \(missing.joined(separator: ", ")) is missing") }
        let unknown = names.filter { !(required + optional).contains($0) }
        guard unknown.isEmpty else { throw refuse(1, "there is no column \(unknown.joined(separator: ", "))") }
        guard Set(names).count == names.count else { throw refuse(1, "a column stands twice") }
        let columns = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        var (rows, refusals): ([Row], [SyncRefusal]) = ([], [])
        do {
            while let row = try scanner.next() {
                if row.cells.count == 1, row.cells[0].isEmpty { continue }
                guard row.cells.count == names.count else {
                    let reason = "\(row.cells.count) cells where the header has \(names.count)"
                    refusals.append(SyncRefusal(file: name, line: row.line, reason: reason))
                    continue
                }
                rows.append(Row(line: row.line, cells: row.cells, columns: columns))
            }
        } catch let error as CSVScanner.Broken { throw refuse(error.line, error.reason) }
        guard refusals.isEmpty else { throw SyncRefused(refusals) }
        self.rows = rows
    }
}

/// Reads one row after the other.
struct CSVScanner {
    struct Broken: Error {
        let line: Int
        let reason: String
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var place = 0
    private var line = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let header = bytes.prefix { $0 != 0x0A }
        separator = header.contains(0x3B) && !header.contains(0x2C) ? 0x3B : 0x2C
    }

    /// - Returns: nil after the last row.
    mutating func next() throws -> (line: Int, cells: [String])? {
        guard place < bytes.count else { return nil }
        let start = line
        var cells: [String] = []
        while true {
            cells.append(try cell())
            guard place < bytes.count, bytes[place] == separator else { break }
            place += 1
            if place == bytes.count { cells.append("") }
        }
        if place < bytes.count, bytes[place] == 0x0D { place += 1 }
        guard place == bytes.count || bytes[place] == 0x0A else {
            throw Broken(line: line, reason: "there is text after the closing quotation mark")
        }
        (place, line) = (place + 1, line + 1)
        return (start, cells)
    }

    private mutating func cell() throws -> String {
        guard place < bytes.count, bytes[place] == 0x22 else {
            let start = place
            while place < bytes.count, bytes[place] != separator, bytes[place] != 0x0A, bytes[place] != 0x0D {
                place += 1
            }
            return String(decoding: bytes[start..<place], as: UTF8.self)
        }
        let begun = line
        var text: [UInt8] = []
        place += 1
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == 0x22 {
                guard place < bytes.count, bytes[place] == 0x22 else { return String(decoding: text, as: UTF8.self) }
                place += 1
            }
            if byte == 0x0A { line += 1 }
            text.append(byte)
        }
        throw Broken(line: begun, reason: "a quotation mark is not closed")
    }
}
