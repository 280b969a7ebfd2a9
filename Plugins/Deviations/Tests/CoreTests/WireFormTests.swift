import DeviationsContract
import EventKit
import Foundation
import Testing

/// The wire form of an event never changes once released: a new meaning is a new type (`.v2`).
@Suite struct WireFormTests {
    static let facts = DeviationFacts(
        id: "019e7c5e-4f80-7abc-8def-0123456789ab", unit: "IE", campus: "trondheim", category: "exam",
        environment: "organisational", status: "assigned", receivedAt: Timestamp(milliseconds: 1_795_770_000_000),
        dueOn: CivilDate(daysSince1970: 20_815))
    static let measure = "019e7c5e-4f80-7abc-8def-0123456789ac"
    static let date = CivilDate(daysSince1970: 20_850)
    static let payloads: [any EventPayload & Hashable] = [
        DeviationReceived(deviation: facts), DeviationTriaged(deviation: facts), DeviationAssigned(deviation: facts),
        DeviationForwarded(deviation: facts, fromUnit: "HF", forwardings: 1), DeviationRejected(deviation: facts),
        DeviationNoted(deviation: facts), DeviationReplied(deviation: facts), CauseRecorded(deviation: facts),
        MeasureAdded(deviation: facts, measure: measure, measureDueOn: date),
        MeasureMoved(deviation: facts, measure: measure, measureDueOn: date),
        MeasureCompleted(deviation: facts, measure: measure, measureDueOn: date),
        PreliminaryReplied(deviation: facts, expectedOn: date),
        DeviationClosed(deviation: facts, unfinishedMeasures: 1),
        DeadlineNear(deviation: facts, deadline: date, workingDays: 5),
        DeviationOverdue(deviation: facts, deadline: date, workingDays: 1, level: 2),
        DueDateMoved(deviation: facts, fromDueOn: date),
        MeasureDue(deviation: facts, measure: measure, measureDueOn: date, workingDays: -5),
        CentralMeasureDue(measure: measure, unit: "IE", measureDueOn: date, workingDays: 1),
        EffectDue(deviation: facts, measure: measure), EffectChecked(deviation: facts, measure: measure),
        SummaryPublished(deviation: facts),
        DeviationWithdrawn(deviation: facts), DeviationContinued(deviation: facts),
        DeviationFilesAdded(deviation: facts),
        PeopleExcluded(deviation: facts),
        DeviationReopened(deviation: facts, reopenings: 3),
        ReportMerged(deviation: facts, into: "019e7c5e-4f80-7abc-8def-0123456789ad", reports: 180),
        ReportSeparated(deviation: facts), FirstReporterReplied(deviation: facts), DeviationTakenOver(deviation: facts),
        ConsultationOpened(deviation: facts, consultation: measure, deadline: date),
        PassageMasked(deviation: facts, mask: measure), PassageUnmasked(deviation: facts, mask: measure),
        ConsultationAnswered(deviation: facts, consultation: measure),
        ConsultationDeclined(deviation: facts, consultation: measure),
        ReporterAnswered(deviation: facts), FeedbackGiven(deviation: facts, answer: "partly"),
        FeedbackDue(deviation: facts),
        RetentionNear(deviation: facts, removedOn: date), DeviationKept(deviation: facts),
        ContentRemoved(deviation: facts),
    ]
    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures")

    @Test(arguments: payloads.indices)
    func `an event is written as its fixture has it, and read back`(index: Int) throws {
        try check(Self.payloads[index])
    }

    @Test func `every event type is in the list and has a fixture, and there is no other fixture`() throws {
        let types = DeviationEvents.all.map { $0.type }.sorted()
        #expect(Self.payloads.map { Swift.type(of: $0).type }.sorted() == types)
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.fixtures.path)
        #expect(files.sorted() == types.map { "\($0).json" })
    }

    @Test(arguments: DeviationEvents.all.map { $0.type })
    func `a type is the module's, in the past tense form with a version`(type: String) {
        #expect(type.wholeMatch(of: /deviations\.[a-z]+(-[a-z]+)*\.v[1-9]/) != nil)
    }

    private func check<Payload: EventPayload & Hashable>(_ payload: Payload) throws {
        let event = try Event(payload, subject: Self.facts.id, at: Self.facts.receivedAt)
        let fixture = try String(contentsOf: Self.fixtures.appending(path: "\(Payload.type).json"), encoding: .utf8)
        #expect(event.data + "\n" == fixture)
        let logged = LoggedEvent(
            event: event, position: 1, previous: 0, epoch: "e", source: "/trivsel/test/deviations", dataSchema: "")
        #expect(try logged.payload(Payload.self) == payload)
    }
}
