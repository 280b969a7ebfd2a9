public import EventKit

/// One row of a result, valid within the closure that got it; columns are counted from 0.
///
/// A column that holds something else than what is asked for makes the whole query throw once the closure returns;
/// until then an empty value stands in for it.
public struct Row {
    enum Source {
        case sqlite(SQLiteStatement)
        case postgres(PostgreSQLResult, Int32)
    }

    /// What was wrong with the columns read so far; shared by the rows of a query.
    final class Problem {
        var text: String?
    }

    let source: Source
    private let note: Problem

    init(_ source: Source, _ note: Problem) {
        self.source = source
        self.note = note
    }

    var problem: String? { note.text }

    /// Text; nil for NULL, as with all that follow.
    public func textOrNil(_ column: Int) -> String? {
        switch source {
        case .sqlite(let row): row.text(column, note)
        case .postgres(let result, let row): result.text(row, column, note)
        }
    }

    /// A 64-bit integer.
    public func int64OrNil(_ column: Int) -> Int64? {
        switch source {
        case .sqlite(let row): row.integer(column, note)
        case .postgres(let result, let row): result.integer(row, column, note)
        }
    }

    /// A floating point number.
    public func doubleOrNil(_ column: Int) -> Double? {
        switch source {
        case .sqlite(let row): row.real(column, note)
        case .postgres(let result, let row): result.real(row, column, note)
        }
    }

    /// Bytes.
    public func bytesOrNil(_ column: Int) -> [UInt8]? {
        switch source {
        case .sqlite(let row): row.bytes(column, note)
        case .postgres(let result, let row): result.bytes(row, column, note)
        }
    }

    /// A date, stored as ISO 8601 text.
    public func dateOrNil(_ column: Int) -> CivilDate? {
        guard let text = textOrNil(column) else { return nil }
        return CivilDate(text) ?? mismatch(column, "is not a date", nil)
    }

    /// A moment, stored in milliseconds since 1970.
    public func timeOrNil(_ column: Int) -> Timestamp? { int64OrNil(column).map { Timestamp(milliseconds: $0) } }

    /// An integer.
    public func intOrNil(_ column: Int) -> Int? { int64OrNil(column).map { Int($0) } }

    /// A flag, stored as 1 or 0.
    public func boolOrNil(_ column: Int) -> Bool? { int64OrNil(column).map { $0 != 0 } }
}

extension Row {
    /// Text that is not NULL, as with all that follow.
    public func text(_ column: Int) -> String { textOrNil(column) ?? null(column, "") }

    /// A 64-bit integer.
    public func int64(_ column: Int) -> Int64 { int64OrNil(column) ?? null(column, 0) }

    /// A floating point number.
    public func double(_ column: Int) -> Double { doubleOrNil(column) ?? null(column, 0) }

    /// Bytes.
    public func bytes(_ column: Int) -> [UInt8] { bytesOrNil(column) ?? null(column, []) }

    /// A date, stored as ISO 8601 text.
    public func date(_ column: Int) -> CivilDate { dateOrNil(column) ?? null(column, CivilDate(daysSince1970: 0)) }

    /// A moment, stored in milliseconds since 1970.
    public func time(_ column: Int) -> Timestamp { Timestamp(milliseconds: int64(column)) }

    /// An integer.
    public func int(_ column: Int) -> Int { Int(int64(column)) }

    /// A flag, stored as 1 or 0.
    public func bool(_ column: Int) -> Bool { int64(column) != 0 }

    private func null<Value>(_ column: Int, _ stand: Value) -> Value { mismatch(column, "is null", stand) }

    private func mismatch<Value>(_ column: Int, _ what: String, _ stand: Value) -> Value {
        if note.text == nil { note.text = "column \(column) \(what)" }
        return stand
    }
}
