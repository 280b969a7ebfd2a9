public import EventKit

/// Every type of event that this module announces.
public enum DeviationEvents {
    public static let all: [any EventPayload.Type] = [
        DeviationReceived.self, DeviationTriaged.self, DeviationAssigned.self, DeviationForwarded.self,
        DeviationRejected.self, DeviationNoted.self, DeviationReplied.self, CauseRecorded.self, MeasureAdded.self,
        MeasureMoved.self, MeasureCompleted.self, PreliminaryReplied.self, DeviationClosed.self,
        DeadlineNear.self, DeviationOverdue.self, DueDateMoved.self, MeasureDue.self, CentralMeasureDue.self,
        EffectDue.self,
        EffectChecked.self, SummaryPublished.self,
        DeviationWithdrawn.self, DeviationContinued.self,
        DeviationFilesAdded.self,
        PeopleExcluded.self, DeviationReopened.self, ReportMerged.self, ReportSeparated.self,
        FirstReporterReplied.self,
        DeviationTakenOver.self, ConsultationOpened.self, ConsultationAnswered.self, ConsultationDeclined.self,
        PassageMasked.self, PassageUnmasked.self, ReporterAnswered.self, FeedbackGiven.self, FeedbackDue.self,
        RetentionNear.self, DeviationKept.self, ContentRemoved.self,
    ]
}

/// A report came in.
public struct DeviationReceived: EventPayload, Hashable {
    public static let type = "deviations.received.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}

/// The intake officer answered the three questions. The answers themselves are not said.
public struct DeviationTriaged: EventPayload, Hashable {
    public static let type = "deviations.triaged.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}

/// The case was sent to a case handler.
public struct DeviationAssigned: EventPayload, Hashable {
    public static let type = "deviations.assigned.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}

/// The case went to another faculty, which is the unit in `deviation`.
public struct DeviationForwarded: EventPayload, Hashable {
    public static let type = "deviations.forwarded.v1"
    public var deviation: DeviationFacts
    /// Code of the unit it came from.
    public var fromUnit: String
    /// How many times it has been forwarded, this time included.
    public var forwardings: Int

    public init(deviation: DeviationFacts, fromUnit: String, forwardings: Int) {
        self.deviation = deviation
        self.fromUnit = fromUnit
        self.forwardings = forwardings
    }
}

/// The report was rejected; the reporter has the reason.
public struct DeviationRejected: EventPayload, Hashable {
    public static let type = "deviations.rejected.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}

/// An internal note was added.
public struct DeviationNoted: EventPayload, Hashable {
    public static let type = "deviations.noted.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}

/// The reporter was given a reply.
public struct DeviationReplied: EventPayload, Hashable {
    public static let type = "deviations.replied.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}

/// What happened, and why, was recorded.
public struct CauseRecorded: EventPayload, Hashable {
    public static let type = "deviations.cause-recorded.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}

/// A corrective measure got an owner and a date.
public struct MeasureAdded: EventPayload, Hashable {
    public static let type = "deviations.measure-added.v1"
    public var deviation: DeviationFacts
    public var measure: String
    public var measureDueOn: CivilDate

    public init(deviation: DeviationFacts, measure: String, measureDueOn: CivilDate) {
        self.deviation = deviation
        self.measure = measure
        self.measureDueOn = measureDueOn
    }
}

/// A corrective measure was handed to an owner with a date, to live on without its case.
public struct MeasureMoved: EventPayload, Hashable {
    public static let type = "deviations.measure-moved.v1"
    public var deviation: DeviationFacts
    public var measure: String
    public var measureDueOn: CivilDate

    public init(deviation: DeviationFacts, measure: String, measureDueOn: CivilDate) {
        self.deviation = deviation
        self.measure = measure
        self.measureDueOn = measureDueOn
    }
}

/// A corrective measure was done.
public struct MeasureCompleted: EventPayload, Hashable {
    public static let type = "deviations.measure-completed.v1"
    public var deviation: DeviationFacts
    public var measure: String
    public var measureDueOn: CivilDate

    public init(deviation: DeviationFacts, measure: String, measureDueOn: CivilDate) {
        self.deviation = deviation
        self.measure = measure
        self.measureDueOn = measureDueOn
    }
}

/// The reporter was told why it takes longer, and when to expect an answer.
public struct PreliminaryReplied: EventPayload, Hashable {
    public static let type = "deviations.preliminary-replied.v1"
    public var deviation: DeviationFacts
    public var expectedOn: CivilDate

    public init(deviation: DeviationFacts, expectedOn: CivilDate) {
        self.deviation = deviation
        self.expectedOn = expectedOn
    }
}

/// The case was closed; the reporter has the outcome.
public struct DeviationClosed: EventPayload, Hashable {
    public static let type = "deviations.closed.v1"
    public var deviation: DeviationFacts
    /// Measures that outlive the case: moved to an owner, not yet done.
    public var unfinishedMeasures: Int

    public init(deviation: DeviationFacts, unfinishedMeasures: Int) {
        self.deviation = deviation
        self.unfinishedMeasures = unfinishedMeasures
    }
}

/// The reporter withdrew the report; what becomes of an open case is decided next.
public struct DeviationWithdrawn: EventPayload, Hashable {
    public static let type = "deviations.withdrawn.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}

/// The institution goes on with a withdrawn report.
public struct DeviationContinued: EventPayload, Hashable {
    public static let type = "deviations.continued.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}
