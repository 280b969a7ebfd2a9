public import EventKit

/// A whistleblow and how far its handling has come. Days only: a time of day could tell who wrote.
public struct Whistleblow: Sendable, Hashable {
    /// Opaque and random: it tells neither order nor time.
    public let id: String
    public let campus: String
    public let receivedOn: CivilDate
    public var state: State
    public var acknowledgedOn: CivilDate?
    /// When the reporter first got feedback on what is being done.
    public var feedbackOn: CivilDate?
    public var concludedOn: CivilDate?
    /// The day on which it is shredded.
    public var deleteOn: CivilDate?
    public var content: Content

    /// What is only ever stored sealed.
    public struct Content: Sendable, Hashable, Codable {
        public var report: Report
        /// How it came.
        public var origin: Origin
        /// Id of the person who reported by name; nil for an anonymous reporter.
        public var reporter: String?
        /// Ids of people who must never see it.
        public var excluded: Set<String>

        public init(report: Report, origin: Origin, reporter: String?, excluded: Set<String>) {
            (self.report, self.origin, self.reporter, self.excluded) = (report, origin, reporter, excluded)
        }
    }

    /// How a case came to be.
    public enum Origin: String, Sendable, Codable {
        case form, deviation, escalation
    }

    public init(
        id: String, campus: String, receivedOn: CivilDate, state: State = .received, acknowledgedOn: CivilDate? = nil,
        feedbackOn: CivilDate? = nil, concludedOn: CivilDate? = nil, deleteOn: CivilDate? = nil, content: Content
    ) {
        (self.id, self.campus, self.receivedOn, self.state) = (id, campus, receivedOn, state)
        (self.acknowledgedOn, self.feedbackOn, self.concludedOn) = (acknowledgedOn, feedbackOn, concludedOn)
        (self.deleteOn, self.content) = (deleteOn, content)
    }
}
