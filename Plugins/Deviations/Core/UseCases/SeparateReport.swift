public import DeviationsContract
public import EventKit

/// Takes a report out of the case it was merged into: a case of its own again, assessed anew, its clock as it was.
///
/// Whom the case is kept from because it is about them, or because they are partial, the report is kept from too: it tells of the same.
public struct SeparateReport: Act {
    /// Those whom the case is kept from.
    public var exclusions: [Exclusion]
    /// The unit that receives the report when these people may not; nil when its own unit still can.
    public var reception: @Sendable (_ without: Set<String>) -> String?

    public init(
        from main: Deviation, reception: @escaping @Sendable (_ without: Set<String>) -> String? = { _ in nil }
    ) {
        exclusions = main.exclusions.filter { [.named, .recused].contains($0.ground) }
        self.reception = reception
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<ReportSeparated> {
        guard deviation.mergedInto != nil else { throw .notPossible(deviation.status) }
        guard deviation.status.isOpen else { throw .notPossible(deviation.status) }
        var changed = deviation
        changed.mergedInto = nil
        changed.handBack()
        changed.triage = nil
        changed.exclude(exclusions, reception: reception)
        return Change(
            changed, entry: TimelineEntry(.separated, by: actor, at: now),
            event: ReportSeparated(deviation: changed.facts))
    }
}
