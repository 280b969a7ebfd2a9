import CalendarKit
public import EventKit

/// Starts a corrective measure of the institution or a faculty, without a case: the education quality department follows trends and
/// sees to it (guideline, “Avdeling for utdanningskvalitet”).
public struct StartCentralMeasure: Sendable {
    public var unit: String
    public var action: String
    /// What it is to take away: a trend.
    public var cause: String
    /// ISO 8601.
    public var dueOn: String

    public init(unit: String, action: String, cause: String, dueOn: String) {
        (self.unit, self.action, self.cause, self.dueOn) = (unit, action, cause, dueOn)
    }

    /// The measure, which `actor` starts at `now`.
    ///
    /// - Parameters:
    ///   - id: a fresh UUIDv7.
    ///   - units: codes of those it can be for.
    /// - Throws: `DeviationError.invalid` that names every field that is wrong.
    public func measure(
        _ id: String, by actor: String, for units: Set<String>, at now: Timestamp
    ) throws(DeviationError) -> Measure {
        var input = InputCheck()
        _ = input.code(unit, .unit) { units.contains($0) ? $0 : nil }
        let today = Oslo.date(at: now)
        let measure = Measure(
            id: id, action: input.text(action, .action), cause: input.text(cause, .cause), owner: actor,
            dueOn: input.date(dueOn, .dueOn, earliest: today, atMost: today.adding(days: 5 * 366)))
        try input.finish()
        return measure
    }
}
