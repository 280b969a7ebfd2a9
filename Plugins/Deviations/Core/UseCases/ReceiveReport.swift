public import DeviationsContract
public import EventKit

/// Receives a report: a new case with the intake officer of its unit. The clock starts.
public struct ReceiveReport: Sendable {
    public var report: Report
    public var handlingTime: HandlingTime

    public init(report: Report, handlingTime: HandlingTime) {
        self.report = report
        self.handlingTime = handlingTime
    }

    /// The case named `id`, a fresh UUIDv7, as reported by `reporter` at `now`.
    public func apply(id: String, by reporter: String, at now: Timestamp) -> Change<DeviationReceived> {
        let deviation = Deviation(
            id: id, report: report, reporter: reporter, receivedAt: now, dueOn: handlingTime.dueDate(receivedAt: now),
            unit: report.unit)
        return Change(
            deviation, entry: TimelineEntry(.received, by: reporter, at: now, reference: report.unit),
            event: DeviationReceived(deviation: deviation.facts))
    }
}
