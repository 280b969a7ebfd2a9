public import EventKit

/// The reporter writes to the keepers. On a concluded case it puts the deletion off, so that somebody can read it.
public struct AnswerKeepers: Act {
    public var text: String
    public var deadlines: Deadlines

    public init(text: String, deadlines: Deadlines) { (self.text, self.deadlines) = (text, deadlines) }

    public func apply(to case: Whistleblow, by actor: String?, on today: CivilDate) throws(WhistleblowingError)
        -> Change
    {
        let entry = Entry(.answered, by: nil, on: today, text: try text.checked(.text))
        var changed = `case`
        changed.deleteOn = `case`.deleteOn.map { deadlines.postponed($0, by: today) }
        return Change(changed, entry)
    }
}
