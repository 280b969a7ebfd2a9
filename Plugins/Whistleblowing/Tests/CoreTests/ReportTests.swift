import EventKit
import Testing
import WhistleblowingCore

@Suite struct ReportTests {
    @Test func `a report needs a category, a campus, a title and a description, and says all that is missing at once`()
    {
        #expect(
            throws: WhistleblowingError.invalid(
                [.category, .campus, .title, .description].map { FieldProblem($0, .missing) })
        ) {
            try CheckedReport(ReportDraft(), choices: Sample.choices, today: Sample.today)
        }
    }

    @Test(arguments: [("2026-11-28", Problem.inTheFuture), ("i går", .notADate)])
    func `a day that cannot be is refused`(day: String, problem: Problem) {
        var draft = Sample.draft
        draft.occurredOn = day
        #expect(throws: WhistleblowingError.invalid([FieldProblem(.occurredOn, problem)])) {
            try CheckedReport(draft, choices: Sample.choices, today: Sample.today)
        }
    }

    @Test(arguments: [("mobbing", "trondheim", Field.category), ("bullying", "oslo", .campus)])
    func `an unknown code is refused`(category: String, campus: String, field: Field) {
        var draft = Sample.draft
        (draft.category, draft.campus) = (category, campus)
        #expect(throws: WhistleblowingError.invalid([FieldProblem(field, .unknown)])) {
            try CheckedReport(draft, choices: Sample.choices, today: Sample.today)
        }
    }

    @Test func `whoever the reporter excludes is excluded, and so are the reporter and those who are named`() throws {
        var draft = Sample.draft
        draft.excluded = ["torstein"]
        let report = try CheckedReport(draft, choices: Sample.choices, today: Sample.today)
        let change = ReceiveReport(report: report).apply(id: "c1", by: "kari", named: ["dagny"], on: Sample.today)
        #expect(change.whistleblow.content.excluded == ["torstein", "kari", "dagny"])
        #expect(change.whistleblow.content.reporter == "kari" && change.whistleblow.state == .received)
        #expect(change.entries.map(\.kind) == [.received] && change.entries[0].author == nil)
    }

    @Test func `a report that nobody could read is refused`() {
        var draft = Sample.draft
        draft.excluded = ["torstein", "vigdis"]
        #expect(throws: WhistleblowingError.invalid([FieldProblem(.excluded, .nobodyLeft)])) {
            try CheckedReport(draft, choices: Sample.choices, today: Sample.today)
        }
    }

    @Test func `every category is listed once`() {
        #expect(Category.listed.count == Category.allCases.count && Set(Category.listed) == Set(Category.allCases))
    }
}
