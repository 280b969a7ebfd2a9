import EventKit
import ModuleKit
import Testing

/// Who gets what, when some may not have it.
@Suite struct HolderTests {
    private let now = ToyChart.now
    private let chart = ToyChart.chart(
        [
            ToyChart.grant("a", .intakeOfficer, "fac"), ToyChart.grant("u", .intakeOfficer, "uni"),
            ToyChart.grant("r", .intakeOfficer, "desk"), ToyChart.grant("h", .caseHandler, "fac"),
            ToyChart.grant("i", .caseHandler, "fac"),
        ], [ToyChart.standing("b", for: "a"), ToyChart.standing("c", for: "b")])

    @Test(arguments: [
        ([], "fac", ["a", "b", "c"]), (["a"], "fac", ["b", "c"]), (["a", "b"], "fac", ["c"]),
        (["a", "b", "c"], "uni", ["u"]),
        (["a", "b", "c", "u"], "desk", ["r"]),
    ])
    func `a report goes to the nearest who is not left out: deputy, unit above, central reception`(
        _ out: [String], _ unit: String, _ people: [String]
    ) {
        let excluded = Set(out)
        let found = chart.nearestReception(of: .intakeOfficer, to: "dep", without: excluded, now: now)
        #expect(found?.unit == unit && found?.people == people)
        #expect(chart.nearestHolders(of: .intakeOfficer, to: "dep", without: excluded, now: now) == people)
    }

    @Test func `when nobody at all is left there is nobody`() {
        #expect(
            chart.nearestReception(of: .intakeOfficer, to: "dep", without: ["a", "b", "c", "u", "r"], now: now) == nil)
        #expect(chart.nearestHolders(of: .proRector, to: "dep", now: now) == [])
    }

    @Test func `what lay with somebody goes to their deputy, else to the nearest who holds the role`() {
        #expect(chart.whoTakesOver(from: "a", role: .intakeOfficer, unit: "dep", now: now) == ["b"])
        #expect(chart.whoTakesOver(from: "a", role: .intakeOfficer, unit: "dep", without: ["b"], now: now) == ["c"])
        #expect(chart.whoTakesOver(from: "h", role: .caseHandler, unit: "dep", now: now) == ["i"])
        #expect(chart.whoTakesOver(from: "h", role: .caseHandler, unit: "other", now: now) == [])
    }

    @Test func `at the midnight that ends a post the case falls to the deputy, and to the successor once there is one`()
    {
        let midnight = now.adding(seconds: 3600)
        let later = now.adding(seconds: 7200)
        let grants = [ToyChart.grant("h", .caseHandler, "fac", to: midnight)]
        let row = ToyChart.standing("b", for: "h")
        let chart = ToyChart.chart(grants, [row])
        #expect(chart.holds(.caseHandler, "h", for: "dep", now: Timestamp(milliseconds: midnight.milliseconds - 1)))
        #expect(!chart.holds(.caseHandler, "h", for: "dep", now: midnight))
        #expect(chart.whoTakesOver(from: "h", role: .caseHandler, unit: "dep", now: midnight) == ["b"])
        #expect(chart.holds(.caseHandler, "b", for: "dep", now: midnight))
        let successor = RoleGrant(person: "s", role: .caseHandler, unit: "fac", from: later, to: nil)
        #expect(
            ToyChart.chart(grants + [successor], [row]).whoTakesOver(
                from: "h", role: .caseHandler, unit: "dep", now: later) == ["s"])
    }

    @Test(arguments: [
        ("dean", "fac", "teacher", "dep", true), ("teacher", "dep", "dean", "fac", true),
        ("head", "dep", "teacher", "dep", true),
        ("dean", "fac", "head", "dep", true), ("teacher", "dep", "colleague", "dep", false),
        ("dean", "fac", "stranger", "other", false),
        ("head", "dep", "officer", "fac", false), ("dean", "fac", "dean", "fac", false),
        ("teacher", "dep", "rector", "uni", true),
        ("vice", "fac", "teacher", "dep", true),
    ])
    func `the line of command is seen from both ends`(
        _ a: String, _ unitA: String, _ b: String, _ unitB: String, _ expected: Bool
    ) {
        let grants = [
            ToyChart.grant("rector", .lineManager, "uni"), ToyChart.grant("dean", .lineManager, "fac"),
            ToyChart.grant("head", .lineManager, "dep"),
        ]
        let chart = ToyChart.chart(grants, [ToyChart.standing("vice", for: "dean")])
        #expect(chart.isInLine(ToyChart.person(a, at: unitA), ToyChart.person(b, at: unitB), now: now) == expected)
    }

    @Test func `a manager belongs to what they lead, and one without a unit is in nobody's line`() {
        let chart = ToyChart.chart([
            ToyChart.grant("dean", .lineManager, "fac"), ToyChart.grant("head", .lineManager, "dep"),
        ])
        #expect(chart.isInLine(ToyChart.person("dean", at: nil), ToyChart.person("head", at: nil), now: now))
        #expect(!chart.isInLine(ToyChart.person("dean", at: nil), ToyChart.person("guest", at: nil), now: now))
    }
}
