import CalendarKit
public import DeviationsContract
public import EventKit

/// Asks named people for their view of a released extract, by a deadline. The reporter is not told to them.
public struct OpenConsultation: Act {
    /// A fresh UUIDv7.
    public var id: String
    /// Ids.
    public var people: [String]
    public var question: String
    public var extract: String
    /// ISO 8601.
    public var deadline: String
    /// Words that would give the reporter away: name and address.
    public var tellingWords: [String]

    public init(
        id: String, people: [String], question: String, extract: String, deadline: String, tellingWords: [String]
    ) {
        self.id = id
        self.people = people
        self.question = question
        self.extract = extract
        self.deadline = deadline
        self.tellingWords = tellingWords
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<ConsultationOpened> {
        let consultation = try consultation(in: deviation, by: actor, at: now)
        return Change(
            deviation,
            entry: TimelineEntry(
                .consulted, by: actor, at: now, text: consultation.question, reference: id, date: consultation.deadline),
            event: ConsultationOpened(
                deviation: deviation.facts, consultation: id, deadline: consultation.deadline))
    }

    /// The consultation that it opens.
    public func consultation(
        in deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Consultation {
        try deviation.requireOpen()
        var input = InputCheck()
        let barred = deviation.excluded.union([deviation.reporter, actor])
        let people = input.codes(people, .people) { barred.contains($0) ? nil : $0 }
        let question = input.text(question, .question)
        let extract = input.text(extract, .extract)
        let tomorrow = Oslo.date(at: now).adding(days: 1)
        let deadline = input.date(deadline, .deadline, earliest: tomorrow, atMost: tomorrow.adding(days: 366))
        for (text, field) in [(question, Field.question), (extract, .extract)] where tells(text) {
            input.found(.namesReporter, in: field)
        }
        try input.finish()
        return Consultation(
            id: id, question: question, extract: extract, startedAt: now, deadline: deadline,
            people: people.map { Consultation.Consulted(person: $0) })
    }

    private func tells(_ text: String) -> Bool {
        let text = text.lowercased()
        return tellingWords.contains { !$0.isEmpty && text.contains($0.lowercased()) }
    }
}
