import DeviationsContract
import DeviationsCore
import EventKit
import Testing

@Suite struct MergeReportsTests {
    private let merge = MergeReports { _ in nil }

    private func expectMergeRefused(_ main: Deviation, _ reports: [Deviation], _ expected: DeviationError) {
        #expect(throws: expected) { try merge.apply(to: main, reports, by: "ingrid", at: Sample.later) }
    }

    @Test func `reports become part of a case, stand where it stands, and the case counts them`() throws {
        let main = try Sample.assigned()
        let merged = try merge.apply(
            to: main, [Sample.receivedDeviation(), Sample.receivedDeviation()], by: "ingrid", at: Sample.later)
        #expect(merged.main.reports == 3 && merged.entry.kind.isPrivate)
        for part in merged.reports {
            #expect(part.deviation.mergedInto == main.id && part.deviation.status == .assigned)
            #expect(part.deviation.handler == "hamid" && part.entry.reference == nil && !part.entry.kind.isPrivate)
            #expect(part.event.into == main.id && part.event.reports == 3)
        }
    }

    @Test func `nothing, the case itself, and an ended case are refused`() throws {
        let main = try Sample.triaged()
        expectMergeRefused(main, [], .invalid([FieldProblem(.cases, .missing)]))
        expectMergeRefused(main, [main], .sameCase)
        expectMergeRefused(main, [try Sample.closed()], .notPossible(.closed))
        expectMergeRefused(try Sample.closed(), [main], .notPossible(.closed))
    }

    @Test func `the oldest report's case stays, so that its clock does`() throws {
        let act = ReceiveReport(report: try Sample.report(), handlingTime: HandlingTime())
        let younger = act.apply(id: Identifier.make(at: Sample.later), by: "ola", at: Sample.later).deviation
        expectMergeRefused(younger, [try Sample.receivedDeviation()], .olderThanCase)
        let merged = try merge.apply(to: try Sample.receivedDeviation(), [younger], by: "ingrid", at: Sample.later)
        #expect(merged.main.dueOn.description == "2026-12-28")
    }

    @Test func `what has measures or reports of its own is not merged into another`() throws {
        var full = try Sample.receivedDeviation()
        full.reports = 2
        expectMergeRefused(try Sample.receivedDeviation(), [full], .notMergeable)
        expectMergeRefused(try Sample.receivedDeviation(), [try Sample.withMeasure()], .notMergeable)
    }

    @Test func `whom a report is kept from, the case is kept from too`() throws {
        var report = try Sample.receivedDeviation()
        report.exclusions = [Exclusion(.named, person: "hamid")]
        let merged = try merge.apply(to: try Sample.assigned(), [report], by: "ingrid", at: Sample.later)
        #expect(merged.main.excluded == ["hamid"] && merged.main.handler == nil && merged.main.status == .received)
    }

    @Test
    func `whom the case is kept from, a report taken out of it is kept from too, but for its own reporter's line`()
        throws
    {
        var report = try Sample.receivedDeviation()
        report.mergedInto = "another"
        var main = try Sample.assigned()
        main.exclusions = [
            Exclusion(.named, person: "ingrid"), Exclusion(.recused, person: "hamid"),
            Exclusion(.line, person: "dagny"),
        ]
        let act = SeparateReport(from: main) { $0.contains("ingrid") ? "mottak" : nil }
        let separated = try act.apply(to: report, by: "knut", at: Sample.later).deviation
        #expect(separated.excluded == ["ingrid", "hamid"] && separated.unit == "mottak" && separated.mergedInto == nil)
    }

    @Test func `a report that is part of a case takes no step but replies of its own`() throws {
        var report = try Sample.triaged()
        report.mergedInto = "another"
        expectRefused(AddNote(text: "x"), on: report, .merged)
        expectRefused(AnswerTriage(answers: try #require(report.triage)), on: report, .merged)
        expectRefused(CloseDeviation(outcome: "x"), on: report, .merged)
        expectRefused(ForwardToFaculty(unit: "HF", reason: "x"), on: report, .merged)
        #expect(try ReplyToReporter(text: "Hei").apply(to: report, by: "hamid", at: Sample.later).entry.text == "Hei")
    }
}
