public import DeviationsContract
public import EventKit

/// Receives a report: a new case with the intake officer of its unit. The clock starts.
public struct ReceiveReport: Sendable {
    public var report: Report
    public var handlingTime: HandlingTime
    public var routing: Routing

    public init(report: Report, handlingTime: HandlingTime, routing: Routing = Routing()) {
        self.report = report
        self.handlingTime = handlingTime
        self.routing = routing
    }

    /// The case named `id`, a fresh UUIDv7, as reported by `reporter` at `now`: theirs, unless the replies go to the
    /// student it is for.
    public func apply(id: String, by reporter: String, at now: Timestamp) -> Change<DeviationReceived> {
        var report = report
        report.named = []
        var onBehalf = report.onBehalf
        onBehalf?.submitter = reporter
        report.onBehalf = nil
        let owner = onBehalf.map { $0.repliesToStudent ? $0.student : reporter } ?? reporter
        var deviation = Deviation(
            id: id, report: report, reporter: owner, receivedAt: now, dueOn: handlingTime.dueDate(receivedAt: now),
            unit: routing.reception ?? report.unit)
        deviation.exclusions = routing.exclusions
        deviation.onBehalf = onBehalf
        return Change(
            deviation, entry: TimelineEntry(.received, by: reporter, at: now, reference: deviation.unit),
            event: DeviationReceived(deviation: deviation.facts))
    }
}
