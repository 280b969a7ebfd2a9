public import EventKit

/// Tells the reporter what is being done, and why.
public struct GiveFeedback: Act {
    public var text: String

    public init(text: String) { self.text = text }

    public func apply(to case: Whistleblow, by actor: String?, on today: CivilDate) throws(WhistleblowingError)
        -> Change
    {
        try `case`.requireOpen()
        let entry = Entry(.fedBack, by: actor, on: today, text: try text.checked(.text))
        var changed = `case`
        (changed.state, changed.acknowledgedOn) = (.acknowledged, `case`.acknowledgedOn ?? today)
        changed.feedbackOn = `case`.feedbackOn ?? today
        return Change(changed, entry)
    }
}
