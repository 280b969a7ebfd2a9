import DeviationsCore
import Testing

@Suite struct ForwardingTests {
    private func forward(to unit: String) -> ForwardToFaculty {
        ForwardToFaculty(unit: unit, reason: "Hører hjemme der", central: "central")
    }

    @Test func `a case that comes back to a faculty it left has to be decided centrally`() throws {
        let atHF = try Sample.triaged().after(forward(to: "HF"))
        expectRefused(forward(to: "IE"), on: atHF, .centralDecision)
        #expect(try atHF.after(forward(to: "MH")).unit == "MH")
        #expect(try atHF.after(forward(to: "central")).unit == "central")
    }

    @Test func `a case that a department has sent on does not come back to its faculty either`() throws {
        let atHF = try Sample.triaged().after(forward(to: "HF"))
        var back = forward(to: "faculty")
        #expect(try atHF.after(back).unit == "faculty")
        back.leftFaculties = ["faculty"]
        expectRefused(back, on: atHF, .centralDecision)
    }

    @Test func `where the central reception sends it, it stays`() throws {
        let decided = try Sample.triaged().after(forward(to: "HF")).after(forward(to: "central")).after(
            forward(to: "IE"))
        #expect(decided.unit == "IE" && decided.isDecidedCentrally && decided.forwardings == 3)
        expectRefused(forward(to: "MH"), on: decided, .centralDecision)
        #expect(try decided.after(forward(to: "central")).unit == "central")
    }

    @Test func `a report that began at the central reception may be forwarded on from where it was sent`() throws {
        var report = try Sample.report()
        report.unit = "central"
        let act = ReceiveReport(report: report, handlingTime: HandlingTime())
        let sent = try act.apply(id: "d1", by: "kari", at: Sample.received).deviation.after(forward(to: "HF"))
        #expect(try sent.after(forward(to: "IE")).unit == "IE")
    }
}
