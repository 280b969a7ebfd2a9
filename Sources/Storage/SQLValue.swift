public import EventKit

/// A value as the databases know it.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    /// Must not contain the character NUL, which PostgreSQL cannot hold: a statement with one is refused.
    case text(String)
    case blob([UInt8])
}

/// What can be bound to a statement.
public protocol SQLBindable {
    /// How the value is stored.
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLBindable {
    public var sqlValue: SQLValue { self }
}

extension String: SQLBindable {
    public var sqlValue: SQLValue { .text(self) }
}

extension Int: SQLBindable {
    public var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int64: SQLBindable {
    public var sqlValue: SQLValue { .integer(self) }
}

extension Bool: SQLBindable {
    /// 1 or 0, in a column of type INTEGER.
    public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension Double: SQLBindable {
    public var sqlValue: SQLValue { .real(self) }
}

extension [UInt8]: SQLBindable {
    public var sqlValue: SQLValue { .blob(self) }
}

extension Timestamp: SQLBindable {
    /// Milliseconds since 1970, in a column of type BIGINT.
    public var sqlValue: SQLValue { .integer(milliseconds) }
}

extension CivilDate: SQLBindable {
    /// ISO 8601 text, which orders as dates do.
    public var sqlValue: SQLValue { .text(description) }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}
