public import DeviationsContract
public import EventKit

/// Adds an internal note; the reporter does not see it.
public struct AddNote: Act {
    public var text: String

    public init(text: String) { self.text = text }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationNoted> {
        try deviation.requireOpen()
        var input = InputCheck()
        let text = input.text(self.text, .text)
        try input.finish()
        return Change(
            deviation, entry: TimelineEntry(.noted, by: actor, at: now, text: text),
            event: DeviationNoted(deviation: deviation.facts))
    }
}
