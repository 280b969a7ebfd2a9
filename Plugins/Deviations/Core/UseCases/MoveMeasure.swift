import CalendarKit
public import DeviationsContract
public import EventKit

/// Moves an unfinished measure to an owner with a date, so that it lives on when its case closes.
public struct MoveMeasure: Act {
    /// The measure's id.
    public var measure: String
    /// Id of the person who sees to it from now on.
    public var owner: String
    /// ISO 8601.
    public var dueOn: String

    public init(measure: String, owner: String, dueOn: String) {
        self.measure = measure
        self.owner = owner
        self.dueOn = dueOn
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<MeasureMoved> {
        let index = try deviation.indexOfUnfinishedMeasure(measure)
        var input = InputCheck()
        let owner = input.line(self.owner, .owner)
        let today = Oslo.date(at: now)
        let dueOn = input.date(self.dueOn, .dueOn, earliest: today, atMost: today.adding(days: 5 * 366))
        try input.finish()
        var changed = deviation
        changed.measures[index].owner = owner
        changed.measures[index].dueOn = dueOn
        changed.measures[index].isMoved = true
        return Change(
            changed, entry: TimelineEntry(.measureMoved, by: actor, at: now, reference: measure, date: dueOn),
            event: MeasureMoved(deviation: changed.facts, measure: measure, measureDueOn: dueOn))
    }
}
