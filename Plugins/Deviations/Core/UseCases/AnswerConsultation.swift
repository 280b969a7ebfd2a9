import CalendarKit
public import DeviationsContract
public import EventKit

/// Answers a consultation. Only who has declared to be impartial reads the extract, and answers.
public struct AnswerConsultation: Act {
    public var consultation: Consultation
    public var text: String

    public init(consultation: Consultation, text: String) {
        self.consultation = consultation
        self.text = text
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<ConsultationAnswered> {
        try deviation.requireOpen()
        guard consultation.standing(of: actor, on: Oslo.date(at: now))?.isImpartial == true else { throw .notConsulted }
        var input = InputCheck()
        let text = input.text(self.text, .text)
        try input.finish()
        return Change(
            deviation,
            entry: TimelineEntry(.consultationAnswered, by: actor, at: now, text: text, reference: consultation.id),
            event: ConsultationAnswered(deviation: deviation.facts, consultation: consultation.id))
    }
}
