import CalendarKit
public import DeviationsContract
public import EventKit

/// Tells the reporter why it takes longer and when to expect an answer (forvaltningsloven § 11 a).
///
/// An act of its own: it closes nothing and leaves the due date alone, but from now on the expected date counts.
public struct SendPreliminaryReply: Act {
    /// Why it takes longer.
    public var cause: String
    /// ISO 8601; after today.
    public var expectedOn: String

    public init(cause: String, expectedOn: String) {
        self.cause = cause
        self.expectedOn = expectedOn
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<PreliminaryReplied> {
        try deviation.requireOpen()
        var input = InputCheck()
        let cause = input.text(self.cause, .cause)
        let tomorrow = Oslo.date(at: now).adding(days: 1)
        let expectedOn = input.date(
            self.expectedOn, .expectedOn, earliest: tomorrow, atMost: tomorrow.adding(days: 366))
        try input.finish()
        var changed = deviation
        changed.expectedOn = expectedOn
        return Change(
            changed, entry: TimelineEntry(.preliminaryReplied, by: actor, at: now, text: cause, date: expectedOn),
            event: PreliminaryReplied(deviation: changed.facts, expectedOn: expectedOn))
    }
}
