public import DeviationsContract
public import EventKit

/// Records what happened, why, and what keeps it from happening again where no measure says it. It can be put better until the case is closed.
public struct RecordCause: Act {
    public var whatHappened: String
    public var why: String
    /// May be empty.
    public var prevention: String

    public init(whatHappened: String, why: String, prevention: String = "") {
        self.whatHappened = whatHappened
        self.why = why
        self.prevention = prevention
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<CauseRecorded> {
        try deviation.require(.assigned)
        var input = InputCheck()
        let cause = Cause(
            whatHappened: input.text(whatHappened, .whatHappened), why: input.text(why, .why),
            prevention: input.textIfAny(prevention, .prevention))
        try input.finish()
        var changed = deviation
        changed.cause = cause
        return Change(
            changed,
            entry: TimelineEntry(.causeRecorded, by: actor, at: now, text: cause.words),
            event: CauseRecorded(deviation: changed.facts))
    }
}
