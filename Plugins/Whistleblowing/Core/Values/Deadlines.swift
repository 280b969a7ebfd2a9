public import EventKit

/// By when a case is acknowledged, answered and deleted.
public struct Deadlines: Sendable, Hashable {
    public var acknowledgeDays: Int
    public var feedbackMonths: Int
    public var retentionMonths: Int
    public var warningDays: Int

    public init(acknowledgeDays: Int = 7, feedbackMonths: Int = 3, retentionMonths: Int = 24, warningDays: Int = 30) {
        (self.acknowledgeDays, self.feedbackMonths) = (acknowledgeDays, feedbackMonths)
        (self.retentionMonths, self.warningDays) = (retentionMonths, warningDays)
    }

    /// The last day for the acknowledgement.
    public func acknowledge(_ case: Whistleblow) -> CivilDate { `case`.receivedOn.adding(days: acknowledgeDays) }

    /// The last day for feedback: counted from the acknowledgement, or from its last day while there is none (EU 2019/1937 art. 9).
    public func feedback(_ case: Whistleblow) -> CivilDate {
        feedback(acknowledgedOn: min(`case`.acknowledgedOn ?? acknowledge(`case`), acknowledge(`case`)))
    }

    /// The same for a case acknowledged on this day.
    public func feedback(acknowledgedOn day: CivilDate) -> CivilDate { day.adding(months: feedbackMonths) }

    /// The deadline that comes next, and nil when none is open.
    public func next(_ case: Whistleblow) -> CivilDate? {
        if `case`.state == .concluded { return nil }
        if `case`.acknowledgedOn == nil { return acknowledge(`case`) }
        return `case`.feedbackOn == nil ? feedback(`case`) : nil
    }

    public func isOverdue(_ case: Whistleblow, on today: CivilDate) -> Bool { next(`case`).map { $0 < today } ?? false }

    /// The day on which a case that is concluded `on` this day is deleted.
    public func deletion(concludedOn: CivilDate) -> CivilDate { concludedOn.adding(months: retentionMonths) }

    /// True from `warningDays` before the deletion on.
    public func warnsOfDeletion(_ case: Whistleblow, on today: CivilDate) -> Bool {
        `case`.deleteOn.map { $0.adding(days: -warningDays) <= today } ?? false
    }

    /// A deletion is put off so far by a message of `today` that somebody can still answer it.
    public func postponed(_ deletion: CivilDate, by today: CivilDate) -> CivilDate {
        max(deletion, today.adding(months: feedbackMonths))
    }
}
