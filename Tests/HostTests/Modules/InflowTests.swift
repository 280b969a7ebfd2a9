import EventKit
import ModuleKit
import Testing

/// How many reports of people nobody knows are taken in an hour.
@Suite struct InflowTests {
    private let start = Timestamp(milliseconds: 1_800_000_000_000)

    @Test(arguments: [1, 3, 60]) func `an hour's reports are taken at once, and not one more`(perHour: Int) {
        var inflow = Inflow(perHour: perHour)
        let taken = (0...perHour).map { _ in inflow.take(at: start) }
        #expect(taken == Array(repeating: true, count: perHour) + [false])
    }

    @Test func `room grows back evenly, however often somebody tries`() {
        var inflow = Inflow(perHour: 60)
        for _ in 0..<1000 { _ = inflow.take(at: start) }
        let taken = [59, 60, 61].map { inflow.take(at: start.adding(seconds: $0)) }
        #expect(taken == [false, true, false])
        var later = 0
        for _ in 0..<1000 where inflow.take(at: start.adding(seconds: 86_400)) { later += 1 }
        #expect(later == 60)
    }
}
