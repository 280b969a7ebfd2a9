/// Counts by line and column as everybody may see them: no number below a minimum, and none that could be worked out from the others.
///
/// Lines and columns that are too small in all are counted together, so that every total can be shown. Of the cells the small ones are
/// hidden, each with others beside it: the numbers shown would be the same if it were one greater (D. Gusfield, “A graph theoretic
/// approach to statistical data security”, 1988).
public struct CountTable: Sendable, Hashable {
    /// What stands for the lines or columns that are counted together.
    public static let others = ""

    /// Codes in the order shown, the greatest first and ``others`` last.
    public let rows, columns: [String]
    public let rowTotals, columnTotals: [Int]
    public let total: Int
    /// By row, then column; nil for what is hidden.
    public let cells: [[Int?]]

    /// A count by the codes of its line and column.
    public struct Place: Sendable, Hashable {
        public let row, column: String

        public init(row: String, column: String) { (self.row, self.column) = (row, column) }
    }

    /// Nil when there is less than `minimum` in all.
    ///
    /// - Parameter always: columns that are there whatever is counted. With them none is a small number too.
    public init?(_ counts: [Place: Int], minimum: Int, always: [String] = []) {
        let total = counts.values.reduce(0, +)
        let minimum = max(1, minimum)
        guard total >= minimum else { return nil }
        let (rows, columns) = (Lines(counts, \.row, minimum), Lines(counts, \.column, minimum, always))
        var grid = Array(repeating: Array(repeating: 0, count: columns.codes.count), count: rows.codes.count)
        for (place, count) in counts {
            guard let row = rows.index(of: place.row), let column = columns.index(of: place.column) else { continue }
            grid[row][column] += count
        }
        (self.rows, self.columns, self.total) = (rows.codes, columns.codes, total)
        rowTotals = grid.map { $0.reduce(0, +) }
        columnTotals = columns.codes.indices.map { column in grid.reduce(0) { $0 + $1[column] } }
        var suppression = Suppression(grid)
        suppression.hide(always.isEmpty ? 1..<minimum : 0..<minimum)
        cells = suppression.shown
    }
}

/// The lines of a table in one direction, the small ones put together.
private struct Lines {
    let codes: [String]

    init(
        _ counts: [CountTable.Place: Int], _ code: KeyPath<CountTable.Place, String>, _ minimum: Int,
        _ always: [String] = []
    ) {
        var totals = Dictionary(always.map { ($0, 0) }) { first, _ in first }
        for (place, count) in counts where count > 0 { totals[place[keyPath: code], default: 0] += count }
        var kept = totals.filter { $0.value >= minimum && $0.key != CountTable.others }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var together = totals.values.reduce(0, +) - kept.reduce(0) { $0 + $1.value }
        // A few alone would be too few together as well.
        let hasOthers = kept.count < totals.count
        while hasOthers, together < minimum, let smallest = kept.popLast() { together += smallest.value }
        codes = kept.map(\.key) + (hasOthers ? [CountTable.others] : [])
    }

    func index(of code: String) -> Int? { codes.firstIndex(of: code) ?? codes.firstIndex(of: CountTable.others) }
}
