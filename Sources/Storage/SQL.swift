/// A statement and the values bound to it.
///
/// Written as a string literal in which every interpolated value becomes a bound `?`, never text:
/// `"SELECT title FROM deviations_case WHERE id = \(id)"`. `\(otherSQL)` splices another statement with its values,
/// `\(raw: name)` splices trusted text, such as the name of a table. Written in the SQL both engines share; what
/// differs is in ``Dialect``.
public struct SQL: Sendable, Hashable {
    /// The text with a `?` for each value.
    public private(set) var text: String
    /// The values in the order of their `?`.
    public private(set) var values: [SQLValue]

    /// `raw` as it stands; for trusted text only.
    public init(raw: String) {
        text = raw
        values = []
    }

    /// `?, ?, ?` with the values bound, for `IN (\(SQL.list(ids)))`; an empty list becomes `NULL`, which nothing is in.
    public static func list(_ values: some Sequence<some SQLBindable>) -> SQL {
        var list = SQL(raw: "")
        list.values = values.map(\.sqlValue)
        list.text = list.values.isEmpty ? "NULL" : repeatElement("?", count: list.values.count).joined(separator: ", ")
        return list
    }

    /// The parts one after the other with `separator` between them.
    public static func joined(_ parts: [SQL], separator: String) -> SQL {
        var whole = SQL(raw: parts.map(\.text).joined(separator: separator))
        whole.values = parts.flatMap(\.values)
        return whole
    }

    public static func + (a: SQL, b: SQL) -> SQL {
        var sum = a
        sum += b
        return sum
    }

    public static func += (a: inout SQL, b: SQL) {
        a.text += b.text
        a.values += b.values
    }
}

extension SQL: ExpressibleByStringInterpolation {
    public init(stringLiteral text: String) { self.init(raw: text) }

    public init(stringInterpolation: Interpolation) { self = stringInterpolation.sql }

    /// Collects the text and the bound values of an interpolated literal.
    public struct Interpolation: StringInterpolationProtocol {
        var sql = SQL(raw: "")

        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.text.reserveCapacity(literalCapacity + interpolationCount)
            sql.values.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) { sql.text += literal }

        public mutating func appendInterpolation(_ value: some SQLBindable) {
            sql.text += "?"
            sql.values.append(value.sqlValue)
        }

        /// Nil is bound as NULL. (Its own overload, as the compiler warns of optionals in interpolations without one.)
        public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
            sql.text += "?"
            sql.values.append(value.sqlValue)
        }

        public mutating func appendInterpolation(_ other: SQL) { sql += other }

        public mutating func appendInterpolation(raw: String) { sql.text += raw }
    }
}
