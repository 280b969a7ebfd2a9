import CalendarKit
public import DeviationsContract
public import EventKit

/// Declares partiality in a consultation: from then on the person sees nothing of it.
public struct DeclineConsultation: Act {
    public var consultation: Consultation

    public init(consultation: Consultation) { self.consultation = consultation }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<ConsultationDeclined> {
        try deviation.requireOpen()
        let standing = consultation.standing(of: actor, on: Oslo.date(at: now))
        guard let standing, standing.isImpartial != false else { throw .notConsulted }
        return Change(
            deviation, entry: TimelineEntry(.consultationDeclined, by: actor, at: now, reference: consultation.id),
            event: ConsultationDeclined(deviation: deviation.facts, consultation: consultation.id))
    }
}
