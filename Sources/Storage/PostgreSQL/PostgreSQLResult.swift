import CPostgreSQL

/// The rows that a statement gave, in libpq's memory.
@safe
final class PostgreSQLResult {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

    deinit { unsafe PQclear(pointer) }

    var rowCount: Int32 { unsafe PQntuples(pointer) }

    var changedRows: Int { unsafe Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    var succeeded: Bool {
        unsafe [PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY, PGRES_COPY_IN].contains(PQresultStatus(pointer))
    }

    /// The parts of a server's error message, by libpq's `PG_DIAG_…` letters.
    enum Diagnosis: Unicode.Scalar {
        case state = "C"
        case message = "M"
        case detail = "D"
        case table = "t"
        case constraint = "n"
    }

    func diagnosis(_ part: Diagnosis) -> String? {
        unsafe PQresultErrorField(pointer, Int32(part.rawValue.value)).map { unsafe String(cString: $0) }
    }

    func text(_ row: Int32, _ column: Int, _ note: Row.Problem) -> String? {
        let column32 = Int32(column)
        guard unsafe column32 < PQnfields(pointer) else {
            if note.text == nil { note.text = "column \(column) does not exist" }
            return nil
        }
        guard unsafe PQgetisnull(pointer, row, column32) == 0,
            let characters = unsafe PQgetvalue(pointer, row, column32)
        else { return nil }
        return unsafe String(cString: characters)
    }

    func integer(_ row: Int32, _ column: Int, _ note: Row.Problem) -> Int64? {
        parsed(row, column, note, "is not an integer") { text in
            switch text {
            case "t": 1
            case "f": 0
            default: Int64(text)
            }
        }
    }

    func real(_ row: Int32, _ column: Int, _ note: Row.Problem) -> Double? {
        parsed(row, column, note, "is not a number") { Double($0) }
    }

    func bytes(_ row: Int32, _ column: Int, _ note: Row.Problem) -> [UInt8]? {
        parsed(row, column, note, "does not hold bytes", Self.hex)
    }

    private func parsed<Value>(
        _ row: Int32, _ column: Int, _ note: Row.Problem, _ complaint: String, _ parse: (String) -> Value?
    ) -> Value? {
        guard let text = text(row, column, note) else { return nil }
        let value = parse(text)
        if value == nil && note.text == nil { note.text = "column \(column) \(complaint)" }
        return value
    }

    /// PostgreSQL writes bytes as `\x` and two hexadecimal digits each.
    private static func hex(_ text: String) -> [UInt8]? {
        guard text.hasPrefix("\\x"), text.utf8.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 2 - 1)
        var high: UInt8?
        for character in text.utf8.dropFirst(2) {
            guard let digit = Character(Unicode.Scalar(character)).hexDigitValue else { return nil }
            if let first = high {
                bytes.append(first << 4 | UInt8(digit))
                high = nil
            } else {
                high = UInt8(digit)
            }
        }
        return bytes
    }
}
