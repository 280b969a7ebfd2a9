public import EventKit

/// Somebody was kept out of the case: it is about them, or they are partial. Who is not said.
public struct PeopleExcluded: EventPayload, Hashable {
    public static let type = "deviations.people-excluded.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}

/// An ended case was opened again.
public struct DeviationReopened: EventPayload, Hashable {
    public static let type = "deviations.reopened.v1"
    public var deviation: DeviationFacts
    /// How many times by now; from the third on the matter counts as recurring.
    public var reopenings: Int

    public init(deviation: DeviationFacts, reopenings: Int) {
        self.deviation = deviation
        self.reopenings = reopenings
    }
}

/// A report became part of another case, and is no longer a case of its own.
public struct ReportMerged: EventPayload, Hashable {
    public static let type = "deviations.merged.v1"
    public var deviation: DeviationFacts
    /// Id of the case.
    public var into: String
    /// How many reports that case has by now.
    public var reports: Int

    public init(deviation: DeviationFacts, into: String, reports: Int) {
        self.deviation = deviation
        self.into = into
        self.reports = reports
    }
}

/// A report is a case of its own again.
public struct ReportSeparated: EventPayload, Hashable {
    public static let type = "deviations.separated.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}

/// Of several reporters the one whose report came first was given a reply.
public struct FirstReporterReplied: EventPayload, Hashable {
    public static let type = "deviations.first-reporter-replied.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}

/// The case fell to somebody else, because whoever had it no longer may.
public struct DeviationTakenOver: EventPayload, Hashable {
    public static let type = "deviations.taken-over.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}
