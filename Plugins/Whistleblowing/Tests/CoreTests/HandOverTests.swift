import EventKit
import Testing
import WhistleblowingContract
import WhistleblowingCore

@Suite struct HandOverTests {
    private let step = HandedOver.Step(on: Sample.today.adding(days: -40), text: "Mottatt")

    @Test func `a deviation becomes a case with its text, its history for keepers only, and its own first day`() {
        let given = HandedOver(
            origin: .deviation, campus: "gjovik", category: "sexual-harassment", title: "Tittel", description: "Tekst",
            receivedOn: Sample.today, reporter: "kari", excluded: ["hamid"], steps: [step])
        let change = TakeHandOver(handedOver: given).apply(id: "c1", named: ["dagny"], on: Sample.later)
        #expect(
            change.whistleblow.receivedOn == Sample.today
                && change.whistleblow.content.report.category == .sexualHarassment)
        #expect(change.whistleblow.content.excluded == ["kari", "hamid", "dagny"])
        #expect(change.entries.map(\.kind) == [.before, .received] && change.entries[0].kind.isPrivate)
    }

    @Test func `an escalation is of dates and steps only, and its clock starts now`() {
        let given = HandedOver(
            origin: .escalation, campus: "gjovik", category: "", receivedOn: Sample.today.adding(days: -60),
            steps: [step])
        let change = TakeHandOver(handedOver: given).apply(id: "c1", named: [], on: Sample.later)
        #expect(
            change.whistleblow.receivedOn == Sample.later
                && change.whistleblow.content.report.category == .notFollowedUp)
        #expect(change.whistleblow.content.report.title.isEmpty && change.whistleblow.content.origin == .escalation)
    }

    @Test func `what another module wrote is read back as it was`() throws {
        let given = HandedOver(
            origin: .deviation, campus: "gjovik", category: "threats", title: "Tittel", description: "Tekst",
            occurredOn: Sample.today,
            receivedOn: Sample.today, reporter: "kari", excluded: ["hamid"], steps: [step],
            files: [HandedOver.File(name: "bilde.png", type: "image/png", size: 12)])
        let (read, contents) = try HandedOver.read(given.payload(contents: [Array(repeating: 7, count: 12)]))
        #expect(read == given && contents == [Array(repeating: 7, count: 12)])
    }

    @Test(arguments: [[], [0, 0, 0, 9, 1], [0, 0, 0, 2, 0x7B, 0x7D], [255, 255, 255, 255]] as [[UInt8]])
    func `anything else is refused`(payload: [UInt8]) {
        #expect(throws: UnreadableHandOver.self) { try HandedOver.read(payload) }
    }

    @Test func `files that do not fit their list are refused`() throws {
        let given = HandedOver(origin: .deviation, campus: "gjovik", category: "threats", receivedOn: Sample.today)
        #expect(throws: UnreadableHandOver.self) { try given.payload(contents: [[1]]) }
        #expect(throws: UnreadableHandOver.self) { try HandedOver.read(given.payload() + [0]) }
    }
}
