import GRDB

extension StorageError {
    init(_ error: DatabaseError) {
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        let place = error.sql.map { " (in: \($0))" } ?? ""
        self.init(Self.kind(error, reason), reason + place)
    }

    init(openingSQLite path: String, _ error: DatabaseError) {
        let reason =
            switch error.resultCode {
            case .SQLITE_CANTOPEN: "it cannot be read or made; check that its folder exists and may be written to"
            case .SQLITE_NOTADB, .SQLITE_CORRUPT: "the file is not a database, or is damaged"
            case .SQLITE_READONLY, .SQLITE_PERM: "it may not be written to"
            default: error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
            }
        self.init(Self.kind(error, reason), "cannot open the database \(path): \(reason)")
    }

    private static func kind(_ error: DatabaseError, _ reason: String) -> Kind {
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            return .unique(reason.split(separator: ": ", maxSplits: 1).dropFirst().first.map(String.init))
        case .SQLITE_CONSTRAINT_FOREIGNKEY: return .foreignKey
        case .SQLITE_CONSTRAINT_CHECK, .SQLITE_CONSTRAINT_NOTNULL: return .check
        default: break
        }
        return switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR: .unavailable
        case .SQLITE_FULL: .full
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt
        default: .other
        }
    }
}
