import DeviationsCore
import EventKit
import Testing

/// People who take up a post while a case is open.
@Suite struct KeepAwayTests {
    @Test func `a handler who comes to lead the reporter has the case no longer`() throws {
        let assigned = try Sample.assigned()
        let handler = try #require(assigned.handler)
        let kept = try assigned.after(KeepAway([Exclusion(.line, person: handler)]) { _ in nil })
        #expect(kept.excluded.contains(handler) && kept.handler == nil && kept.status == .received)
        #expect(kept.unit == assigned.unit && kept.dueOn == assigned.dueOn)
    }

    @Test func `when nobody in its unit may receive it, the case goes where somebody may`() throws {
        let kept = try Sample.receivedDeviation().after(
            KeepAway([Exclusion(.line, person: "ingrid")]) { $0.contains("ingrid") ? "sentralmottak" : nil })
        #expect(kept.unit == "sentralmottak")
    }

    @Test func `an ended case is kept from nobody new`() throws {
        expectRefused(
            KeepAway([Exclusion(.line, person: "x")]) { _ in nil }, on: try Sample.closed(), .notPossible(.closed))
    }
}
