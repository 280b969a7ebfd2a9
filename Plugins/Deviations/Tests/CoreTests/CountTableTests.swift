import DeviationsCore
import EventKit
import Testing

/// What everybody may see of counts gives no small one away.
@Suite struct CountTableTests {
    private typealias Place = CountTable.Place

    private func made(_ grid: [[Int]], minimum: Int = 5) -> CountTable? {
        var counts: [Place: Int] = [:]
        for (row, line) in grid.enumerated() {
            for (column, count) in line.enumerated() { counts[Place(row: "r\(row)", column: "c\(column)")] = count }
        }
        return CountTable(counts, minimum: minimum)
    }

    /// Every value that each hidden cell could have, as far as the totals shown tell.
    private func possible(_ table: CountTable) -> [Place: Set<Int>] {
        let hidden = table.rows.indices.flatMap { row in
            table.columns.indices.filter { table.cells[row][$0] == nil }.map { (row: row, column: $0) }
        }
        var rows = table.rows.indices.map { table.rowTotals[$0] - table.cells[$0].compactMap(\.self).reduce(0, +) }
        var columns = table.columns.indices.map { column in
            table.columnTotals[column] - table.cells.compactMap { $0[column] }.reduce(0, +)
        }
        var found: [Place: Set<Int>] = [:]
        var values = hidden.map { _ in 0 }
        func fill(_ index: Int) {
            guard index < hidden.count else {
                guard rows.allSatisfy({ $0 == 0 }), columns.allSatisfy({ $0 == 0 }) else { return }
                for (cell, value) in zip(hidden, values) {
                    found[Place(row: table.rows[cell.row], column: table.columns[cell.column]), default: []]
                        .insert(value)
                }
                return
            }
            let (row, column) = hidden[index]
            if index > 0, hidden[index - 1].row != row, rows[hidden[index - 1].row] != 0 { return }
            for value in 0...max(0, min(rows[row], columns[column])) {
                (rows[row], columns[column], values[index]) = (rows[row] - value, columns[column] - value, value)
                fill(index + 1)
                (rows[row], columns[column]) = (rows[row] + value, columns[column] + value)
            }
        }
        fill(0)
        return found
    }

    @Test func `a department's two cases in a category are hidden, and so is what they could be worked out from`()
        throws
    {
        let table = try #require(made([[2, 9, 7], [8, 6, 11], [12, 5, 6]]))
        let row = try #require(table.rows.firstIndex(of: "r0"))
        let column = try #require(table.columns.firstIndex(of: "c0"))
        #expect(table.cells[row][column] == nil)
        #expect(table.cells[row].filter { $0 == nil }.count >= 2)
        #expect(table.cells.filter { $0[column] == nil }.count >= 2)
        #expect(table.total == 66 && table.rowTotals.reduce(0, +) == 66 && table.columnTotals.reduce(0, +) == 66)
        let values = possible(table)[Place(row: "r0", column: "c0")] ?? []
        #expect(values.count > 1 && values.contains(2))
    }

    @Test func `what is small in all is counted together, with another when it is too small even so`() throws {
        let together = try #require(made([[9, 8], [2, 1], [1, 2]]))
        #expect(together.rows == ["r0", CountTable.others] && together.rowTotals == [17, 6])
        let withAnother = try #require(made([[9, 8], [3, 3], [1, 0]]))
        #expect(withAnother.rows == ["r0", CountTable.others] && withAnother.rowTotals == [17, 7])
        #expect(made([[2, 1], [1, 0]]) == nil)
        #expect(made([[2, 1], [1, 1]])?.rows == [CountTable.others])
        #expect(made([[0, 0]]) == nil)
    }

    @Test func `of two thousand tables none shows a small number, or lets one be worked out`() throws {
        var random = Random(seed: 14)
        var hidden = 0
        for _ in 0..<2_000 {
            let (rows, columns) = (random.number(1...3), random.number(1...3))
            let most = random.number(3...7)
            let grid = (0..<rows).map { _ in
                (0..<columns).map { _ in random.number(0...9) < 4 ? random.number(0...2) : random.number(0...most) }
            }
            let minimum = random.number(2...5)
            guard let table = made(grid, minimum: minimum) else { continue }
            let small = 1..<minimum
            try #require(!table.rowTotals.contains(where: small.contains))
            try #require(!table.columnTotals.contains(where: small.contains))
            try #require(!table.cells.joined().contains { $0.map(small.contains) ?? false }, "\(grid)")
            let possible = possible(table)
            for (place, values) in possible {
                let isOne = values.count == 1 && values.contains(where: small.contains)
                try #require(!isOne, "\(place) of \(grid) with \(minimum)")
            }
            hidden += possible.count
        }
        #expect(hidden > 1_000)
    }

    @Test func `of all pairs of tables with the same categories none lets a small number be worked out`() throws {
        var random = Random(seed: 36)
        for _ in 0..<300 {
            let sizes = (random.number(2...4), random.number(2...4), random.number(2...3))
            var cube: [[Int]: Int] = [:]
            for category in 0..<sizes.0 {
                for faculty in 0..<sizes.1 {
                    for campus in 0..<sizes.2 { cube[[category, faculty, campus]] = random.number(0...4) }
                }
            }
            func made(_ axis: Int) -> CountTable? {
                var counts: [Place: Int] = [:]
                for (at, count) in cube { counts[Place(row: "\(at[0])", column: "\(at[axis])"), default: 0] += count }
                return CountTable(counts, minimum: 5)
            }
            guard let first = made(1), let second = made(2) else { continue }
            #expect(first.rows == second.rows && first.rowTotals == second.rowTotals)
            let cells = cube.keys.sorted { $0.lexicographicallyPrecedes($1) }
            var system = LinearSystem()
            for (axis, table) in [(1, first), (2, second)] {
                for (row, column, sum) in table.sums {
                    system.add(cells.map { table.holds($0, axis, row, column) ? 1 : 0 }, sum)
                }
            }
            for (axis, table) in [(1, first), (2, second)] {
                for row in table.rows.indices {
                    for column in table.columns.indices where table.cells[row][column] == nil {
                        let asked = cells.map { table.holds($0, axis, row, column) ? 1 : 0 }
                        let count = cells.filter { table.holds($0, axis, row, column) }.reduce(0) {
                            $0 + (cube[$1] ?? 0)
                        }
                        #expect(!(1..<5).contains(count) || !system.determines(asked))
                    }
                }
            }
        }
    }

    @Test(arguments: [
        ("2026-01-01", 2, "2026-01-01", "2026-02-28"), ("2026-12-31", 2, "2026-11-01", "2026-12-31"),
        ("2024-02-29", 2, "2024-01-01", "2024-02-29"), ("2026-07-15", 6, "2026-07-01", "2026-12-31"),
        ("2026-07-15", 12, "2026-01-01", "2026-12-31"),
    ])
    func `a period is some whole months of a year`(day: String, months: Int, from: String, to: String) throws {
        let day = try #require(CivilDate(day))
        let period = CountPeriod(day, months: months, follows: false)
        #expect(period.from.description == from && period.to.description == to)
        #expect(CountPeriod(day, months: months, follows: true).from == day)
    }
}

extension CountTable {
    /// Every number shown, by the place of its row and column; nil for all of them.
    fileprivate var sums: [(row: Int?, column: Int?, Int)] {
        var sums: [(row: Int?, column: Int?, Int)] = [(nil, nil, total)]
        for row in rows.indices {
            sums.append((row, nil, rowTotals[row]))
            for column in columns.indices { if let count = cells[row][column] { sums.append((row, column, count)) } }
        }
        for column in columns.indices { sums.append((nil, column, columnTotals[column])) }
        return sums
    }

    /// Whether the place in the cube is counted there.
    fileprivate func holds(_ place: [Int], _ axis: Int, _ row: Int?, _ column: Int?) -> Bool {
        func index(_ code: Int, _ codes: [String]) -> Int? {
            codes.firstIndex(of: "\(code)") ?? codes.firstIndex(of: CountTable.others)
        }
        return (row == nil || index(place[0], rows) == row) && (column == nil || index(place[axis], columns) == column)
    }
}

/// What can be worked out from sums by adding and subtracting them, over a prime field.
private struct LinearSystem {
    private static let prime = 2_147_483_647
    private var lines: [(lead: Int, line: [Int])] = []

    mutating func add(_ line: [Int], _ sum: Int) {
        let reduced = reduced(line)
        guard let lead = reduced.firstIndex(where: { $0 != 0 }) else { return }
        let factor = Self.inverse(reduced[lead])
        lines.append((lead, reduced.map { $0 * factor % Self.prime }))
    }

    func determines(_ asked: [Int]) -> Bool { reduced(asked).allSatisfy { $0 == 0 } }

    private func reduced(_ line: [Int]) -> [Int] {
        var line = line
        for (lead, known) in lines where line[lead] != 0 {
            let factor = line[lead]
            for index in line.indices {
                line[index] = (line[index] - factor * known[index] % Self.prime + Self.prime) % Self.prime
            }
        }
        return line
    }

    private static func inverse(_ value: Int) -> Int {
        var (base, exponent, result) = (value, prime - 2, 1)
        while exponent > 0 {
            if exponent & 1 == 1 { result = result * base % prime }
            base = base * base % prime
            exponent >>= 1
        }
        return result
    }
}
