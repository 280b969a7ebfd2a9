public import Storage

/// What a system that keeps people up to date asks for.
extension Directory {
    /// People who meet a condition on the columns of `directory_person`, by id.
    public static func people(where condition: SQL, limit: Int, offset: Int, in reader: Reader) throws -> [Person] {
        try reader.query(
            "\(personColumns) WHERE \(condition) ORDER BY id LIMIT \(limit) OFFSET \(offset)", person)
    }

    public static func count(where condition: SQL, in reader: Reader) throws -> Int {
        try reader.first("SELECT COUNT(*) FROM directory_person WHERE \(condition)") { $0.int(0) } ?? 0
    }

    /// Sets what the person is known by, nothing included.
    public static func identify(_ id: String, username: String?, externalID: String?, in tx: Transaction) throws {
        try tx.execute(
            "UPDATE directory_person SET username = \(username), external_id = \(externalID) WHERE id = \(id)")
    }

    /// The person is not there any more for the system that brought them; their cases stay, and who they were.
    public static func remove(person id: String, in tx: Transaction) throws {
        try tx.execute("UPDATE directory_person SET removed = 1 WHERE id = \(id)")
    }

    public static func isRemoved(_ id: String, in reader: Reader) throws -> Bool {
        try reader.first("SELECT removed FROM directory_person WHERE id = \(id)") { $0.int(0) == 1 } ?? false
    }
}
