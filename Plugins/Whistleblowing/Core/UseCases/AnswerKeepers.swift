public import EventKit

/// The reporter writes to the keepers; files may come without words. On a concluded case it puts the deletion off, so that somebody can read it.
public struct AnswerKeepers: Act {
    public var text: String
    public var files: [AttachedFile]
    public var deadlines: Deadlines

    public init(text: String, files: [AttachedFile] = [], deadlines: Deadlines) {
        (self.text, self.files, self.deadlines) = (text, files, deadlines)
    }

    public func apply(to case: Whistleblow, by actor: String?, on today: CivilDate) throws(WhistleblowingError)
        -> Change
    {
        let isEmpty = text.allSatisfy(\.isWhitespace) && !files.isEmpty
        let entry = Entry(.answered, by: nil, on: today, text: isEmpty ? "" : try text.checked(.text), files: files)
        var changed = `case`
        changed.deleteOn = `case`.deleteOn.map { deadlines.postponed($0, by: today) }
        return Change(changed, entry)
    }
}
