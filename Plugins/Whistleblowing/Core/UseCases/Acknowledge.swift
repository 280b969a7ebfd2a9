public import EventKit

/// Tells the reporter that somebody has read the report, and what happens now. An automatic receipt does not count.
public struct Acknowledge: Act {
    public var text: String

    public init(text: String) { self.text = text }

    public func apply(to case: Whistleblow, by actor: String?, on today: CivilDate) throws(WhistleblowingError)
        -> Change
    {
        guard `case`.state == .received else { throw .notPossible(`case`.state) }
        var changed = `case`
        (changed.state, changed.acknowledgedOn) = (.acknowledged, today)
        return Change(changed, Entry(.acknowledged, by: actor, on: today, text: try text.checked(.text)))
    }
}
