public import EventKit

/// One thing a person does to a deviation: its input, and the rule for what then changes.
///
/// Pure: who may do it was asked before, what it gives is stored after. One conforming type a file, in UseCases.
public protocol Act: Sendable {
    /// The event that announces it.
    associatedtype Announcement: EventPayload

    /// What `deviation` becomes when `actor`, a person's id, does this at `now`.
    ///
    /// - Throws: the rule that is not kept; then nothing has changed.
    func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<Announcement>
}

/// What an act leads to: stored, remembered and announced in one transaction.
public struct Change<Announcement: EventPayload>: Sendable {
    public var deviation: Deviation
    public var entry: TimelineEntry
    public var event: Announcement

    public init(_ deviation: Deviation, entry: TimelineEntry, event: Announcement) {
        self.deviation = deviation
        self.entry = entry
        self.event = event
    }
}

extension Deviation {
    /// What everybody but its reporter has to ask before any act.
    ///
    /// - Throws: `DeviationError.leaving` for a case that is on its way to whistleblowing.
    public func requireStaying() throws(DeviationError) {
        if lockedTo != nil { throw .leaving }
    }

    /// - Throws: `DeviationError.merged` for a report that is part of another case.
    func requireUnmerged() throws(DeviationError) {
        if mergedInto != nil { throw .merged }
    }

    /// - Throws: `DeviationError.notPossible` unless the case is open.
    func requireOpen() throws(DeviationError) {
        try requireUnmerged()
        if !status.isOpen { throw .notPossible(status) }
    }

    /// - Throws: `DeviationError.notPossible` unless the case stands at `required`.
    func require(_ required: Status) throws(DeviationError) {
        try requireUnmerged()
        if status != required { throw .notPossible(status) }
    }

    /// - Throws: `DeviationError.notWithdrawn` unless somebody has to decide what becomes of it without its reporter.
    func requireUndecidedWithdrawal() throws(DeviationError) {
        try requireOpen()
        if !awaitsDecision { throw .notWithdrawn }
    }

    /// Where the unfinished measure `id` stands in `measures`.
    func indexOfUnfinishedMeasure(_ id: String) throws(DeviationError) -> Int {
        guard let index = measures.firstIndex(where: { $0.id == id }) else { throw .unknownMeasure }
        if measures[index].isDone { throw .measureDone }
        return index
    }
}
