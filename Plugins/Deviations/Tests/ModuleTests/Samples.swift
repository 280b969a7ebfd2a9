import CalendarKit
import DeviationsCore
import EventKit
import Storage
import Testing
import TrivselTesting
import Vault

@testable import DeviationsModule

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

/// A database with this module's tables and the event log's, and a vault over it.
struct Bed: Sendable {
    let database: Database
    let cases: CaseVault

    var acts: DeviationActs { DeviationActs(database: database, cases: cases, handlingTime: HandlingTime()) }

    /// Stores a new deviation.
    func insert(_ deviation: Deviation) async throws -> StoredDeviation {
        let sealed = try SealedReport(
            deviation, key: try await cases.vault.newKey(), search: try await cases.searchTokens(),
            token: cases.token)
        return try await database.write { try DeviationStore.insert(sealed, in: $0) }
    }

    /// Stores what `act` makes of `stored`.
    func save(_ act: some Act, on stored: StoredDeviation) async throws -> StoredDeviation {
        try await save(act.apply(to: stored.deviation, by: "ingrid", at: Sample.now).deviation, over: stored)
    }

    func save(_ changed: Deviation, over stored: StoredDeviation) async throws -> StoredDeviation {
        let key = try await key(of: stored)
        return try await database.write {
            try DeviationStore.save(changed, over: stored, key: key, token: cases.token, in: $0)
        }
    }

    func load(_ id: String) async throws -> StoredDeviation? {
        let key = try await cases.key(of: id)
        return try await database.read { try DeviationStore.load(id, key: key, in: $0) }
    }

    func add(_ entries: [TimelineEntry], to stored: StoredDeviation) async throws {
        let key = try await key(of: stored)
        try await database.write { tx in
            for entry in entries { try DeviationStore.add(entry, toCase: stored.key, by: key, in: tx) }
        }
    }

    func timeline(of stored: StoredDeviation, forReporter: Bool = false) async throws -> [TimelineEntry] {
        let key = try await key(of: stored)
        return try await database.read {
            try DeviationStore.timeline(ofCase: stored.key, by: key, forReporter: forReporter, in: $0)
        }
    }

    func list(
        _ filter: DeviationFilter = DeviationFilter(), scope: Scope, order: ListOrder = .due, after: ListCursor? = nil,
        limit: Int = 50
    ) async throws -> DeviationPage {
        let filter = try await cases.prepared(filter)
        let place = after.flatMap(cases.numbers.shown)
        let page = try await database.read {
            try DeviationStore.list(filter, scope: scope, order: order, after: place, limit: limit, in: $0)
        }
        return try await cases.opened(page)
    }

    private func key(of stored: StoredDeviation) async throws -> CaseKey {
        try #require(try await cases.key(of: stored.deviation.id))
    }
}

func withCases<Value>(
    _ engine: Engine, isolation: isolated (any Actor)? = #isolation, _ body: (Bed) async throws -> Value
) async throws -> Value {
    try await TestDatabase.with(engine, EventLog.migrations + Vault.migrations + DeviationsMigrations.all) { database in
        try await TestVault.with(engine, data: database) { vault in
            try await body(Bed(database: database, cases: CaseVault(vault, database: database)))
        }
    }
}
