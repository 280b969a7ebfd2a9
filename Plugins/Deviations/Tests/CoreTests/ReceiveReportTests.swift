import CalendarKit
import DeviationsCore
import EventKit
import Testing

@Suite struct ReceiveReportTests {
    @Test func `a received report is a case with the intake officer of its unit`() throws {
        let act = ReceiveReport(report: try Sample.report(), handlingTime: HandlingTime())
        let change = act.apply(id: "d1", by: "kari", at: Sample.received)
        #expect(change.deviation.status == .received)
        #expect(change.deviation.unit == "IE")
        #expect(change.deviation.handler == nil)
        #expect(change.entry == TimelineEntry(.received, by: "kari", at: Sample.received, reference: "IE"))
    }

    @Test func `received Friday 2026-11-27 it is due Monday 2026-12-28`() throws {
        #expect(Sample.received.description == "2026-11-27T09:00:00.000Z")
        #expect(try Sample.receivedDeviation().dueOn.description == "2026-12-28")
    }

    @Test func `the institution's closed days and days of handling count`() throws {
        let closed = Set([ClosedDay("12-28")].compactMap(\.self))
        let time = HandlingTime(calendarDays: 31, workingDays: WorkingDays(closedDays: closed))
        let change = ReceiveReport(report: try Sample.report(), handlingTime: time).apply(
            id: "d1", by: "k", at: Sample.received)
        #expect(change.deviation.dueOn.description == "2026-12-29")
    }

    @Test func `it is overdue from the day after its due date`() throws {
        let deviation = try Sample.receivedDeviation()
        #expect(!deviation.isOverdue(on: deviation.dueOn))
        #expect(deviation.isOverdue(on: deviation.dueOn.adding(days: 1)))
    }
}
