import EventKit
import Testing
import WhistleblowingCore

@Suite struct HandlingTests {
    @Test func `an acknowledgement is said in words, once, and has its day`() throws {
        let whistleblow = try Sample.acknowledged()
        #expect(whistleblow.state == .acknowledged && whistleblow.acknowledgedOn == Sample.later)
        expectRefused(Acknowledge(text: "Igjen"), on: whistleblow, .notPossible(.acknowledged))
        expectRefused(Acknowledge(text: " "), on: try Sample.received(), .invalid([FieldProblem(.text, .missing)]))
    }

    @Test func `a question is an acknowledgement too`() throws {
        let change = try AskReporter(text: "Når skjedde det?").apply(
            to: Sample.received(), by: "vigdis", on: Sample.later)
        #expect(
            change.whistleblow.acknowledgedOn == Sample.later
                && change.entries == [Entry(.asked, by: "vigdis", on: Sample.later, text: "Når skjedde det?")])
        #expect(!Entry.Kind.asked.isPrivate)
    }

    @Test func `a note is for keepers only and possible at any time`() throws {
        let change = try AddNote(text: "Snakket med HR.").apply(to: Sample.concluded(), by: "vigdis", on: Sample.later)
        #expect(change.entries[0].kind.isPrivate)
        #expect(change.whistleblow == (try Sample.concluded()))
    }

    @Test func `the first feedback stops the clock`() throws {
        let first = try GiveFeedback(text: "Vi undersøker.").apply(
            to: Sample.acknowledged(), by: "vigdis", on: Sample.later
        ).whistleblow
        let second = try GiveFeedback(text: "Mer.").apply(to: first, by: "vigdis", on: Sample.later.adding(days: 9))
            .whistleblow
        #expect(first.feedbackOn == Sample.later && second.feedbackOn == Sample.later)
    }

    @Test func `another category is remembered, and who chose it`() throws {
        let change = try Categorise(category: "violence").apply(to: Sample.received(), by: "vigdis", on: Sample.later)
        #expect(change.whistleblow.content.report.category == .violence && change.entries[0].category == .violence)
        expectRefused(
            Categorise(category: "?"), on: try Sample.received(), .invalid([FieldProblem(.category, .unknown)]))
    }

    @Test func `whoever withdraws is excluded for good, with a reason`() throws {
        let act = Exclude(person: "vigdis", reason: "Jeg kjenner den det gjelder.", remaining: ["torstein"])
        let change = try act.apply(to: Sample.received(), by: "vigdis", on: Sample.later)
        #expect(change.whistleblow.content.excluded == ["vigdis"] && change.entries[0].kind.isPrivate)
        expectRefused(
            Exclude(person: "vigdis", reason: "", remaining: ["torstein"]), on: try Sample.received(),
            .invalid([FieldProblem(.reason, .missing)]))
    }

    @Test func `the last who could handle a case stays on it`() throws {
        expectRefused(
            Exclude(person: "vigdis", reason: "Kjenner dem.", remaining: []), on: try Sample.received(), .nobodyLeft)
    }

    @Test func `a conclusion is told, counts as feedback and sets the day of deletion`() throws {
        let concluded = try Sample.concluded()
        #expect(concluded.state == .concluded && concluded.feedbackOn == Sample.later)
        #expect(concluded.deleteOn?.description == "2028-11-30")
        expectRefused(Conclude(text: "x", deadlines: Deadlines()), on: try Sample.received(), .notPossible(.received))
        expectRefused(GiveFeedback(text: "x"), on: concluded, .notPossible(.concluded))
    }

    @Test func `the reporter can always write`() throws {
        for whistleblow in [try Sample.received(), try Sample.acknowledged(), try Sample.concluded()] {
            let change = try AnswerKeepers(text: "Det skjedde igjen.", deadlines: Deadlines()).apply(
                to: whistleblow, by: nil, on: Sample.later)
            #expect(change.entries == [Entry(.answered, by: nil, on: Sample.later, text: "Det skjedde igjen.")])
        }
    }

    @Test func `a message just before the deletion postpones it, an early one does not`() throws {
        let concluded = try Sample.concluded()
        let deadlines = Deadlines()
        let act = AnswerKeepers(text: "Vent.", deadlines: deadlines)
        let late = try #require(concluded.deleteOn).adding(days: -1)
        #expect(try act.apply(to: concluded, by: nil, on: late).whistleblow.deleteOn?.description == "2029-02-28")
        #expect(try act.apply(to: concluded, by: nil, on: Sample.later).whistleblow.deleteOn == concluded.deleteOn)
    }
}
