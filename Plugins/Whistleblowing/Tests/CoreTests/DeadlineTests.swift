import EventKit
import Testing
import WhistleblowingCore

@Suite struct DeadlineTests {
    private let deadlines = Deadlines()

    @Test func `a report is acknowledged within seven days, and answered three months after that`() throws {
        let received = try Sample.received()
        let acknowledged = try Sample.acknowledged()
        #expect(
            deadlines.next(received)?.description == "2026-12-04"
                && deadlines.feedback(received).description == "2027-03-04")
        #expect(
            deadlines.next(acknowledged)?.description == "2027-02-28",
            "three months after 30 November is the last of February")
    }

    @Test func `it is overdue the day after`() throws {
        let received = try Sample.received()
        let last = deadlines.acknowledge(received)
        #expect(!deadlines.isOverdue(received, on: last) && deadlines.isOverdue(received, on: last.adding(days: 1)))
        #expect(!deadlines.isOverdue(try Sample.concluded(), on: last.adding(days: 999)))
    }

    @Test func `a deletion is warned of from thirty days before`() throws {
        let concluded = try Sample.concluded()
        let deletion = try #require(concluded.deleteOn)
        #expect(deadlines.warnsOfDeletion(concluded, on: deletion.adding(days: -30)))
        #expect(!deadlines.warnsOfDeletion(concluded, on: deletion.adding(days: -31)))
        #expect(!deadlines.warnsOfDeletion(try Sample.received(), on: deletion))
    }
}
