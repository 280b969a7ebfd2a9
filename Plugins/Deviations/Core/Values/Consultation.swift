public import EventKit

/// A consultation round inside a case: named people read a released extract and answer by a deadline (guideline, “Høringsrunde”).
public struct Consultation: Sendable, Hashable {
    /// Somebody who is asked, and how far they have come.
    public struct Consulted: Sendable, Hashable {
        /// Id of the person.
        public var person: String
        /// Whether they are impartial, as they said; nil until they have.
        public var isImpartial: Bool?
        public var answeredAt: Timestamp?

        public init(person: String, isImpartial: Bool? = nil, answeredAt: Timestamp? = nil) {
            self.person = person
            self.isImpartial = isImpartial
            self.answeredAt = answeredAt
        }
    }

    /// UUIDv7.
    public let id: String
    public let question: String
    /// All that those who are asked read of the case.
    public let extract: String
    public let startedAt: Timestamp
    /// The last day to answer.
    public let deadline: CivilDate
    public var people: [Consulted]

    public init(
        id: String, question: String, extract: String, startedAt: Timestamp, deadline: CivilDate, people: [Consulted]
    ) {
        self.id = id
        self.question = question
        self.extract = extract
        self.startedAt = startedAt
        self.deadline = deadline
        self.people = people
    }

    /// How far the person has come, at a moment when they have access; nil for everybody else.
    ///
    /// Whoever is asked cannot ask others: nobody but these people is ever let in.
    public func standing(of person: String, on today: CivilDate) -> Consulted? {
        today <= deadline ? people.first { $0.person == person } : nil
    }
}
