import DeviationsContract
import DeviationsCore
import EventKit
import Testing

/// Scenario 2: no event ever holds free text, a title, or a person.
@Suite struct ThinEventTests {
    @Test func `no step announces a word that was written, or a person`() throws {
        var deviation = try Sample.receivedDeviation()
        var events = [try event(DeviationReceived(deviation: deviation.facts))]
        func take(_ act: some Act) throws {
            let change = try act.apply(to: deviation, by: "PERSON", at: Sample.later)
            deviation = change.deviation
            events.append(try event(change.event))
        }
        try take(AnswerTriage(answers: Triage(isDeviation: true, holdsSensitiveData: true, isCensurable: false)))
        try take(SendToHandler(handler: "PERSON"))
        try take(AddNote(text: "WORDS"))
        try take(ReplyToReporter(text: "WORDS"))
        try take(AddFiles())
        try take(ForwardToFaculty(unit: "HF", reason: "WORDS"))
        try take(AnswerTriage(answers: Triage(isDeviation: true, holdsSensitiveData: true, isCensurable: false)))
        try take(SendToHandler(handler: "PERSON"))
        try take(RecordCause(whatHappened: "WORDS", why: "WORDS", prevention: "WORDS"))
        try take(AddMeasure(id: "m1", action: "WORDS", cause: "WORDS", owner: "PERSON", dueOn: "2027-01-01"))
        try take(MoveMeasure(measure: "m1", owner: "PERSON", dueOn: "2027-01-01"))
        try take(CompleteMeasure(measure: "m1", effect: "WORDS"))
        try take(SendPreliminaryReply(cause: "WORDS", expectedOn: "2027-01-20"))
        try take(CloseDeviation(outcome: "WORDS"))
        try take(CheckEffect(measure: "m1", effect: "WORDS"))
        try take(PublishSummary(text: "WORDS", english: "WORDS", isAnonymous: true))
        #expect(events.count == 17)
        for data in events {
            #expect(
                !data.contains("WORDS") && !data.contains("PERSON") && !data.contains("kari")
                    && !data.contains("Sensuren"))
            #expect(!data.contains("ensitive"))
        }
    }

    private func event(_ payload: some EventPayload) throws -> String {
        try Event(payload, subject: "d1", at: Sample.later).data
    }
}
