/// A database's rows as one stream of bytes, the same for both engines: frames of a kind, a length and a content.
///
/// A head, for each table its columns, its rows and their digest, and an end.
public enum Dump {
    /// What the rows are of, and as of when.
    public struct Head: Sendable, Codable {
        /// `data` or `keys`.
        public let kind: String
        public let installation: String
        /// Milliseconds since 1970.
        public let made: Int64
        /// The titles of the migrations that the tables have been through.
        let migrations: [String]
        /// Tables whose rows were left out.
        let without: [String]
    }

    /// A table as it was written.
    public struct Table: Sendable, Hashable, Codable {
        public let name: String
        public let rows: Int
        let digest: UInt64
    }

    /// What stands before a table's rows.
    struct Opening: Codable {
        let name: String
        let columns: [String]
        /// The last key the database has made for it, deleted rows' too; 0 when it makes none.
        let last: Int64
    }

    enum Frame: UInt8 {
        case head = 1
        case table, row, tableEnd, end
    }
}

/// How many rows there are and what they hold, whatever their order.
struct RowDigest {
    private(set) var rows = 0
    private(set) var sum: UInt64 = 0

    mutating func add(_ row: ArraySlice<UInt8>) {
        rows += 1
        sum &+= Digest.of(bytes: row)
    }

    func table(_ name: String) -> Dump.Table { Dump.Table(name: name, rows: rows, digest: sum) }
}
