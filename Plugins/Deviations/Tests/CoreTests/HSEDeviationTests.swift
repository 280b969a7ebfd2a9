import DeviationsCore
import EventKit
import Testing

@Suite struct HSEDeviationTests {
    private let choices = HSEChoices(units: ["ie", "ie-idi"], campuses: ["trondheim"])
    private let head = "reference;date;unit;campus;environment;status"

    private func today() throws -> CivilDate { try #require(CivilDate("2026-11-27")) }

    @Test func `a reference has codes and a date, and no room for a story`() throws {
        let draft = HSEDraft(
            reference: "HMS-2026.17", date: "2026-11-02", unit: "ie-idi", campus: "trondheim", environment: "physical",
            status: "closed")
        let deviation = try HSEDeviation(draft, choices: choices, today: today())
        #expect(!deviation.isOpen && deviation.environment == .physical)
        var wrong = draft
        (wrong.reference, wrong.date, wrong.unit) = ("Kari falt i trappa", "2026-11-28", "hf")
        (wrong.campus, wrong.environment, wrong.status) = ("", "x", "åpen")
        #expect(
            throws: DeviationError.invalid([
                FieldProblem(.reference, .notACode), FieldProblem(.date, .inTheFuture), FieldProblem(.unit, .unknown),
                FieldProblem(.campus, .missing), FieldProblem(.environment, .unknown), FieldProblem(.status, .unknown),
            ])
        ) { try HSEDeviation(wrong, choices: choices, today: today()) }
    }

    @Test(arguments: [";", ",", "\t"])
    func `a table is read as spreadsheets save or copy it`(separator: String) throws {
        let text = """
            \u{FEFF}Status;Reference; date;unit;campus;environment\r
            open;"H-1";2026-11-02;IE;trondheim;digital\r
            \r
            ;;;;;\r
            closed;H-2;2026-11-03;ie-idi;trondheim;physical\r\n
            """.replacing(";", with: separator)
        let (right, faults) = try HSETable(text).checked(choices, today: today())
        #expect(right.map(\.reference) == ["H-1", "H-2"] && right.map(\.isOpen) == [true, false])
        #expect(right.first?.unit == "ie" && faults.isEmpty)
    }

    @Test func `what is wrong is said row by row, and the rows that are right are right`() throws {
        let text = """
            \(head)
            H-1;2026-11-02;ie;trondheim;digital;open
            H 2;2026-11-02;ie;trondheim;digital
            H-1;2026-11-03;ie;trondheim;digital;open
            """
        let (right, faults) = try HSETable(text).checked(choices, today: today())
        #expect(right.count == 1)
        #expect(
            faults == [
                .init(line: 3, problem: FieldProblem(.reference, .notACode)),
                .init(line: 3, problem: FieldProblem(.status, .missing)),
                .init(line: 4, problem: FieldProblem(.reference, .taken)),
            ])
    }

    @Test func `a text that is no table is refused whole`() {
        #expect(throws: HSETableError.empty) { try HSETable("") }
        #expect(throws: HSETableError.empty) { try HSETable(head) }
        #expect(throws: HSETableError.columns([.unit, .status])) {
            try HSETable("reference;date;campus;environment\nH-1;2026-11-02;trondheim;digital")
        }
        let long = head + String(repeating: "\nH;2026-11-02;ie;trondheim;digital;open", count: HSETable.limit + 1)
        #expect(throws: HSETableError.tooMany(HSETable.limit)) { try HSETable(long) }
    }
}
