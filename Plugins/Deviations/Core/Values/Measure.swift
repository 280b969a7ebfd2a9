public import EventKit

/// A corrective measure: something somebody does by a date, so that it does not happen again. It may outlive its case.
public struct Measure: Sendable, Hashable {
    /// UUIDv7.
    public let id: String
    /// What is to be done.
    public var action: String
    /// Which cause it takes away.
    public var cause: String
    /// Id of the person who sees to it.
    public var owner: String
    public var dueOn: CivilDate
    /// True once it was moved to its owner on its own: the case may close without it.
    public var isMoved: Bool
    public var completedAt: Timestamp?
    /// Whether it worked, as far as one saw when it was done.
    public var effect: String?

    public init(
        id: String, action: String, cause: String, owner: String, dueOn: CivilDate, isMoved: Bool = false,
        completedAt: Timestamp? = nil, effect: String? = nil
    ) {
        self.id = id
        self.action = action
        self.cause = cause
        self.owner = owner
        self.dueOn = dueOn
        self.isMoved = isMoved
        self.completedAt = completedAt
        self.effect = effect
    }

    public var isDone: Bool { completedAt != nil }

    /// Done at `now`. Whether it worked may be left open.
    ///
    /// - Throws: `DeviationError.measureDone`.
    public func completed(effect: String, at now: Timestamp) throws(DeviationError) -> Measure {
        if isDone { throw .measureDone }
        var input = InputCheck()
        var done = self
        done.effect = input.textIfAny(effect, .effect)
        try input.finish()
        done.completedAt = now
        return done
    }

    /// Whether it has worked, once it is done; it can be put better later.
    ///
    /// - Throws: `DeviationError.measureNotDone`.
    public func checked(effect: String) throws(DeviationError) -> Measure {
        guard isDone else { throw .measureNotDone }
        var input = InputCheck()
        var checked = self
        checked.effect = input.text(effect, .effect)
        try input.finish()
        return checked
    }
}
