import CalendarKit
import DeviationsCore
import DeviationsModule
import EventKit
import Storage
import TrivselTesting

/// What the tests of the module start from.
enum Sample {
    /// Friday 2026-11-27 at 10 in Oslo.
    static let now = Timestamp(milliseconds: 1_795_770_000_000)

    static func report(_ title: String = "Sensuren er forsinket", unit: String = "IE", category: String = "grading")
        -> Report
    {
        Report(
            title: title, description: "Fristen gikk ut for tre uker siden.", unit: unit, campus: "trondheim",
            category: category, environment: .organisational, occurredOn: nil, threshold: nil,
            ordinaryChannels: .notTried(reason: "Læreren er problemet."))
    }

    static func deviation(_ report: Report = report(), by reporter: String = "kari", at now: Timestamp = now)
        -> Deviation
    {
        ReceiveReport(report: report, handlingTime: HandlingTime())
            .apply(id: Identifier.make(at: now), by: reporter, at: now).deviation
    }

    static let answers = Triage(isDeviation: true, holdsSensitiveData: true, isCensurable: false)
    static let addMeasure = AddMeasure(
        id: "m1", action: "Oppnevn reserve", cause: "Sårbar ordning", owner: "dagny", dueOn: "2027-02-01")
}

/// A database with this module's tables and the event log's.
func withDatabase<Value>(
    _ engine: Engine, isolation: isolated (any Actor)? = #isolation, _ body: (Database) async throws -> Value
) async throws -> Value {
    try await TestDatabase.with(engine, EventLog.migrations + DeviationsMigrations.all, body)
}

extension Database {
    /// Stores a new deviation.
    func insert(_ deviation: Deviation) async throws -> StoredDeviation {
        try await write { tx in
            try DeviationStore.insert(deviation, words: DeviationStore.words(of: deviation.report), in: tx)
        }
    }

    /// Stores what `act` makes of `stored`.
    func save(_ act: some Act, on stored: StoredDeviation) async throws -> StoredDeviation {
        let changed = try act.apply(to: stored.deviation, by: "ingrid", at: Sample.now).deviation
        return try await write { tx in try DeviationStore.save(changed, over: stored, in: tx) }
    }

    func load(_ id: String) async throws -> StoredDeviation? { try await read { try DeviationStore.load(id, in: $0) } }
}
