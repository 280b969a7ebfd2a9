import CalendarKit
import EventKit
import Testing

@Suite struct WorkingDaysTests {
    @Test func `received Friday 2026-11-27 is due Monday 2026-12-28`() throws {
        // Day 28 is Christmas Day; 26 December is a holiday and a Saturday, 27 December a Sunday.
        let received = try #require(Timestamp("2026-11-27T09:00:00Z"))
        #expect(WorkingDays().dueDate(receivedAt: received, calendarDays: 28).description == "2026-12-28")
    }

    @Test func `what comes just before midnight in Oslo counts from that day`() throws {
        let before = try #require(Timestamp("2026-01-12T22:59:59.999Z"))
        #expect(WorkingDays().dueDate(receivedAt: before, calendarDays: 28).description == "2026-02-09")
        let after = try #require(Timestamp("2026-01-12T23:00:00Z"))
        #expect(WorkingDays().dueDate(receivedAt: after, calendarDays: 28).description == "2026-02-10")
    }

    @Test(arguments: [
        ("2024-02-01T10:00:00Z", "2024-02-29"),  // a leap day is a day like any other
        ("2025-01-31T10:00:00Z", "2025-02-28"),
        ("2024-04-03T10:00:00Z", "2024-05-02"),  // day 28 is 1 May
        ("2025-03-20T10:00:00Z", "2025-04-22"),  // Maundy Thursday to Easter Monday
        ("2027-04-19T10:00:00Z", "2027-05-18"),  // 17 May, a Monday in 2027
    ])
    func `a due date falls on the next working day`(received: String, due: String) throws {
        let moment = try #require(Timestamp(received))
        #expect(WorkingDays().dueDate(receivedAt: moment, calendarDays: 28).description == due)
    }

    @Test func `closed days move a due date, once or every year`() throws {
        let received = try #require(Timestamp("2026-11-26T09:00:00Z"))  // day 28 is Thursday 24 December
        let closed = try Set(["12-24", "12-31", "2026-12-28"].map { try #require(ClosedDay($0)) })
        #expect(WorkingDays().dueDate(receivedAt: received, calendarDays: 28).description == "2026-12-24")
        #expect(
            WorkingDays(closedDays: closed).dueDate(receivedAt: received, calendarDays: 28).description == "2026-12-29")
        #expect(!WorkingDays(closedDays: closed).isWorkingDay(try #require(CivilDate("2031-12-31"))))
        #expect(WorkingDays(closedDays: closed).isWorkingDay(try #require(CivilDate("2027-12-28"))))
    }

    @Test(arguments: ["", "12-32", "24.12", "2026-02-29", "13-01"])
    func `a closed day that is no day is refused`(text: String) {
        #expect(ClosedDay(text) == nil)
    }

    @Test(arguments: [
        ("2026-11-27", "2026-11-27", 0), ("2026-11-27", "2026-11-30", 1), ("2026-11-28", "2026-11-30", 1),
        ("2026-11-30", "2026-11-27", -1), ("2026-12-24", "2026-12-28", 1), ("2026-04-01", "2026-04-07", 1),
    ])
    func `working days are counted after the start, up to and with the end`(start: String, end: String, count: Int)
        throws
    {
        let from = try #require(CivilDate(start))
        #expect(WorkingDays().workingDays(from: from, to: try #require(CivilDate(end))) == count)
    }

    /// Counted by hand: Mondays to Fridays, less the holidays that fall on one (2026: 261 − 8).
    @Test(arguments: [(2024, 252), (2025, 252), (2026, 253), (2027, 255), (2028, 251)])
    func `a year has as many working days as counted by hand`(year: Int, count: Int) throws {
        let eve = try #require(CivilDate(year: year - 1, month: 12, day: 31))
        #expect(
            WorkingDays().workingDays(from: eve, to: try #require(CivilDate(year: year, month: 12, day: 31))) == count)
    }

    @Test(arguments: 2024...2035)
    func `no due date of any day falls on a weekend or holiday, nor earlier than 28 days`(year: Int) throws {
        let first = try #require(CivilDate(year: year, month: 1, day: 1))
        for offset in 0..<366 {
            let received = first.adding(days: offset)
            let due = WorkingDays().dueDate(receivedAt: Oslo.startOfDay(received), calendarDays: 28)
            let days = due.daysSince1970 - received.daysSince1970
            #expect(due.weekday <= 5 && Holiday(on: due) == nil && (28...33).contains(days))
        }
    }

    @Test func `a year that is closed throughout does not hang`() throws {
        let start = try #require(CivilDate("2026-01-01"))
        let always = Set((0...1500).map { ClosedDay.once(start.adding(days: $0)) })
        #expect(WorkingDays(closedDays: always).nextWorkingDay(onOrAfter: start) == start)
    }
}
