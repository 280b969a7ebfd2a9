public import DeviationsContract
public import EventKit

/// Writes more, as its reporter, in an open case: those who handle it collect what they need (guideline, “Behandler”).
public struct AnswerAsReporter: Act {
    public var text: String

    public init(text: String) { self.text = text }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<ReporterAnswered> {
        try deviation.requireOpen()
        // What has been handed over cannot be added to.
        if deviation.lockedTo != nil { throw .notPossible(deviation.status) }
        var input = InputCheck()
        let text = input.text(self.text, .text, limit: GiveFeedback.limit)
        try input.finish()
        return Change(
            deviation, entry: TimelineEntry(.answered, by: actor, at: now, text: text),
            event: ReporterAnswered(deviation: deviation.facts))
    }
}
