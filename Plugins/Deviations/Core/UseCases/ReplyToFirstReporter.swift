public import DeviationsContract
public import EventKit

/// Writes to the one whose report the case began with, and to none of those whose reports were merged into it.
public struct ReplyToFirstReporter: Act {
    public var text: String

    public init(text: String) { self.text = text }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<FirstReporterReplied> {
        try deviation.requireOpen()
        if deviation.reporter == Deviation.nobody { throw .notPossible(deviation.status) }
        var input = InputCheck()
        let text = input.text(self.text, .text)
        try input.finish()
        return Change(
            deviation, entry: TimelineEntry(.replied, by: actor, at: now, text: text, reference: deviation.id),
            event: FirstReporterReplied(deviation: deviation.facts))
    }
}
