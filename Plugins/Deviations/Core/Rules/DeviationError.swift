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
    /// Serious or censurable matters are not handled as deviations: they are re-registered as whistleblows.
    case censurable
    /// The same where only the reporter takes them to whistleblowing: they are rejected with a reason.
    case onlyByReporter
    /// A report says that it is about this: it belongs to whistleblowing, and nothing of it is stored.
    case serious(SeriousMatter)
    /// It is on its way to whistleblowing: until it is there or called back, nothing else can be done with it.
    case leaving
    /// The whistleblowing side has it already: it cannot be called back.
    case takenAlready
    /// It is not late, or the reporter has been told when to expect an answer.
    case notOverdue
    /// Its reporter has said before that it is not followed up.
    case escalatedBefore
    /// Its reporter has not withdrawn it, or what becomes of it has been decided.
    case notWithdrawn
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
    /// The report is part of another case, where everything is done.
    case merged
    /// Other reports are part of the case: it goes on for them.
    case hasOtherReports
    /// A case cannot be merged into itself.
    case sameCase
    /// A report that came before the case cannot be merged into it: the oldest case stays, and its clock.
    case olderThanCase
    /// It has measures or reports of its own, or is not there for whoever wants to merge it.
    case notMergeable
    /// A unit that has sent the case on cannot be sent it again by another: the central reception decides.
    case centralDecision
    /// The handler to be is named in the report, or disqualified for another reason.
    case disqualified
    /// The person is not asked, or no longer.
    case notConsulted
    /// The reference to an HSE deviation stands there with something else.
    case registeredBefore
    /// Without a category nothing could be reported.
    case lastCategory
}
