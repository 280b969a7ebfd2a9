import CalendarKit
import EventKit
import Foundation
import Logging
import ModuleKit
import ServiceLifecycle
import Storage
import Synchronization
import TrivselTesting
import Vault
import WhistleblowingCore

@testable import WhistleblowingModule

/// A database with a vault and a small university: `vigdis` keeps Trondheim, `torstein` the institution, and the rest keep nothing.
struct Bed: Sendable {
    let database: Database
    let vault: Vault
    let directory: Directory
    let clock = MovableClock()
    let posted = Posted()

    var whistleblows: Whistleblows { Whistleblows(host, Deadlines()) }

    var host: HostServices {
        HostServices(
            database: database, vault: vault, directory: directory, clock: clock.clock, workingDays: WorkingDays(),
            logger: Self.logger,
            notices: posted.post)
    }

    var today: CivilDate { Oslo.date(at: clock.now) }
    var keepers: Keepers { Keepers(chart: directory.chart, now: clock.now) }

    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static func lay(
        _ engine: Engine, isolation: isolated (any Actor)? = #isolation, _ body: (Bed) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        try await TestDatabase.with(engine, Vault.migrations + Directory.migrations + WhistleblowingMigrations.all) {
            database in
            try await database.write { tx in try people(tx) }
            let masters = try MasterKeys(text: MasterKeys.makeLine(), from: "the test")
            let vault = try await Vault.open(
                data: database, keys: try DatabaseURL("sqlite:\(folder.path)/keys.sqlite"), masters: masters,
                logger: logger)
            do {
                try await body(
                    Bed(database: database, vault: vault, directory: try await Directory(database: database)))
            } catch {
                await vault.close()
                throw error
            }
            await vault.close()
        }
    }

    private static func people(_ tx: Transaction) throws {
        func unit(_ id: String, _ parent: String?, _ kind: ModuleKit.Unit.Kind) throws {
            try Directory.put(
                ModuleKit.Unit(
                    id: id, parent: parent, kind: kind, short: id, names: Translated(nb: id, nn: id, en: id)), sort: 0,
                in: tx)
        }
        try unit("ntnu", nil, .institution)
        for campus in ["trondheim", "gjovik"] {
            try unit(campus, "ntnu", .campus)
            try Directory.put(
                Campus(id: campus, names: Translated(nb: campus, nn: campus, en: campus)), sort: 0, in: tx)
        }
        for (id, name) in [("vigdis", "Vigdis Holmen"), ("torstein", "Torstein Brekke"), ("kari", "Kari Solbakken")] {
            try Directory.put(
                Person(
                    id: id, name: name, email: "\(id)@ntnu.test", language: .nb, affiliation: .employee, unit: nil,
                    campus: nil), in: tx)
        }
        let start = Timestamp(milliseconds: 0)
        try Directory.put(
            RoleGrant(person: "vigdis", role: .vaultKeeper, unit: "trondheim", from: start, to: nil), in: tx)
        try Directory.put(RoleGrant(person: "torstein", role: .vaultKeeper, unit: "ntnu", from: start, to: nil), in: tx)
    }

    func report(
        _ title: String = "Trakassering på lab", _ description: String = "Det skjer hver uke.",
        campus: String = "trondheim",
        excluded: [String] = []
    ) throws -> CheckedReport {
        var draft = ReportDraft()
        (draft.category, draft.campus, draft.title, draft.description) = ("harassment", campus, title, description)
        draft.excluded = excluded
        let choices = ReportChoices(campuses: ["trondheim", "gjovik"]) { [keepers] in keepers.of($0, excluding: $1) }
        return try CheckedReport(draft, choices: choices, today: today)
    }

    /// Reports anonymously.
    func send(_ report: CheckedReport, seed: String = UUID().uuidString) async throws -> ReceiptCode {
        try await whistleblows.receiveAnonymously(report, seed: seed, now: clock.now, today: today)
    }

    /// Reports anonymously; the case.
    func sent(_ report: CheckedReport) async throws -> StoredWhistleblow {
        guard let stored = try await whistleblows.find(try await send(report)) else {
            throw NeverCame(description: "no case")
        }
        return stored
    }

    func perform(_ act: any WhistleblowingCore.Act, on stored: StoredWhistleblow, by actor: String?) async throws {
        try await whistleblows.perform(stored, by: actor, on: today) { _ in act }
    }

    func all() async throws -> [StoredWhistleblow] {
        try await whistleblows.list(State.allCases, limit: 1000) { _ in true }
    }

    /// What the keeper's list holds.
    func listed(_ keeper: String) async throws -> [String] {
        let keepers = keepers
        return try await whistleblows.list([.received, .acknowledged], limit: 1000) { keepers.of($0).contains(keeper) }
            .map(\.whistleblow.content.report.title)
    }
}

/// Keeps the notices that would be sent.
final class Posted: Sendable {
    private let sent = Mutex<[(notice: Notice, key: String)]>([])

    var post: NoticePost { NoticePost { [self] notice, key, _ in sent.withLock { $0.append((notice, key)) } } }
    var recipients: [String] { sent.withLock { $0.map(\.notice.recipient) }.sorted() }
    var keys: [String] { sent.withLock { $0.map(\.key) } }
    var notices: [Notice] { sent.withLock { $0.map(\.notice) } }
    func forget() { sent.withLock { $0 = [] } }
}
