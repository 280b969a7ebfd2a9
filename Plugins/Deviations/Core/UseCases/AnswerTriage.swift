public import DeviationsContract
public import EventKit

/// Records the intake officer's answers to the three questions. They can be given anew until the case is sent on.
public struct AnswerTriage: Act {
    public var answers: Triage
    public var way: ReRegistrationWay

    public init(answers: Triage, way: ReRegistrationWay = .oneStep) { (self.answers, self.way) = (answers, way) }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationTriaged> {
        try deviation.require(.received)
        // Never recorded: a stored “censurable” would be a trace of the whistleblow it has to become. See ReRegister.
        if answers.isCensurable { throw way.refusal }
        var changed = deviation
        changed.triage = answers
        return Change(
            changed, entry: TimelineEntry(.triaged, by: actor, at: now),
            event: DeviationTriaged(deviation: changed.facts))
    }
}
