public import DeviationsContract
public import EventKit

/// Takes other reports of the same failure into a case: one case with several reporters, each with own replies and an own page.
///
/// The oldest report's case stays, so that nobody waits longer for being merged.
public struct MergeReports: Sendable {
    /// The unit that receives the case when these people may not; nil when its own unit still can.
    public var reception: @Sendable (_ without: Set<String>) -> String?

    public init(reception: @escaping @Sendable (_ without: Set<String>) -> String?) { self.reception = reception }

    /// The case and the reports that have become part of it, as they are afterwards, each with its step and event.
    public struct Merged: Sendable {
        public var main: Deviation
        public var entry: TimelineEntry
        public var reports: [Change<ReportMerged>]
    }

    public func apply(
        to main: Deviation, _ reports: [Deviation], by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Merged {
        try main.requireOpen()
        if reports.isEmpty { throw .invalid([FieldProblem(.cases, .missing)]) }
        var changed = main
        changed.reports += reports.count
        changed.exclude(reports.flatMap(\.exclusions), reception: reception)
        var parts: [Change<ReportMerged>] = []
        for report in reports {
            if report.id == main.id { throw .sameCase }
            try report.requireOpen()
            if report.receivedAt < main.receivedAt { throw .olderThanCase }
            if report.hasOthers || !report.measures.isEmpty { throw .notMergeable }
            var part = report
            part.mergedInto = main.id
            part.follow(changed)
            parts.append(
                Change(
                    part, entry: TimelineEntry(.merged, by: actor, at: now),
                    event: ReportMerged(deviation: part.facts, into: main.id, reports: changed.reports)))
        }
        return Merged(main: changed, entry: TimelineEntry(.reportsMerged, by: actor, at: now), reports: parts)
    }
}

extension Deviation {
    /// Stands where the case that it is part of stands.
    mutating func follow(_ main: Deviation) {
        unit = main.unit
        status = main.status
        handler = main.handler
        expectedOn = main.expectedOn
        endedAt = main.endedAt
    }
}
