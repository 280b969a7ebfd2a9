import CalendarKit
import DeviationsCore
import EventKit
import Foundation
import Logging
import ModuleKit
import Storage
import Synchronization
import Testing
import TrivselTesting
import Vault
import WhistleblowingContract

@testable import DeviationsModule

/// A deviations module with a mailbox to whistleblowing, whose other side the test plays: every step one at a time, and a vault that can
/// be closed and opened as a process does.
final class DepartureBed: Sendable {
    let database: Database
    let directory: Directory
    let clock = MovableClock()
    private let vaultNow: Mutex<Vault>
    private let open: @Sendable () async throws -> Vault
    private let posted = Mutex<[Notice]>([])

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private init(_ database: Database, _ open: @escaping @Sendable () async throws -> Vault) async throws {
        (self.database, self.open) = (database, open)
        directory = try await Directory(database: database)
        vaultNow = Mutex(try await open())
    }

    var vault: Vault { vaultNow.withLock(\.self) }
    var notices: [Notice] { posted.withLock(\.self) }

    var host: HostServices {
        HostServices(
            database: database, vault: vault, directory: directory, clock: clock.clock, workingDays: WorkingDays(),
            logger: Self.logger, notices: NoticePost { notice, _, _ in self.posted.withLock { $0.append(notice) } })
    }

    var cases: CaseVault { CaseVault(vault, database: database) }
    var acts: DeviationActs { DeviationActs(database: database, cases: cases, handlingTime: HandlingTime()) }
    var departures: ReRegistrations { ReRegistrations(host: host, cases: cases, farewellDays: 90) }
    var withdrawals: Withdrawals { Withdrawals(acts: acts, departures: departures) }
    var escalations: Escalations { Escalations(host: host, cases: cases) }

    /// The process ends and begins again: only what is stored is left.
    func restart() async throws {
        await vault.close()
        let fresh = try await open()
        vaultNow.withLock { $0 = fresh }
    }

    static func lay(
        _ engine: Engine, isolation: isolated (any Actor)? = #isolation, _ body: (DepartureBed) async throws -> Void
    ) async throws {
        let migrations =
            EventLog.migrations + Vault.migrations + Directory.migrations + Idempotency.migrations
            + DeviationsMigrations.all + [taken]
        try await TestDatabase.with(engine, migrations) { database in
            try await TestDatabase.with(engine) { keys in
                try await database.write { try people($0) }
                let masters = try MasterKeys(text: MasterKeys.makeLine(), from: "the test")
                let bed = try await DepartureBed(database) {
                    try await Vault.open(data: database, keys: keys.url, masters: masters, logger: logger)
                }
                do { try await body(bed) } catch {
                    await bed.vault.close()
                    throw error
                }
                await bed.vault.close()
            }
        }
    }

    /// What the other side has made of hand-overs, in the database so that it counts with the transaction.
    private static let taken = Migration(module: "test", number: 1, name: "taken") { d in
        ["CREATE TABLE deviations_test_taken (id \(d.identity), payload \(d.blob) NOT NULL)"]
    }

    private static func people(_ tx: Transaction) throws {
        func unit(_ id: String, _ parent: String?, _ kind: ModuleKit.Unit.Kind) throws {
            let names = Translated(nb: id, nn: id, en: id)
            try Directory.put(
                ModuleKit.Unit(id: id, parent: parent, kind: kind, short: id, names: names), sort: 0, in: tx)
        }
        try unit("ntnu", nil, .institution)
        try unit("IE", "ntnu", .faculty)
        for (id, role) in [
            ("kari", nil), ("ingrid", Role.intakeOfficer), ("arne", .intakeOfficer), ("hamid", .caseHandler),
            ("dagny", .lineManager),
        ] {
            try Directory.put(
                Person(
                    id: id, name: "\(id.capitalized) Navn", email: "\(id)@ntnu.test", language: .nb,
                    affiliation: .employee,
                    unit: "IE", campus: nil), in: tx)
            guard let role else { continue }
            try Directory.put(
                RoleGrant(person: id, role: role, unit: "IE", from: Timestamp(milliseconds: 0), to: nil), in: tx)
        }
    }

    func viewer(_ id: String) async throws -> Viewer {
        let person = try await database.read { try Directory.person(id, in: $0) }
        return Viewer(person: try #require(person), grants: directory.chart.grants(of: id, at: clock.now))
    }

    func visit(_ viewer: Viewer) -> Visit {
        Visit(
            viewer: viewer, language: .nb, now: clock.now,
            access: Access(policy: DeviationsRights.policy, chart: directory.chart), formToken: nil,
            shell: Shell(institution: "NTNU", styleSheet: "", script: "", menu: []))
    }

    // MARK: What people do

    static let story = "Foreleseren berører meg mot min vilje hver tirsdag"

    /// Kari reports something that no deviation is; its id.
    func report(_ title: String = "Tafsing i forelesning") async throws -> String {
        var report = Sample.report(title)
        report.description = Self.story
        return try await acts.receive(report, from: "kari", at: clock.now).deviation.id
    }

    static func form(_ fields: [String: String] = [:]) -> FormData {
        var form = FormData()
        let all = [
            "isDeviation": "no", "holdsSensitiveData": "yes", "isCensurable": "yes",
            "reason": "Dette er et varsel, ikke et avvik.",
        ].merging(fields) { $1 }
        for (name, value) in all { form[name] = value }
        return form
    }

    /// What the officer confirms; nil when they may not.
    func confirm(_ id: String, by officer: String = "ingrid", _ form: FormData = form()) async throws
        -> StoredDeviation?
    {
        let viewer = try await viewer(officer)
        let version = try await load(id)?.version ?? 0
        let ready = try await departures.prepare(form, on: id, by: viewer, visit(viewer), ifVersion: version)
        guard let ready else { return nil }
        return try await database.write { try ready.carryOut($0) }
    }

    /// The other side takes what waits; how many it took.
    @discardableResult
    func take(failing: Bool = false) async throws -> Int {
        try await vault.inbox(of: HandedOver.recipient) { _, payload, tx in
            try tx.execute("INSERT INTO deviations_test_taken (payload) VALUES (\(payload))")
            if failing { throw Killed() }
        }.handleAll()
    }

    /// This side is told of what was taken.
    @discardableResult
    func complete(failing: Bool = false) async throws -> Int {
        let departures = departures
        return try await departures.outbox().completions { id, tx in
            try departures.completed(id, at: Sample.now, in: tx)
            if failing { throw Killed() }
        }.handleAll()
    }

    /// The other side takes one of what waits.
    func takeOne() async throws {
        _ = try await vault.inbox(of: HandedOver.recipient) { _, payload, tx in
            guard try tx.first("SELECT 1 FROM deviations_test_taken", { $0.int(0) }) == nil else { throw Killed() }
            try tx.execute("INSERT INTO deviations_test_taken (payload) VALUES (\(payload))")
        }.handleAll()
    }

    /// This side is told of one of what was taken.
    func completeOne() async throws {
        let departures = departures
        _ = try await departures.outbox().completions { id, tx in
            let told = try tx.first("SELECT 1 FROM deviations_leaving WHERE is_taken = 1") { $0.int(0) }
            if told != nil { throw Killed() }
            try departures.completed(id, at: Sample.now, in: tx)
        }.handleAll()
    }

    // MARK: What is there

    func load(_ id: String) async throws -> StoredDeviation? {
        let key = try await cases.key(of: id)
        return try await database.read { try DeviationStore.load(id, key: key, in: $0) }
    }

    func taken() async throws -> [HandedOver] {
        try await database.read { reader in
            try reader.query("SELECT payload FROM deviations_test_taken ORDER BY id") {
                try HandedOver.read($0.bytes(0)).0
            }
        }
    }

    func count(_ table: String, where condition: String = "1 = 1") async throws -> Int {
        try await database.read {
            try $0.first("SELECT COUNT(*) FROM \(raw: table) WHERE \(raw: condition)") { $0.int(0) }
        } ?? -1
    }

    /// The log, as soon as it holds `count` events.
    func events(_ count: Int) async throws -> [LoggedEvent] {
        let log = EventLog(database: database, installation: "test")
        let everything = try #require(TopicPattern("*"))
        var events: [LoggedEvent] = []
        for await _ in log.changes() {
            events = try await log.read(after: 0, matching: [everything], limit: 500, maxBytes: 1 << 20).events
            if events.count >= count { break }
        }
        return events
    }

    /// What the case's row still says, `nil` for what is empty.
    func row(_ id: String) async throws -> [String] {
        let columns = [
            "unit", "campus", "category", "environment", "reporter", "handler", "expected_on", "triage_deviation",
            "triage_sensitive", "key_id", "title", "reported_unit", "occurred_on", "threshold", "channels_which",
            "channels_text", "description", "cause_what", "cause_why", "cause_prevention", "outcome", "locked_to",
            "withdrawn_on",
        ]
        return try await database.read { reader in
            try columns.filter { column in
                let isThere: SQL = """
                    SELECT COUNT(*) FROM deviations_case WHERE uid = \(id) AND \(raw: column) IS NOT NULL
                        AND CAST(\(raw: column) AS TEXT) <> ''
                    """
                return try reader.first(isThere) { $0.int(0) } == 1
            }
        }
    }
}

/// The process ends here.
struct Killed: Error {}
