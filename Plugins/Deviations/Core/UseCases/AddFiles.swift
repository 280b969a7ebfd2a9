public import DeviationsContract
public import EventKit

/// Adds files to a case, without words; the files themselves are stored beside it.
public struct AddFiles: Act {
    /// Only for those who handle the case.
    public var isPrivate: Bool

    public init(isPrivate: Bool = false) { self.isPrivate = isPrivate }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationFilesAdded> {
        try deviation.requireOpen()
        // What has been handed over cannot be added to.
        if deviation.lockedTo != nil { throw .notPossible(deviation.status) }
        return Change(
            deviation, entry: TimelineEntry(isPrivate ? .filesNoted : .filesAdded, by: actor, at: now),
            event: DeviationFilesAdded(deviation: deviation.facts))
    }
}
