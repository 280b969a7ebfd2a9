import DeviationsCore
import EventKit
import Testing

@Suite struct SummaryTests {
    @Test func `the public is told of a closed case, after a look that nobody is named`() throws {
        let told = PublishSummary(text: "Sensuren har fått reserver.", english: "", isAnonymous: true)
        let closed = try Sample.closed()
        let change = try told.apply(to: closed, by: "hamid", at: Sample.later)
        #expect(change.entry.kind == .summaryPublished && change.deviation == closed)
        expectRefused(told, on: try Sample.withCause(), .notPossible(.assigned))
        expectRefused(
            PublishSummary(text: " ", english: "", isAnonymous: false), on: try Sample.closed(),
            .invalid([FieldProblem(.summary, .missing), FieldProblem(.isAnonymous, .missing)]))
        expectRefused(
            PublishSummary(text: String(repeating: "a", count: 1001), english: "", isAnonymous: true),
            on: try Sample.closed(), .invalid([FieldProblem(.summary, .tooLong(limit: 1000))]))
    }
}

@Suite struct ReplyTemplateTests {
    @Test func `a template says number and dates of the case`() throws {
        let text = "Sak {number}, mottatt {received}: svar innen {due}."
        #expect(
            ReplyTemplate.filled(text, [.number: "2026-0001", .received: "i dag", .due: "28. desember"])
                == "Sak 2026-0001, mottatt i dag: svar innen 28. desember.")
    }

    @Test func `a template needs a name and three texts, and no other braces`() {
        let typed = ReplyTemplate(name: "", bokmaal: "Hei {navn}", nynorsk: "", english: "Case {number}")
        #expect(
            throws: DeviationError.invalid([
                FieldProblem(.templateName, .missing), FieldProblem(.bokmaal, .unknownPlaceholder),
                FieldProblem(.nynorsk, .missing),
            ])
        ) { try ReplyTemplate(typed: typed) }
    }
}

@Suite struct EffectTests {
    @Test func `whether a measure worked is said after it is done, also in a closed case`() throws {
        let check = CheckEffect(measure: "m1", effect: "Ingen forsinkelser siden.")
        expectRefused(check, on: try Sample.withMeasure(), .measureNotDone)
        expectRefused(CheckEffect(measure: "m9", effect: "x"), on: try Sample.withMeasure(), .unknownMeasure)
        let done = try Sample.withMeasure().after(CompleteMeasure(measure: "m1", effect: ""))
        let closed = try done.after(CloseDeviation(outcome: "Ordnet"))
        #expect(try closed.after(check).measures.first?.effect == "Ingen forsinkelser siden.")
        expectRefused(
            CheckEffect(measure: "m1", effect: " "), on: done, .invalid([FieldProblem(.effect, .missing)]))
    }
}
