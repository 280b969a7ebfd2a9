import GRDB
import GRDBSQLite

/// A prepared statement of SQLite: GRDB prepares it and sees that it is finalised, its rows are read directly.
///
/// GRDB's rows cost more than the queries: reading one case took 40 µs longer through them, a list of 50 twice as long.
@safe
final class SQLiteStatement {
    var isInUse = false
    /// Keeps the pointer valid.
    private let owner: Statement
    private let pointer: OpaquePointer

    init(_ owner: Statement) {
        self.owner = owner
        unsafe pointer = owner.sqliteStatement
    }

    /// Runs the statement with `values`, calling `body` at each row until it answers false.
    ///
    /// - Throws: `DatabaseError`, ``StorageError`` for a value that cannot be bound, or what `body` throws.
    func run(_ values: [SQLValue], _ body: (SQLiteStatement) throws -> Bool) throws {
        isInUse = true
        defer {
            unsafe sqlite3_reset(pointer)
            unsafe sqlite3_clear_bindings(pointer)
            isInUse = false
        }
        guard unsafe sqlite3_bind_parameter_count(pointer) == values.count else {
            throw StorageError(.other, "\(values.count) values do not fit (in: \(owner.sql))")
        }
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
        while true {
            switch unsafe sqlite3_step(pointer) {
            case SQLITE_ROW: if try !body(self) { return }
            case SQLITE_DONE: return
            case let code: throw failure(code)
            }
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) throws {
        if case .text(let text) = value { try text.refuseNUL() }
        // SQLite makes a copy of its own.
        let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        let code =
            switch value {
            case .null: unsafe sqlite3_bind_null(pointer, index)
            case .integer(let number): unsafe sqlite3_bind_int64(pointer, index, number)
            case .real(let number): unsafe sqlite3_bind_double(pointer, index, number)
            case .text(let text): unsafe sqlite3_bind_text(pointer, index, text, Int32(text.utf8.count), copied)
            // Without an address it would be NULL.
            case .blob(let bytes) where bytes.isEmpty: unsafe sqlite3_bind_zeroblob(pointer, index, 0)
            case .blob(let bytes): unsafe sqlite3_bind_blob(pointer, index, bytes, Int32(bytes.count), copied)
            }
        if code != SQLITE_OK { throw failure(code) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: unsafe sqlite3_errmsg(sqlite3_db_handle(pointer)).map { unsafe String(cString: $0) },
            sql: owner.sql)
    }
}

/// The columns of the row at which it stands; nil is NULL.
extension SQLiteStatement {
    func text(_ column: Int, _ note: Row.Problem) -> String? {
        guard holds(SQLITE_TEXT, column, "is not text", note),
            let start = unsafe sqlite3_column_text(pointer, Int32(column))
        else { return nil }
        let count = unsafe Int(sqlite3_column_bytes(pointer, Int32(column)))
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func integer(_ column: Int, _ note: Row.Problem) -> Int64? {
        holds(SQLITE_INTEGER, column, "is not an integer", note)
            ? unsafe sqlite3_column_int64(pointer, Int32(column)) : nil
    }

    func real(_ column: Int, _ note: Row.Problem) -> Double? {
        if unsafe sqlite3_column_type(pointer, Int32(column)) == SQLITE_INTEGER {
            return unsafe Double(sqlite3_column_int64(pointer, Int32(column)))
        }
        return holds(SQLITE_FLOAT, column, "is not a number", note)
            ? unsafe sqlite3_column_double(pointer, Int32(column)) : nil
    }

    func bytes(_ column: Int, _ note: Row.Problem) -> [UInt8]? {
        guard holds(SQLITE_BLOB, column, "does not hold bytes", note) else { return nil }
        let start = unsafe sqlite3_column_blob(pointer, Int32(column))
        let count = unsafe Int(sqlite3_column_bytes(pointer, Int32(column)))
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Whether there is such a value; what else there may be, other than NULL, is noted.
    private func holds(_ type: Int32, _ column: Int, _ complaint: String, _ note: Row.Problem) -> Bool {
        let found = unsafe sqlite3_column_type(pointer, Int32(column))
        if found == type { return true }
        let isThere = unsafe column < sqlite3_column_count(pointer)
        if note.text == nil, found != SQLITE_NULL || !isThere {
            note.text = "column \(column) \(isThere ? complaint : "does not exist")"
        }
        return false
    }
}
