public import DeviationsContract
public import EventKit

/// Writes to the reporter, and to all whose reports are part of the case. It is no preliminary reply: the clock goes on as before.
public struct ReplyToReporter: Act {
    public var text: String

    public init(text: String) { self.text = text }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationReplied> {
        // A report that is part of another case has replies of its own.
        if !deviation.status.isOpen { throw .notPossible(deviation.status) }
        var input = InputCheck()
        let text = input.text(self.text, .text)
        try input.finish()
        return Change(
            deviation, entry: TimelineEntry(.replied, by: actor, at: now, text: text),
            event: DeviationReplied(deviation: deviation.facts))
    }
}
