public import DeviationsContract
public import EventKit

/// Looks at what a mask hides. It stays hidden for everybody else; who looked, and why, is in the history.
public struct UnmaskPassage: Act {
    /// The mask's id.
    public var mask: String
    public var reason: String

    public init(mask: String, reason: String) {
        self.mask = mask
        self.reason = reason
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<PassageUnmasked> {
        try deviation.requireUnmerged()
        var input = InputCheck()
        let reason = input.text(self.reason, .reason)
        try input.finish()
        return Change(
            deviation, entry: TimelineEntry(.unmasked, by: actor, at: now, text: reason, reference: mask),
            event: PassageUnmasked(deviation: deviation.facts, mask: mask))
    }
}
