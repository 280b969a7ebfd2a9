public import DeviationsContract
public import EventKit

/// Goes on with a withdrawn report for the institution, with a reason and in words that tell nothing of the reporter.
public struct GoOnWithoutReporter: Act {
    /// Why the institution goes on; internal.
    public var reason: String
    /// What takes the place of what the reporter wrote.
    public var title: String
    public var description: String

    public init(reason: String, title: String, description: String) {
        (self.reason, self.title, self.description) = (reason, title, description)
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationContinued> {
        try deviation.requireUndecidedWithdrawal()
        var input = InputCheck()
        let reason = input.text(self.reason, .reason)
        var changed = deviation
        changed.report.title = input.line(title, .keptTitle)
        changed.report.description = input.text(description, .keptText)
        try input.finish()
        changed.report.ordinaryChannels = .notTried(reason: "")
        changed.goesOn = true
        return Change(
            changed, entry: TimelineEntry(.continued, by: actor, at: now, text: reason),
            event: DeviationContinued(deviation: changed.facts))
    }
}
