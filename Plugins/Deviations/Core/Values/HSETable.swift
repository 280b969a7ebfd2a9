public import EventKit

/// References in a table, as a spreadsheet saves or copies it: a first line that names the columns, then a line for each.
public struct HSETable: Sendable, Hashable {
    /// The columns, in any order.
    public static let columns: [Field] = [.reference, .date, .unit, .campus, .environment, .status]
    /// Most lines below the first.
    public static let limit = 2000

    /// A line below the first.
    public struct Row: Sendable, Hashable {
        /// As an editor counts it, from 1.
        public let line: Int
        public let draft: HSEDraft
    }

    public let rows: [Row]

    /// Lines of nothing are passed over.
    ///
    /// - Throws: the columns that the first line lacks, or that there are no lines, or too many.
    public init(_ text: String) throws(HSETableError) {
        let lines = text.replacing("\u{FEFF}", with: "").split(omittingEmptySubsequences: false) { $0.isNewline }
            .enumerated().filter { !$0.element.allSatisfy { $0.isWhitespace || $0 == ";" || $0 == "," } }
        guard let head = lines.first, lines.count > 1 else { throw .empty }
        guard lines.count - 1 <= Self.limit else { throw .tooMany(Self.limit) }
        let separator: Character = ["\t", ";", ","].first { head.element.contains($0) } ?? ";"
        func cells(_ line: Substring) -> [String] {
            line.split(separator: separator, omittingEmptySubsequences: false).map { cell in
                let bare = cell.drop(while: \.isWhitespace)
                let end = bare.lastIndex { !$0.isWhitespace }
                let trimmed = end.map { bare[...$0] } ?? ""
                let isQuoted = trimmed.count > 1 && trimmed.first == "\"" && trimmed.last == "\""
                return String(isQuoted ? trimmed.dropFirst().dropLast() : trimmed)
            }
        }
        let names = cells(head.element).map { $0.lowercased() }
        let missing = Self.columns.filter { !names.contains($0.rawValue) }
        guard missing.isEmpty else { throw .columns(missing) }
        rows = lines.dropFirst().map { index, line in
            let cells = cells(line)
            func cell(_ field: Field) -> String {
                names.firstIndex(of: field.rawValue).flatMap { cells.indices.contains($0) ? cells[$0] : nil } ?? ""
            }
            return Row(
                line: index + 1,
                draft: HSEDraft(
                    reference: cell(.reference), date: cell(.date), unit: cell(.unit).lowercased(),
                    campus: cell(.campus).lowercased(), environment: cell(.environment).lowercased(),
                    status: cell(.status).lowercased()))
        }
    }

    /// What is wrong with a row.
    public struct Fault: Sendable, Hashable {
        public let line: Int
        public let problem: FieldProblem

        public init(line: Int, problem: FieldProblem) { (self.line, self.problem) = (line, problem) }
    }

    /// The rows that are right, and what is wrong with the others; of two with the same reference the second is wrong.
    public func checked(_ choices: HSEChoices, today: CivilDate) -> (right: [HSEDeviation], faults: [Fault]) {
        var (right, faults, seen): ([HSEDeviation], [Fault], Set<String>) = ([], [], [])
        for row in rows {
            do throws(DeviationError) {
                let deviation = try HSEDeviation(row.draft, choices: choices, today: today)
                if seen.insert(deviation.reference).inserted {
                    right.append(deviation)
                } else {
                    faults.append(Fault(line: row.line, problem: FieldProblem(.reference, .taken)))
                }
            } catch {
                if case .invalid(let problems) = error { faults += problems.map { Fault(line: row.line, problem: $0) } }
            }
        }
        return (right, faults)
    }
}

/// Why a text is no table of references.
public enum HSETableError: Error, Sendable, Hashable {
    /// There is no line below the first.
    case empty
    case tooMany(Int)
    /// The first line does not name these.
    case columns([Field])
}
