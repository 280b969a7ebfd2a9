import DeviationsCore
import EventKit
import Testing

@Suite struct MaskAndBehalfTests {
    @Test func `a mask needs a passage and a reason that does not repeat it`() throws {
        let deviation = try Sample.assigned()
        let change = try MaskPassage(id: "m1", passage: "Per Hansen", reason: "Navn på en student")
            .apply(to: deviation, by: "hamid", at: Sample.later)
        #expect(
            change.entry.text == "Navn på en student" && change.entry.reference == "m1" && change.entry.kind.isPrivate)
        expectRefused(
            MaskPassage(id: "m1", passage: "", reason: ""), on: deviation,
            .invalid([FieldProblem(.passage, .missing), FieldProblem(.reason, .missing)]))
        expectRefused(
            MaskPassage(id: "m1", passage: "ab", reason: "x"), on: deviation,
            .invalid([FieldProblem(.passage, .tooShort)]))
        expectRefused(
            MaskPassage(id: "m1", passage: "Per Hansen", reason: "PER HANSEN er student"), on: deviation,
            .invalid([FieldProblem(.reason, .repeatsPassage)]))
    }

    @Test func `looking at what is hidden needs a reason, which is kept`() throws {
        let change = try UnmaskPassage(mask: "m1", reason: "Klage").apply(
            to: Sample.closed(), by: "ingrid", at: Sample.later)
        #expect(change.entry.text == "Klage" && change.entry.author == "ingrid" && change.entry.kind.isPrivate)
        expectRefused(
            UnmaskPassage(mask: "m1", reason: " "), on: try Sample.closed(), .invalid([FieldProblem(.reason, .missing)])
        )
    }

    @Test(arguments: [true, false])
    func `a report on behalf belongs to whom the student chose, with both people and the consent`(toStudent: Bool)
        throws
    {
        var draft = Sample.draft
        (draft.isOnBehalf, draft.behalfStudent, draft.behalfConsent) = (true, "ola", "Muntlig, 20. november")
        draft.behalfReplies = toStudent ? "student" : "submitter"
        let act = ReceiveReport(report: try Sample.report(draft), handlingTime: HandlingTime())
        let deviation = act.apply(id: "d1", by: "kari", at: Sample.received).deviation
        #expect(deviation.reporter == (toStudent ? "ola" : "kari") && deviation.report.onBehalf == nil)
        let behalf = OnBehalf(
            student: "ola", submitter: "kari", consent: "Muntlig, 20. november", repliesToStudent: toStudent)
        #expect(deviation.onBehalf == behalf)
    }

    @Test func `on behalf of somebody without name, consent or choice is refused`() throws {
        var draft = Sample.draft
        draft.isOnBehalf = true
        let expected = DeviationError.invalid([
            FieldProblem(.behalfReplies, .missing), FieldProblem(.behalfStudent, .missing),
            FieldProblem(.behalfConsent, .missing),
        ])
        #expect(throws: expected) { try Sample.report(draft) }
    }
}
