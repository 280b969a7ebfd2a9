import CalendarKit
import EventKit
import ModuleKit
import Testing

/// What a deputy may, and for how long.
@Suite struct DeputyTests {
    private let now = ToyChart.now

    private func roles(_ person: String, _ chart: OrganisationChart, at time: Timestamp) -> [String] {
        chart.grants(of: person, at: time).map { "\($0.role.rawValue) \($0.unit)" }.sorted()
    }

    /// The days on which clocks change have 23 and 25 hours; an ordinary one stands beside them.
    @Test(arguments: [(2027, 3, 28, 23), (2026, 10, 25, 25), (2026, 11, 27, 24)])
    func `a deputy's last day ends at midnight in Oslo, whatever clocks do`(
        _ year: Int, _ month: Int, _ day: Int, _ hours: Int64
    ) {
        let last = ToyChart.date(year, month, day)
        let start = Oslo.startOfDay(last)
        let end = Oslo.endOfDay(last)
        #expect(end == start.adding(seconds: hours * 3600))
        let row = ToyChart.standing("b", for: "a", from: start, to: end)
        let chart = ToyChart.chart([ToyChart.grant("a", .intakeOfficer, "fac")], [row])
        #expect(roles("b", chart, at: Timestamp(milliseconds: start.milliseconds - 1)) == [])
        #expect(roles("b", chart, at: start) == ["intake-officer fac"])
        #expect(roles("b", chart, at: Timestamp(milliseconds: end.milliseconds - 1)) == ["intake-officer fac"])
        #expect(roles("b", chart, at: end) == [])
    }

    @Test(arguments: [(2027, 3, 28), (2026, 10, 25)])
    func `a role's last day ends at midnight in Oslo in the nights when clocks change`(
        _ year: Int, _ month: Int, _ day: Int
    ) {
        let end = Oslo.endOfDay(ToyChart.date(year, month, day))
        let chart = ToyChart.chart([ToyChart.grant("a", .caseHandler, "fac", to: end)])
        #expect(chart.holders(of: .caseHandler, at: "fac", now: Timestamp(milliseconds: end.milliseconds - 1)) == ["a"])
        #expect(chart.holders(of: .caseHandler, at: "fac", now: end) == [])
    }

    @Test func `a deputy for one role and unit has no other`() {
        let grants = [
            ToyChart.grant("a", .intakeOfficer, "fac"), ToyChart.grant("a", .caseHandler, "fac"),
            ToyChart.grant("a", .caseHandler, "other"),
        ]
        let chart = ToyChart.chart(grants, [ToyChart.standing("b", for: "a", .caseHandler, at: "fac")])
        #expect(roles("b", chart, at: now) == ["case-handler fac"])
    }

    @Test func `a deputy for a department of one who has the faculty has the department only`() {
        let chart = ToyChart.chart(
            [ToyChart.grant("a", .caseHandler, "fac")], [ToyChart.standing("b", for: "a", at: "dep")])
        #expect(roles("b", chart, at: now) == ["case-handler dep"])
    }

    @Test(arguments: Role.allCases.filter { !$0.canHaveDeputy })
    func `what is given to one person for who they are is not lent`(_ role: Role) {
        let chart = ToyChart.chart([ToyChart.grant("a", role, "uni")], [ToyChart.standing("b", for: "a")])
        #expect(roles("b", chart, at: now) == [])
    }

    @Test func `a deputy's deputy stands in for both`() {
        let grants = [ToyChart.grant("a", .intakeOfficer, "fac"), ToyChart.grant("b", .caseHandler, "other")]
        let chart = ToyChart.chart(grants, [ToyChart.standing("b", for: "a"), ToyChart.standing("c", for: "b")])
        #expect(roles("c", chart, at: now) == ["case-handler other", "intake-officer fac"])
    }

    @Test func `when the other's role ends the deputy has it until somebody new holds it or the period is over`() {
        let end = now.adding(seconds: 60)
        let over = now.adding(seconds: 600)
        let later = now.adding(seconds: 300)
        let old = ToyChart.grant("a", .intakeOfficer, "fac", to: end)
        let row = ToyChart.standing("b", for: "a", to: over)
        let chart = ToyChart.chart([old], [row])
        #expect(roles("a", chart, at: end) == [])
        #expect(roles("b", chart, at: end) == ["intake-officer fac"])
        #expect(roles("b", chart, at: over) == [])
        let new = RoleGrant(person: "d", role: .intakeOfficer, unit: "fac", from: later, to: nil)
        #expect(roles("b", ToyChart.chart([old, new], [row]), at: later) == [])
    }

    @Test func `a role that had ended before the period is not lent`() {
        let old = ToyChart.grant("a", .intakeOfficer, "fac", to: now.adding(seconds: -60))
        #expect(roles("b", ToyChart.chart([old], [ToyChart.standing("b", for: "a", from: now)]), at: now) == [])
    }

    @Test func `rows that stand in for each other, if there ever were such, end the search`() {
        let chart = ToyChart.chart(
            [ToyChart.grant("a", .caseHandler, "fac")],
            [ToyChart.standing("b", for: "a"), ToyChart.standing("a", for: "b")])
        #expect(roles("b", chart, at: now) == ["case-handler fac"])
        #expect(roles("a", chart, at: now) == ["case-handler fac"])
    }
}
