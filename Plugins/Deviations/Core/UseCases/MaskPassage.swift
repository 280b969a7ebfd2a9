public import DeviationsContract
public import EventKit

/// Hides a passage wherever it stands in the case and the reports that are part of it: for everybody, in search, in what is sent later and in earlier versions.
///
/// What it was is kept apart, for an intake officer with a reason.
public struct MaskPassage: Act {
    /// What stands in its place.
    public static let mark = "█████"
    /// A shorter one would hide what nobody meant.
    public static let leastLength = 3

    /// A fresh UUIDv7.
    public var id: String
    /// Exactly as it stands, but for capitals.
    public var passage: String
    /// Why it has to go; internal, and without the passage.
    public var reason: String

    public init(id: String, passage: String, reason: String) {
        self.id = id
        self.passage = passage
        self.reason = reason
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<PassageMasked> {
        try deviation.requireUnmerged()
        var input = InputCheck()
        let passage = input.text(self.passage, .passage)
        if !passage.isEmpty && passage.count < Self.leastLength { input.found(.tooShort, in: .passage) }
        let reason = input.text(self.reason, .reason)
        if !passage.isEmpty && reason.lowercased().contains(passage.lowercased()) {
            input.found(.repeatsPassage, in: .reason)
        }
        try input.finish()
        return deviation.masked(by: actor, at: now, reason, as: id)
    }
}

extension Deviation {
    /// The same case, from which something was hidden under the id `mask`.
    func masked(by actor: String, at now: Timestamp, _ reason: String, as mask: String) -> Change<PassageMasked> {
        Change(
            self, entry: TimelineEntry(.masked, by: actor, at: now, text: reason, reference: mask),
            event: PassageMasked(deviation: facts, mask: mask))
    }
}
