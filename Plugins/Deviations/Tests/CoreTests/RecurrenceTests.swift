import DeviationsCore
import EventKit
import Testing

/// Recurring cases as a number of their own, of which no small number can be worked out.
@Suite struct RecurrenceTests {
    private typealias Place = CountTable.Place
    private typealias Sent = (unit: String, day: String, reopenings: Int)

    private func period() throws -> CountPeriod {
        CountPeriod(try #require(CivilDate("2026-11-01")), months: 2, follows: true)
    }

    private func count(_ cases: [Sent]) throws -> [String: Int] {
        var count = RecurrenceCount(try period())
        for sent in cases {
            count.add(
                category: "exam", unit: sent.unit, on: try #require(CivilDate(sent.day)), reopenings: sent.reopenings)
        }
        return Dictionary(count.cells.map { ($0.key.column, $0.value) }) { $0 + $1 }
    }

    @Test func `a case recurs when its unit had one of the category in the twelve months before`() throws {
        #expect(
            try count([("idi", "2025-11-03", 0), ("idi", "2026-11-03", 0), ("iik", "2026-11-04", 0)])
                == ["recurring": 1, "first": 1])
        // A day more, and it does not; the next one does.
        #expect(
            try count([
                ("iik", "2026-06-01", 0), ("idi", "2025-11-02", 0), ("idi", "2026-11-03", 0), ("idi", "2026-11-03", 0),
                ("iik", "2026-12-31", 0),
            ]) == ["recurring": 2, "first": 1])
        #expect(try RecurrenceCount.from(period()).description == "2025-11-01")
    }

    @Test func `a case that was opened again for the third time counts as recurring`() throws {
        #expect(try count([("idi", "2026-11-03", 3), ("iik", "2026-11-03", 2)]) == ["recurring": 1, "first": 1])
    }

    @Test func `a category is not split where the first ones would tell the number of units`() throws {
        #expect(try count([("idi", "2026-11-03", 0), ("idi", "2026-11-04", 0)]) == [CountTable.others: 2])
    }

    @Test func `that nothing recurs is not told either`() throws {
        func table(_ recurring: [Int], _ first: [Int]) throws -> CountTable {
            var counts: [Place: Int] = [:]
            for row in recurring.indices {
                counts[Place(row: "r\(row)", column: "recurring")] = recurring[row]
                counts[Place(row: "r\(row)", column: "first")] = first[row]
            }
            return try #require(CountTable(counts, minimum: 5, always: CountDimension.recurrence.columns))
        }
        #expect(try table([0, 0], [9, 8]).columns == [CountTable.others])
        #expect(try table([2, 1], [9, 8]).columns == [CountTable.others])
        let one = try table([0, 8], [9, 8])
        #expect(one.columns.count == 2 && one.cells.joined().allSatisfy { $0 == nil })
        #expect(try table([6, 8], [9, 8]).cells == [[8, 8], [9, 6]] as [[Int?]])
    }

    /// Every unit is a faculty, so that whoever looks knows as much of the units as can be known.
    @Test func `together with the faculties' numbers it lets no small number be worked out`() throws {
        var random = Random(seed: 25)
        let minimum = 2
        var shown = 0
        for _ in 0..<400 {
            let (rows, columns) = (random.number(1...3), random.number(2...3))
            var recurrence = RecurrenceCount(try period())
            var counts: [Place: Int] = [:]
            for row in 0..<rows {
                for column in 0..<columns {
                    let cases = random.number(0...3)
                    counts[Place(row: "\(row)", column: "\(column)")] = cases
                    let days = (random.number(0...2) == 0 ? ["2026-10-01"] : []) + (0..<cases).map { _ in "2026-11-05" }
                    for day in days {
                        recurrence.add(
                            category: "\(row)", unit: "\(column)", on: try #require(CivilDate(day)), reopenings: 0)
                    }
                }
            }
            guard let faculties = CountTable(counts, minimum: minimum),
                let split = CountTable(
                    recurrence.cells, minimum: minimum, always: CountDimension.recurrence.columns)
            else { continue }
            shown += split.cells.joined().count { $0 != nil }
            let possible = Worlds(faculties).values { split.allows($0) }
            for (place, values) in possible {
                let isOne = values.count == 1 && values.contains { (1..<minimum).contains($0) }
                try #require(!isOne, "\(place) of \(counts)")
            }
        }
        #expect(shown > 100)
    }
}

extension CountTable {
    /// Whether as many first cases as are shown could be in a world with these numbers of units that have any, by row.
    fileprivate func allows(_ units: [String: Int]) -> Bool {
        guard let column = columns.firstIndex(of: CountRecurrence.first.rawValue) else { return true }
        let few = rows.indices.allSatisfy { row in cells[row][column].map { $0 <= units[rows[row]] ?? 0 } ?? true }
        return few && columnTotals[column] <= units.values.reduce(0, +)
    }
}

/// Every way in which the hidden cells of a table of faculties could be filled.
private struct Worlds {
    let table: CountTable

    init(_ table: CountTable) { self.table = table }

    /// The values that each hidden cell could have in the worlds that are allowed, by how many cells of each row are not empty. Lines that are
    /// counted together may hold several.
    func values(where isAllowed: ([String: Int]) -> Bool) -> [CountTable.Place: Set<Int>] {
        let hidden = table.rows.indices.flatMap { row in
            table.columns.indices.filter { table.cells[row][$0] == nil }.map { (row, $0) }
        }
        var grid = table.cells.map { $0.map { $0 ?? 0 } }
        var found: [CountTable.Place: Set<Int>] = [:]
        func fill(_ index: Int) {
            guard index < hidden.count else {
                let isRight =
                    table.rows.indices.allSatisfy { grid[$0].reduce(0, +) == table.rowTotals[$0] }
                    && table.columns.indices.allSatisfy { column in
                        grid.reduce(0) { $0 + $1[column] } == table.columnTotals[column]
                    }
                guard isRight, isAllowed(units(grid)) else { return }
                for (row, column) in hidden {
                    let place = CountTable.Place(row: table.rows[row], column: table.columns[column])
                    found[place, default: []].insert(grid[row][column])
                }
                return
            }
            let (row, column) = hidden[index]
            for value in 0...table.rowTotals[row] {
                grid[row][column] = value
                fill(index + 1)
            }
            grid[row][column] = 0
        }
        fill(0)
        return found
    }

    /// How many faculties of each row have any; as many as there are cases where several are counted together.
    private func units(_ grid: [[Int]]) -> [String: Int] {
        var units: [String: Int] = [:]
        for row in table.rows.indices {
            units[table.rows[row]] = table.columns.indices.reduce(0) { sum, column in
                let isMany = table.rows[row] == CountTable.others || table.columns[column] == CountTable.others
                return sum + (isMany ? grid[row][column] : min(1, grid[row][column]))
            }
        }
        return units
    }
}
