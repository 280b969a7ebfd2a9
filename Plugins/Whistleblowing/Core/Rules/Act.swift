public import EventKit

/// One thing that happens to a case: its input, and the rule for what then changes.
///
/// Pure: who may do it was asked before, what it gives is sealed and stored after. One conforming type a file, in UseCases.
public protocol Act: Sendable {
    /// What `case` becomes when `actor` does this on the day `today`; nil stands for the reporter.
    ///
    /// - Throws: the rule that is not kept; then nothing has changed.
    func apply(to case: Whistleblow, by actor: String?, on today: CivilDate) throws(WhistleblowingError) -> Change
}

/// What an act leads to: stored together or not at all.
public struct Change: Sendable, Hashable {
    public var whistleblow: Whistleblow
    public var entries: [Entry]

    public init(_ whistleblow: Whistleblow, _ entries: Entry...) { self.init(whistleblow, entries: entries) }

    public init(_ whistleblow: Whistleblow, entries: [Entry]) {
        (self.whistleblow, self.entries) = (whistleblow, entries)
    }
}

extension Whistleblow {
    /// - Throws: `WhistleblowingError.notPossible` when it is concluded.
    func requireOpen() throws(WhistleblowingError) {
        if state == .concluded { throw .notPossible(state) }
    }
}

extension String {
    /// A text that must be there.
    func checked(_ field: Field) throws(WhistleblowingError) -> String {
        var input = InputCheck()
        let text = input.text(self, field)
        try input.finish()
        return text
    }
}
