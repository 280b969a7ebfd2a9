public import EventKit

/// Ends the case with what the reporter is told, and sets the day on which it is deleted.
public struct Conclude: Act {
    public var text: String
    public var deadlines: Deadlines

    public init(text: String, deadlines: Deadlines) { (self.text, self.deadlines) = (text, deadlines) }

    public func apply(to case: Whistleblow, by actor: String?, on today: CivilDate) throws(WhistleblowingError)
        -> Change
    {
        guard `case`.state == .acknowledged else { throw .notPossible(`case`.state) }
        let entry = Entry(.concluded, by: actor, on: today, text: try text.checked(.text))
        var changed = `case`
        (changed.state, changed.concludedOn) = (.concluded, today)
        // The conclusion is feedback too.
        changed.feedbackOn = `case`.feedbackOn ?? today
        changed.deleteOn = deadlines.deletion(concludedOn: today)
        return Change(changed, entry)
    }
}
