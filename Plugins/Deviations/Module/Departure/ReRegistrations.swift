import CalendarKit
import DeviationsContract
import DeviationsCore
import EventKit
import Foundation
import ModuleKit
import Storage
import Vault
import WhistleblowingContract

/// Takes reports, or parts of them, to whistleblowing: sealed, once, and without a trace of where they went.
///
/// What the officer confirms locks the case and offers the content to the vault's mailbox in one transaction. When the other side has
/// it, `completed` empties the case and destroys its key in one transaction. Between the two nothing else of the case changes.
/// See DECISION.md of this module for what is told of it, and what is not.
struct ReRegistrations: Sendable {
    let host: HostServices
    let cases: CaseVault
    /// Days that the reporter has to read the farewell.
    let farewellDays: Int
    var way = ReRegistrationWay.oneStep

    /// What a form of triage asks for, when it is not the ordinary answers.
    enum Request: Sendable {
        /// `keptSteps` are places in the history whose words stay with the deviation when a part goes.
        case leave(ReRegister, keptSteps: Set<Int>)
        case callBack
    }

    /// What has to be done in a transaction, all that needs none being done.
    struct Prepared: Sendable {
        let carryOut: @Sendable (Transaction) throws -> StoredDeviation
    }

    func outbox() async throws -> Outbox {
        try await host.vault.outbox(from: "deviations", to: HandedOver.recipient)
    }

    /// Nil when the form asks for nothing of this, or the viewer may not: then the ordinary way says so.
    ///
    /// - Throws: `DeviationError`, `VaultAway` with the case locked.
    func prepare(_ form: FormData, on id: String, by viewer: Viewer, _ visit: Visit, ifVersion version: Int)
        async throws -> Prepared?
    {
        guard let request = try Self.request(in: form) else { return nil }
        switch request {
        case .callBack:
            guard let key = try await cases.key(of: id) else { return nil }
            let outbox = try await outbox()
            return Prepared { tx in try callBack(id, key, outbox, viewer, visit, in: tx) }
        case .leave where way == .byReporter: return nil
        case .leave(let act, let keptSteps):
            var known: CaseKey?
            do {
                known = try await cases.key(of: id)
                guard let key = known else { return nil }
                return try await leave(act, keptSteps, id, key, viewer, visit, version)
            } catch let error where error is VaultError || error is StorageError {
                // A repeat of what began it: the content went while it was read.
                if let known, try await cases.hasLeft(id, known) { return nil }
                try await lock(id, viewer, visit)
                throw VaultAway()
            }
        }
    }

    /// What the form asks for; nil for ordinary answers to the three questions.
    static func request(in form: FormData) throws(DeviationError) -> Request? {
        if form["callBack"] == "yes" { return .callBack }
        guard ["yes", "part"].contains(form[Field.isCensurable.rawValue]) else { return nil }
        let unanswered = [Field.isDeviation, .holdsSensitiveData].filter { !["yes", "no"].contains(form[$0.rawValue]) }
        guard unanswered.isEmpty else { throw .invalid(unanswered.map { FieldProblem($0, .missing) }) }
        let parts = ReRegister.Parts(
            title: form[Field.keptTitle.rawValue], description: form[Field.keptText.rawValue],
            whistleblow: form[Field.whistleblowText.rawValue])
        let act = ReRegister(
            holdsSensitiveData: form[Field.holdsSensitiveData.rawValue] == "yes", reason: form[Field.reason.rawValue],
            parts: form[Field.isCensurable.rawValue] == "part" ? parts : nil,
            along: Set(form.all(Field.along.rawValue)))
        return .leave(act, keptSteps: Set(form.all("keptSteps").compactMap { Int($0) }))
    }

    // MARK: Leaving

    private func leave(
        _ act: ReRegister, _ keptSteps: Set<Int>, _ id: String, _ key: CaseKey, _ viewer: Viewer, _ visit: Visit,
        _ version: Int
    ) async throws -> Prepared? {
        let seen = try await host.database.read { reader -> (StoredDeviation, [(id: Int64, entry: TimelineEntry)])? in
            guard let stored = try DeviationStore.load(id, key: key, in: reader) else { return nil }
            return (stored, try DeviationStore.timelineRows(ofCase: stored.key, by: key, in: reader))
        }
        guard let (stored, rows) = seen, Self.may(viewer, visit, stored.deviation) else { return nil }
        let act = try act.checked(for: stored.deviation)
        let (going, staying) = try await others(act, of: stored)
        try await requireRoom(for: [(stored, key)] + going.map { ($0.stored, $0.key) })
        var leaving = [try await departure(act, keptSteps, stored, rows, key)]
        for report in going { leaving.append(try await departure(of: report, act, in: stored)) }
        for index in leaving.indices { leaving[index].leaving.way = visit.way }
        let (departures, outbox) = (leaving, try await outbox())
        return Prepared { tx in
            guard let current = try DeviationStore.load(id, key: key, locked: true, in: tx),
                Self.may(viewer, visit, current.deviation)
            else { throw ModuleKit.Problem.notFound(visit.language) }
            if try DeviationStore.leaving("case_id = \(current.key)", in: tx)?.handover != nil {
                // Confirmed before: it is on its way already.
                for one in departures { try one.leaving.letGo(host.vault, in: tx) }
                return current
            }
            // A report that was merged, separated or withdrawn since has counted the version on.
            guard current.version == stored.version, version == current.version else {
                throw DeviationStoreError.changedMeanwhile(version: current.version)
            }
            for one in departures {
                try DeviationStore.put(one.leaving, in: tx)
                try outbox.offer(one.handover, one.payload, in: tx)
            }
            // Once it has gone nobody knows any more from whom it was kept.
            for one in [current] + going.map(\.stored) { try cases.keep(one.deviation, in: tx) }
            var locked = try separate(staying, from: current, by: viewer, visit, in: tx)
            try DeviationStore.lock(current.key, to: viewer.person.id, in: tx)
            locked.deviation.lockedTo = viewer.person.id
            return locked
        }
    }

    /// All that a departure needs, sealed.
    struct Departure: Sendable {
        let handover: String
        let payload: [UInt8]
        var leaving: LeavingCase
    }

    func departure(
        _ act: ReRegister, _ keptSteps: Set<Int>, _ stored: StoredDeviation,
        _ rows: [(id: Int64, entry: TimelineEntry)], _ key: CaseKey
    ) async throws -> Departure {
        let deviation = stored.deviation
        let names = try await names(deviation, rows.map(\.entry))
        // All files go, also when a part of the words stays: nobody can tell what is in them.
        var (files, contents): ([HandedOver.File], [[UInt8]]) = ([], [])
        for (file, content) in try await CaseFiles(host, cases).contents(of: stored, by: key) {
            files.append(
                HandedOver.File(
                    name: file.file.name, type: file.file.type, size: file.file.size,
                    isReporters: file.author == deviation.reporter && !file.isHidden))
            contents.append(try await content.reduce(into: []) { $0 += $1 })
        }
        let given = Handing(number: cases.numbers[stored], names: names).report(
            deviation, rows.map(\.entry), part: act.parts?.whistleblow, files)
        let farewell = Farewell(
            deviation: deviation.id, number: cases.numbers[stored].description,
            receivedOn: Oslo.date(at: deviation.receivedAt), reason: act.reason, isPart: act.parts != nil)
        // Nobody is told whose it is once it was withdrawn.
        let reporter = try await cases.token(ofReporter: deviation.reporter)
        var remainder: Resealed?
        if act.parts != nil {
            remainder = try Resealed(
                act.remainder(of: deviation), rows, keeping: keptSteps, by: try await host.vault.newKey(),
                search: try await cases.searchTokens())
        }
        let handover = UUID().uuidString
        return Departure(
            handover: handover, payload: try given.payload(contents: contents),
            leaving: LeavingCase(
                caseKey: stored.key, handover: handover,
                farewell: try farewell.sealed(by: try await host.vault.newKey(), reporter: reporter),
                remainder: remainder, holdsSensitiveData: act.holdsSensitiveData))
    }

    private func names(_ deviation: Deviation, _ entries: [TimelineEntry]) async throws -> [String: String] {
        let ids = Set(entries.map(\.author) + entries.compactMap(\.reference) + deviation.measures.map(\.owner))
        let people = try await host.database.read { try Directory.people(ids, in: $0) }
        let units = host.directory.chart.units.filter { ids.contains($0.id) }.map { ($0.id, $0.names.nb) }
        return people.mapValues(\.name).merging(units) { person, _ in person }
    }

    private static func may(_ viewer: Viewer, _ visit: Visit, _ deviation: Deviation) -> Bool {
        visit.access.may(viewer, DeviationsRights.triage, on: deviation.accessObject)
    }

    // MARK: When the vault is away

    /// Gives the case to the officer alone, so that nobody goes on with it as a deviation meanwhile.
    private func lock(_ id: String, _ viewer: Viewer, _ visit: Visit) async throws {
        try await host.database.write { tx in
            guard let plain = try DeviationStore.plain("uid = \(id)", in: tx), plain.lockedTo == nil,
                plain.keyID != nil, Status(rawValue: plain.facts.status)?.isOpen == true,
                visit.access.may(viewer, DeviationsRights.triage, on: AccessObject(unit: plain.facts.unit)),
                try !DeviationStore.isKept(plain.key, from: cases.token(of: viewer.person.id), in: tx)
            else { return }
            try DeviationStore.lock(plain.key, to: viewer.person.id, in: tx)
            try DeviationStore.put(
                LeavingCase(
                    caseKey: plain.key, handover: nil, farewell: nil, remainder: nil, holdsSensitiveData: false),
                in: tx)
        }
    }

    /// Takes back what the other side has not taken.
    private func callBack(
        _ id: String, _ key: CaseKey, _ outbox: Outbox, _ viewer: Viewer, _ visit: Visit, in tx: Transaction
    ) throws -> StoredDeviation {
        guard var current = try DeviationStore.load(id, key: key, locked: true, in: tx),
            Self.may(viewer, visit, current.deviation)
        else { throw ModuleKit.Problem.notFound(visit.language) }
        for leaving in try DeviationStore.leaving(with: current.key, in: tx) {
            if let handover = leaving.handover, try !outbox.cancel(handover, in: tx) {
                throw DeviationError.takenAlready
            }
            try leaving.letGo(host.vault, in: tx)
            try DeviationStore.removeLeaving(leaving.caseKey, in: tx)
        }
        try DeviationStore.lock(current.key, to: nil, in: tx)
        current.deviation.lockedTo = nil
        return current
    }

    // MARK: The reporter's farewell

    func farewells(of viewer: Viewer) async throws -> [(farewell: Farewell, key: CaseKey.ID)] {
        let token = try await cases.token(ofReporter: viewer.person.id)
        let sealed = try await host.database.read { try DeviationStore.farewells(for: token, in: $0) }
        if sealed.isEmpty { return [] }
        let keys = try await host.vault.keys(sealed.map(\.key))
        return try sealed.compactMap { one in try keys[one.key].map { (try one.opened(by: $0), one.key) } }
    }

    /// Removes what has been read.
    func remove(_ farewell: CaseKey.ID) async throws {
        try await host.database.write { try DeviationStore.removeFarewell(farewell, host.vault, in: $0) }
    }

    /// Removes what has waited long enough.
    func removeDue(at now: Timestamp) async throws {
        try await host.database.write { tx in
            for farewell in try DeviationStore.farewells(due: Oslo.date(at: now), in: tx) {
                try DeviationStore.removeFarewell(farewell.key, host.vault, in: tx)
            }
        }
    }
}

extension LeavingCase {
    /// Destroys the keys that were made for it.
    func letGo(_ vault: Vault, in tx: Transaction) throws {
        if let farewell { try vault.destroy(farewell.key, in: tx) }
        if let key = remainder?.keyID { try vault.destroy(key, in: tx) }
    }
}

/// The vault could not seal anything at this moment.
struct VaultAway: Error {}
