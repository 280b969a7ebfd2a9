/// How many rows a table has and what they hold, whatever their order.
struct TableDigest {
    private(set) var rows = 0
    private var sum: UInt64 = 0

    mutating func add(_ values: [SQLValue]) {
        rows += 1
        // Swift's hashing differs from run to run, but both sides are read in one.
        sum &+= UInt64(bitPattern: Int64(values.map(\.byItsBytes).hashValue))
    }

    /// In words; nil when there is none.
    func difference(from other: TableDigest) -> String? {
        if rows != other.rows { return "\(rows) rows became \(other.rows)" }
        return sum == other.sum ? nil : "the rows differ"
    }
}

extension SQLValue {
    /// Swift takes texts for the same that have the same letters in other bytes.
    fileprivate var byItsBytes: SQLValue { if case .text(let text) = self { .blob(Array(text.utf8)) } else { self } }
}
