public import DeviationsContract
public import EventKit

/// Hides a file of the case, or of a report that is part of it, with its preview: for everybody, as ``MaskPassage`` hides a passage.
///
/// It is kept, sealed as before, for an intake officer with a reason.
public struct MaskFile: Act {
    /// A fresh UUIDv7.
    public var id: String
    public var file: String
    /// Why it has to go; internal.
    public var reason: String

    public init(id: String, file: String, reason: String) {
        self.id = id
        self.file = file
        self.reason = reason
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<PassageMasked> {
        try deviation.requireUnmerged()
        var input = InputCheck()
        let reason = input.text(self.reason, .reason)
        if file.isEmpty { input.found(.missing, in: .file) }
        try input.finish()
        return deviation.masked(by: actor, at: now, reason, as: id)
    }
}
