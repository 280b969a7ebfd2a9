import CalendarKit
public import DeviationsContract
public import EventKit

/// Adds a corrective measure: what is done, against which cause, by whom, by when.
public struct AddMeasure: Act {
    /// A fresh UUIDv7.
    public var id: String
    public var action: String
    public var cause: String
    /// Id of the person who sees to it.
    public var owner: String
    /// ISO 8601.
    public var dueOn: String

    public init(id: String, action: String, cause: String, owner: String, dueOn: String) {
        self.id = id
        self.action = action
        self.cause = cause
        self.owner = owner
        self.dueOn = dueOn
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<MeasureAdded> {
        try deviation.require(.assigned)
        var input = InputCheck()
        let measure = Measure(
            id: id, action: input.text(action, .action), cause: input.text(cause, .cause),
            owner: input.line(owner, .owner),
            dueOn: input.date(
                dueOn, .dueOn, earliest: Oslo.date(at: now), atMost: Oslo.date(at: now).adding(days: 5 * 366)))
        try input.finish()
        var changed = deviation
        changed.measures.append(measure)
        return Change(
            changed,
            entry: TimelineEntry(
                .measureAdded, by: actor, at: now, text: measure.action, reference: measure.id, date: measure.dueOn),
            event: MeasureAdded(deviation: changed.facts, measure: measure.id, measureDueOn: measure.dueOn))
    }
}
