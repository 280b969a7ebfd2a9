import CalendarKit
import EventKit
import ModuleKit
import Storage

/// One sync within its transaction.
struct SyncPass {
    let now: Timestamp
    let options: DirectoryImport.Options
    let tx: Transaction
    var report = SyncReport()
    var refusals: [SyncRefusal] = []
    var doubts: [String] = []
    /// By external id; those whom the source does not know are elsewhere.
    var people: [String: Person] = [:]
    private var units: Set<String> = []
    private var campuses: Set<String> = []
    private var before: Set<Vacancy> = []

    init(now: Timestamp, options: DirectoryImport.Options, tx: Transaction) {
        (self.now, self.options, self.tx) = (now, options, tx)
    }

    /// Reads what is there.
    mutating func begin() throws {
        let chart = try Directory.currentChart(in: tx)
        (units, campuses) = (Set(chart.units.map(\.id)), Set(chart.campuses.map(\.id)))
        before = chart.vacancies(at: now)
    }

    /// - Throws: `SyncRefused`, `SyncDoubted`.
    mutating func finish() throws -> SyncReport {
        guard refusals.isEmpty else { throw SyncRefused(refusals) }
        let after = try Directory.currentChart(in: tx).vacancies(at: now)
        report.warnings = after.map(Self.words).sorted()
        doubts += after.subtracting(before).map(Self.words).sorted()
        guard doubts.isEmpty || options.isSure else { throw SyncDoubted(reasons: doubts) }
        return report
    }

    private static func words(_ vacancy: Vacancy) -> String {
        switch vacancy {
        case .administration: "nobody is administrator"
        case .vault: "nobody is vault keeper: whistleblows would lie unread"
        case .reception(let unit): "nobody is intake officer for \(unit), nor for the central reception"
        }
    }

    mutating func refuse(_ file: CSVFile, _ line: Int, _ reason: String) {
        refusals.append(SyncRefusal(file: file.name, line: line, reason: reason))
    }

    // Units and campuses

    /// Parents before what lies below them, whatever the order of the lines.
    mutating func take(units file: CSVFile) throws {
        var known = Set(try Directory.currentChart(in: tx).units.map(\.id))
        var waiting = Array(file.rows.enumerated())
        while !waiting.isEmpty {
            var later: [(offset: Int, element: CSVFile.Row)] = []
            for (sort, row) in waiting {
                guard row["parent"].isEmpty || known.contains(row["parent"]) else {
                    later.append((sort, row))
                    continue
                }
                try take(row, sort: sort, file)
                known.insert(row["id"])
            }
            guard later.count < waiting.count else {
                for (_, row) in later {
                    refuse(file, row.line, "there is no unit “\(row["parent"])”, or it lies below itself")
                }
                throw SyncRefused(refusals)
            }
            waiting = later
        }
        guard refusals.isEmpty else { throw SyncRefused(refusals) }
    }

    private mutating func take(_ row: CSVFile.Row, sort: Int, _ file: CSVFile) throws {
        guard let kind = Unit.Kind(rawValue: row["kind"]), row["id"].wholeMatch(of: /[a-z0-9][a-z0-9-]{0,60}/) != nil
        else {
            return refuse(file, row.line, "id is of small letters, digits and hyphens, kind one of \(Self.kinds)")
        }
        let names = Translated(nb: row["name_nb"], nn: row["name_nn"], en: row["name_en"])
        guard ![names.nb, names.nn, names.en, row["short"]].contains("") else {
            return refuse(file, row.line, "short and the three names must not be empty")
        }
        try Directory.put(
            Unit(id: row["id"], parent: row["parent"].nonEmpty, kind: kind, short: row["short"], names: names),
            sort: sort, in: tx)
        report.units += 1
    }

    private static let kinds = "institution, faculty, department, reception, campus, welfare-organisation"

    mutating func take(campuses file: CSVFile) throws {
        for (sort, row) in file.rows.enumerated() {
            let names = Translated(nb: row["name_nb"], nn: row["name_nn"], en: row["name_en"])
            guard !row["id"].isEmpty, ![names.nb, names.nn, names.en].contains("") else {
                refuse(file, row.line, "id and the three names must not be empty")
                continue
            }
            try Directory.put(Campus(id: row["id"], names: names), sort: sort, in: tx)
            report.campuses += 1
        }
        guard refusals.isEmpty else { throw SyncRefused(refusals) }
    }

    /// The lines that can be read; the others are refused.
    mutating func lines<Line>(
        _ file: CSVFile,
        _ read: (CSVFile.Row, _ units: Set<String>, _ campuses: Set<String>) throws(PersonLine.Wrong) -> Line
    ) -> [Line] {
        var lines: [Line] = []
        for row in file.rows {
            do throws(PersonLine.Wrong) { lines.append(try read(row, units, campuses)) } catch {
                refuse(file, row.line, error.reason)
            }
        }
        return lines
    }
}
