/// Hides the small counts of a table whose totals are all shown, and so many others that no small one can be worked out.
///
/// A hidden cell is safe when it lies on a ring of hidden cells in which it and every second one could be one greater and those between one
/// less: then the totals allow at least two values for it. Rows and columns are the places of a graph, cells the ways between them.
struct Suppression {
    private let grid: [[Int]]
    private var isHidden: [[Bool]]
    private let columns: Int

    /// Every total of `grid` must be greater than what is hidden in its line.
    init(_ grid: [[Int]]) {
        self.grid = grid
        columns = grid.first?.count ?? 0
        isHidden = grid.map { $0.map { _ in false } }
    }

    var shown: [[Int?]] {
        grid.indices.map { row in (0..<columns).map { isHidden[row][$0] ? nil : grid[row][$0] } }
    }

    mutating func hide(_ numbers: Range<Int>) {
        let small = grid.indices.flatMap { row in
            (0..<columns).filter { numbers.contains(grid[row][$0]) }.map { (row, $0) }
        }
        for (row, column) in small { isHidden[row][column] = true }
        for (row, column) in small { for cell in ring(through: row, column) { isHidden[cell.row][cell.column] = true } }
    }

    /// What has to be hidden beside a cell so that it could be one greater, at the least cost: the cells from its column back to its row.
    ///
    /// A column is left by a cell that can be one less, a row by any. There is always a way, as both totals are greater than the cell.
    private func ring(through row: Int, _ column: Int) -> [(row: Int, column: Int)] {
        let start = grid.count + column
        var cost = Array(repeating: Int.max, count: grid.count + columns)
        var before = Array(repeating: -1, count: cost.count)
        var open = Set(cost.indices)
        cost[start] = 0
        while let here = open.min(by: { (cost[$0], $0) < (cost[$1], $1) }), cost[here] < .max, here != row {
            open.remove(here)
            for next in open where (here < grid.count) != (next < grid.count) {
                let (r, c) = here < grid.count ? (here, next - grid.count) : (next, here - grid.count)
                let isGiving = next < grid.count
                if (r, c) == (row, column) || (isGiving && grid[r][c] == 0) { continue }
                let price = cost[here] + (isHidden[r][c] ? 0 : grid[r][c] + 1)
                if price < cost[next] { (cost[next], before[next]) = (price, here) }
            }
        }
        var cells: [(row: Int, column: Int)] = []
        var place = row
        while place != start, before[place] >= 0 {
            let other = before[place]
            cells.append((min(place, other), max(place, other) - grid.count))
            place = other
        }
        return cells
    }
}
