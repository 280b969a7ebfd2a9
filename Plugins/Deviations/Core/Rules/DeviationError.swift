/// A rule that was not kept. The page and the API say each in the reader's words.
public enum DeviationError: Error, Sendable, Hashable {
    /// Fields are missing or wrong.
    case invalid([FieldProblem])
    /// The step is not possible where the case stands.
    case notPossible(Status)
    /// The three questions of triage have to be answered first.
    case triageUnanswered
    /// Triage says it is no deviation: it can be rejected or forwarded, not handled.
    case notADeviation
    /// Serious or censurable matters are not handled as deviations; re-registering them comes with the whistleblowing
    /// module.
    case censurable
    /// It already is with that unit.
    case sameUnit
    /// It already is with that handler.
    case sameHandler
    /// There is no such measure in this case.
    case unknownMeasure
    /// The measure is done already.
    case measureDone
    /// Whether a measure has worked cannot be said before it is done.
    case measureNotDone
    /// A case without a recorded cause cannot be closed.
    case causeMissing
    /// These measures, by id, have to be done or moved to an owner with a date before the case can close.
    case measuresUnfinished([String])
}
