public import EventKit

/// Adds a note that only the keepers read.
public struct AddNote: Act {
    public var text: String
    public var files: [AttachedFile]

    public init(text: String, files: [AttachedFile] = []) { (self.text, self.files) = (text, files) }

    public func apply(to case: Whistleblow, by actor: String?, on today: CivilDate) throws(WhistleblowingError)
        -> Change
    {
        Change(`case`, Entry(.noted, by: actor, on: today, text: try text.checked(.text), files: files))
    }
}
