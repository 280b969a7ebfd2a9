public import DeviationsContract
public import EventKit

/// Rejects a report. The reporter gets the reason.
///
/// The three questions may be answered in the same step, and a case handler may have had it: what is re-registered as a
/// whistleblow ends with the same events, and must not stand out by them.
public struct RejectReport: Act {
    public var reason: String
    /// The answers of triage, when they come with the rejection.
    public var answers: Triage?
    /// Code of the unit outside the faculties that it belongs to; empty for none.
    public var recipient: String
    public var way: ReRegistrationWay

    public init(reason: String, answers: Triage? = nil, recipient: String = "", way: ReRegistrationWay = .oneStep) {
        (self.reason, self.answers, self.recipient, self.way) = (reason, answers, recipient, way)
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationRejected> {
        try deviation.requireOpen()
        guard var triage = answers ?? deviation.triage else { throw .triageUnanswered }
        if triage.isCensurable, way == .oneStep { throw way.refusal }
        // Never recorded: see AnswerTriage.
        triage.isCensurable = false
        var input = InputCheck()
        let reason = input.text(self.reason, .reason)
        try input.finish()
        var changed = deviation
        changed.triage = triage
        changed.status = .rejected
        changed.outcome = reason
        changed.recipient = recipient.isEmpty || deviation.hasOthers ? nil : recipient
        changed.endedAt = now
        return Change(
            changed, entry: TimelineEntry(.rejected, by: actor, at: now, text: reason),
            event: DeviationRejected(deviation: changed.facts))
    }
}
