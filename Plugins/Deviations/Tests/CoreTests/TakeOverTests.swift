import DeviationsCore
import Testing

@Suite struct TakeOverTests {
    @Test func `a deputy takes over where the other left, the clock unchanged`() throws {
        let before = try Sample.assigned()
        let after = try before.after(TakeOver(handler: "deputy", unit: before.unit))
        #expect(after.handler == "deputy" && after.status == .assigned && after.dueOn == before.dueOn)
    }

    @Test func `without one, the intake officer has it again, at the unit that can receive it`() throws {
        let after = try Sample.assigned().after(TakeOver(handler: nil, unit: "central"))
        #expect(after.handler == nil && after.status == .received && after.unit == "central")
    }

    @Test func `nobody takes over what they must not have, and nothing that has ended`() throws {
        var deviation = try Sample.assigned()
        deviation.exclusions = [Exclusion(.named, person: "deputy")]
        expectRefused(TakeOver(handler: "deputy", unit: "IE"), on: deviation, .disqualified)
        expectRefused(TakeOver(handler: nil, unit: "IE"), on: try Sample.closed(), .notPossible(.closed))
    }
}
