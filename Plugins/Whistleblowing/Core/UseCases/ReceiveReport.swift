public import EventKit

/// Receives a report: a new case with the keepers of its campus. The clock starts.
public struct ReceiveReport: Sendable {
    public var report: CheckedReport
    public var files: [AttachedFile]

    public init(report: CheckedReport, files: [AttachedFile] = []) { (self.report, self.files) = (report, files) }

    /// The case `id` as told by the person `reporter`, or by nobody known, on the day `today`.
    ///
    /// `named` are keepers whom the report names: they must not see it either.
    public func apply(id: String, by reporter: String?, named: Set<String>, on today: CivilDate) -> Change {
        let excluded = report.excluded.union(named).union([reporter].compactMap(\.self))
        let content = Whistleblow.Content(report: report.report, origin: .form, reporter: reporter, excluded: excluded)
        return Change(
            Whistleblow(id: id, campus: report.campus, receivedOn: today, content: content),
            Entry(.received, by: nil, on: today, files: files))
    }
}
