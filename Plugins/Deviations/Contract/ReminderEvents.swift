public import EventKit

/// A deadline is near: the due date, or the date that a preliminary reply has set.
public struct DeadlineNear: EventPayload, Hashable {
    public static let type = "deviations.deadline-near.v1"
    public var deviation: DeviationFacts
    public var deadline: CivilDate
    /// How many working days before the deadline this reminder belongs; 0 on the day itself.
    public var workingDays: Int

    public init(deviation: DeviationFacts, deadline: CivilDate, workingDays: Int) {
        self.deviation = deviation
        self.deadline = deadline
        self.workingDays = workingDays
    }
}

/// A deadline has passed without an answer or a preliminary reply.
public struct DeviationOverdue: EventPayload, Hashable {
    public static let type = "deviations.overdue.v1"
    public var deviation: DeviationFacts
    public var deadline: CivilDate
    /// How many working days past the deadline this reminder belongs.
    public var workingDays: Int
    /// How far up it goes: 1 the unit's own, 2 the line manager, 3 the manager above, 4 the central reception.
    public var level: Int

    public init(deviation: DeviationFacts, deadline: CivilDate, workingDays: Int, level: Int) {
        self.deviation = deviation
        self.deadline = deadline
        self.workingDays = workingDays
        self.level = level
    }
}

/// The due date, which is the one in `deviation`, was moved because its day was declared closed.
public struct DueDateMoved: EventPayload, Hashable {
    public static let type = "deviations.due-date-moved.v1"
    public var deviation: DeviationFacts
    public var fromDueOn: CivilDate

    public init(deviation: DeviationFacts, fromDueOn: CivilDate) {
        self.deviation = deviation
        self.fromDueOn = fromDueOn
    }
}

/// A measure is due soon, today, or was due without being done.
public struct MeasureDue: EventPayload, Hashable {
    public static let type = "deviations.measure-due.v1"
    public var deviation: DeviationFacts
    public var measure: String
    public var measureDueOn: CivilDate
    /// Working days from the due date at which this reminder belongs, below 0 before it.
    public var workingDays: Int

    public init(deviation: DeviationFacts, measure: String, measureDueOn: CivilDate, workingDays: Int) {
        self.deviation = deviation
        self.measure = measure
        self.measureDueOn = measureDueOn
        self.workingDays = workingDays
    }
}

/// A measure without a case is due soon, today, or was due without being done.
public struct CentralMeasureDue: EventPayload, Hashable {
    public static let type = "deviations.central-measure-due.v1"
    public var measure: String
    /// Code of the unit it is for.
    public var unit: String
    public var measureDueOn: CivilDate
    /// As in `MeasureDue`.
    public var workingDays: Int

    public init(measure: String, unit: String, measureDueOn: CivilDate, workingDays: Int) {
        self.measure = measure
        self.unit = unit
        self.measureDueOn = measureDueOn
        self.workingDays = workingDays
    }
}

/// It is time to see whether a measure that is done has worked.
public struct EffectDue: EventPayload, Hashable {
    public static let type = "deviations.effect-due.v1"
    public var deviation: DeviationFacts
    public var measure: String

    public init(deviation: DeviationFacts, measure: String) {
        self.deviation = deviation
        self.measure = measure
    }
}

/// Somebody looked whether a measure has worked.
public struct EffectChecked: EventPayload, Hashable {
    public static let type = "deviations.effect-checked.v1"
    public var deviation: DeviationFacts
    public var measure: String

    public init(deviation: DeviationFacts, measure: String) {
        self.deviation = deviation
        self.measure = measure
    }
}

/// What a case has led to was told to the public, or told anew.
public struct SummaryPublished: EventPayload, Hashable {
    public static let type = "deviations.summary-published.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}
