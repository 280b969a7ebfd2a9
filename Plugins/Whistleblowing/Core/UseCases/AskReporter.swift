public import EventKit

/// Asks the reporter something. Whoever asks has read it: an open acknowledgement is done with it.
public struct AskReporter: Act {
    public var text: String
    public var files: [AttachedFile]

    public init(text: String, files: [AttachedFile] = []) { (self.text, self.files) = (text, files) }

    public func apply(to case: Whistleblow, by actor: String?, on today: CivilDate) throws(WhistleblowingError)
        -> Change
    {
        try `case`.requireOpen()
        let entry = Entry(.asked, by: actor, on: today, text: try text.checked(.text), files: files)
        var changed = `case`
        (changed.state, changed.acknowledgedOn) = (.acknowledged, `case`.acknowledgedOn ?? today)
        return Change(changed, entry)
    }
}
