public import DeviationsContract
public import EventKit

/// Records what happened, and why. It can be put better until the case is closed.
public struct RecordCause: Act {
    public var whatHappened: String
    public var why: String

    public init(whatHappened: String, why: String) {
        self.whatHappened = whatHappened
        self.why = why
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<CauseRecorded> {
        try deviation.require(.assigned)
        var input = InputCheck()
        let cause = Cause(
            whatHappened: input.text(whatHappened, .whatHappened), why: input.text(why, .why))
        try input.finish()
        var changed = deviation
        changed.cause = cause
        return Change(
            changed,
            entry: TimelineEntry(.causeRecorded, by: actor, at: now, text: "\(cause.whatHappened)\n\n\(cause.why)"),
            event: CauseRecorded(deviation: changed.facts))
    }
}
