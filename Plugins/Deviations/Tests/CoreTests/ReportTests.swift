import DeviationsCore
import EventKit
import Testing

@Suite struct ReportTests {
    @Test func `a complete report is accepted as typed, trimmed`() throws {
        var draft = Sample.draft
        draft.title = "  Sensuren er forsinket \n"
        draft.description = "første linje\r\nandre linje\t1\r\n"
        draft.occurredOn = "2026-11-27"
        let report = try Sample.report(draft)
        #expect(report.title == "Sensuren er forsinket")
        #expect(report.description == "første linje\nandre linje\t1")
        #expect(report.environment == .organisational)
        #expect(report.occurredOn?.description == "2026-11-27")
        #expect(report.ordinaryChannels == .tried(which: [.teacher, .referenceGroup], when: "i uke 46"))
    }

    @Test func `an empty form names every field that is missing, in order`() {
        let fields: [Field] = [.serious, .title, .description, .unit, .campus, .category, .environment, .channelsTried]
        expectProblems(ReportDraft(), fields.map { FieldProblem($0, .missing) })
    }

    @Test(arguments: [
        (String(repeating: "å", count: 201), Problem.tooLong(limit: 200)), ("linje\nlinje", .controlCharacter),
        ("\u{0}", .controlCharacter), (" \u{A0} ", .missing),
    ])
    func `a wrong title is refused`(typed: String, problem: Problem) {
        var draft = Sample.draft
        draft.title = typed
        expectProblems(draft, [FieldProblem(.title, problem)])
    }

    @Test(arguments: [
        (String(repeating: "x", count: 20_001), Problem.tooLong(limit: 20_000)), ("a\u{1B}[31m", .controlCharacter),
        ("a\rb", .controlCharacter), ("\n", .missing),
    ])
    func `a wrong description is refused`(typed: String, problem: Problem) {
        var draft = Sample.draft
        draft.description = typed
        expectProblems(draft, [FieldProblem(.description, problem)])
    }

    @Test func `unknown codes are refused, all of them named`() {
        var draft = Sample.draft
        draft.unit = "XX"
        draft.campus = "oslo"
        draft.category = "weather"
        draft.environment = "Physical"
        draft.threshold = "always"
        let fields: [Field] = [.unit, .campus, .category, .environment, .threshold]
        expectProblems(draft, fields.map { FieldProblem($0, .unknown) })
    }

    @Test(arguments: [("27.11.2026", Problem.notADate), ("2026-11-31", .notADate), ("2026-11-28", .inTheFuture)])
    func `a wrong date is refused`(typed: String, problem: Problem) {
        var draft = Sample.draft
        draft.occurredOn = typed
        expectProblems(draft, [FieldProblem(.occurredOn, problem)])
    }

    @Test func `tried is refused without when`() {
        var draft = Sample.draft
        draft.channelsWhen = ""
        expectProblems(draft, [FieldProblem(.channelsWhen, .missing)])
    }

    @Test func `limits are inclusive`() throws {
        var draft = Sample.draft
        draft.title = String(repeating: "å", count: 200)
        draft.description = String(repeating: "x", count: 20_000)
        #expect(try Sample.report(draft).title.count == 200)
    }

    @Test func `an employee's threshold is kept`() throws {
        var draft = Sample.draft
        draft.threshold = "lasting-over-time"
        draft.channelsWhich = ["programme-council", "programme-council"]
        let report = try Sample.report(draft)
        #expect(report.threshold == .lastingOverTime)
        #expect(report.ordinaryChannels == .tried(which: [.programmeCouncil], when: "i uke 46"))
    }

    @Test func `not tried is accepted with a reason`() throws {
        var draft = Sample.draft
        draft.channelsTried = false
        draft.channelsReason = "Det er læreren som er problemet."
        #expect(try Sample.report(draft).ordinaryChannels == .notTried(reason: "Det er læreren som er problemet."))
    }

    @Test func `not tried is refused without a reason`() {
        var draft = Sample.draft
        draft.channelsTried = false
        expectProblems(draft, [FieldProblem(.channelsReason, .missing)])
    }

    @Test(arguments: [([], Problem.missing), (["teacher", "twitter"], .unknown)])
    func `tried is refused without known channels`(which: [String], problem: Problem) {
        var draft = Sample.draft
        draft.channelsWhich = which
        expectProblems(draft, [FieldProblem(.channelsWhich, problem)])
    }

    @Test func `students and employees together are offered every channel once`() {
        #expect(Set(Channel.forStudents).isDisjoint(with: Channel.forEmployees))
        #expect(Set(Channel.forStudents + Channel.forEmployees) == Set(Channel.allCases))
    }

    private func expectProblems(
        _ draft: ReportDraft, _ problems: [FieldProblem], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: DeviationError.invalid(problems), sourceLocation: sourceLocation) { try Sample.report(draft) }
    }
}
