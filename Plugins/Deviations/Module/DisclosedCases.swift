import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Vault

/// How deviations answer what somebody asks about their own data. Who sees to that meets a case here alone, and never its reporter.
struct DisclosedCases: PersonsCases {
    let database: Database
    let cases: CaseVault
    let withdrawals: Withdrawals
    let retention: Retention
    let sealedFiles: CaseFiles

    func find(_ words: String, for viewer: Viewer, _ visit: Visit) async throws -> [FoundCase] {
        let units = visit.access.scope(of: viewer, DeviationsRights.disclose).units
        let scope = Scope(
            units: units, person: viewer.person.id, isHandler: false, token: cases.token(of: viewer.person.id))
        var filter = DeviationFilter()
        if let number = CaseNumber(words.trimmingSpaces()) { filter.number = number } else { filter.text = words }
        let prepared = try await cases.prepared(filter)
        let page = try await database.read {
            try DeviationStore.list(prepared, scope: scope, order: .newest, limit: 50, in: $0)
        }
        return try await cases.opened(page).rows.filter { units.contains($0.unit) }.map {
            FoundCase(id: $0.id, number: $0.number.description, unit: $0.unit, receivedAt: $0.receivedAt)
        }
    }

    func read(_ id: String, for viewer: Viewer, _ visit: Visit) async throws -> ReadCase? {
        guard let key = try await cases.key(of: id), let main = try await cases.load(id, by: key),
            visit.access.may(viewer, DeviationsRights.disclose, on: main.deviation.accessObject)
        else { return nil }
        var (passages, files, reporters): ([ReadCase.Passage], [ReadCase.File], Set<String>) = ([], [], [])
        for part in [(stored: main, key: key)] + (try await reports(mergedInto: main)) {
            passages += try await self.passages(of: part.stored, part.key)
            files += try await self.files(of: part.stored, part.key)
            reporters.formUnion(part.stored.deviation.reporters)
        }
        let found = FoundCase(
            id: id, number: cases.numbers[main].description, unit: main.deviation.unit,
            receivedAt: main.deviation.receivedAt)
        return ReadCase(
            found, passages: passages.sorted { $0.at < $1.at }, hidden: try await names(of: reporters), files: files,
            keptFrom: main.deviation.excluded)
    }

    /// The reports that are part of a case, each with its own key.
    func reports(mergedInto main: StoredDeviation) async throws -> [(stored: StoredDeviation, key: CaseKey)] {
        var parts: [(stored: StoredDeviation, key: CaseKey)] = []
        for report in try await database.read({ try DeviationStore.reports(mergedInto: main.key, in: $0) }) {
            guard let key = try await cases.key(of: report.id), let part = try await cases.load(report.id, by: key)
            else { continue }
            parts.append((part, key))
        }
        return parts
    }

    private func passages(of stored: StoredDeviation, _ key: CaseKey) async throws -> [ReadCase.Passage] {
        let steps = try await database.read {
            try DeviationStore.timeline(ofCase: stored.key, by: key, forReporter: false, in: $0)
        }
        let (deviation, report) = (stored.deviation, stored.deviation.report)
        let told = ReadCase.Passage(
            Translated { CaseTexts[$0].report }, at: deviation.receivedAt,
            text: "\(report.title)\n\n\(report.description)")
        let said = steps.filter { !$0.text.isEmpty && ![.masked, .unmasked].contains($0.kind) }.map { step in
            ReadCase.Passage(
                Translated { CaseTexts[$0].steps[step.kind]?("…") ?? step.kind.rawValue }, at: step.at, text: step.text)
        }
        let cause = deviation.cause.map {
            ReadCase.Passage(
                Translated { CaseTexts[$0].steps[.causeRecorded]?("") ?? "" }, at: deviation.receivedAt,
                text: $0.words)
        }
        // A step that records the cause has its words in the case, not in the history.
        return [told] + [cause].compactMap(\.self) + said
    }

    /// What reporters are called, and may call themselves.
    private func names(of people: Set<String>) async throws -> [String] {
        let known = try await database.read { try Directory.people(people, in: $0) }
        let names = people.flatMap { id -> [String] in
            guard let person = known[id] else { return [id] }
            return [person.name, person.email, id] + person.name.split(separator: " ").map(String.init)
        }
        return Set(names.filter { $0.count > 1 }).sorted { ($1.count, $0) < ($0.count, $1) }
    }

    func erasure(of id: String, reportedBy person: Person, _ visit: Visit) async throws -> PreparedErasure? {
        guard let key = try await cases.key(of: id),
            try await cases.load(id, by: key)?.deviation.reporter == person.id
        else { return nil }
        let viewer = Viewer(person: person, grants: [])
        let farewells = try await withdrawals.departures.farewells(of: viewer)
        return PreparedErasure { tx in
            guard let stored = try DeviationStore.load(id, key: key, locked: true, in: tx),
                stored.deviation.reporter == person.id
            else { return .notTheirs }
            if stored.deviation.status.isOpen {
                try withdrawals.withdraw(stored, key, farewells, by: viewer, visit, in: tx)
                return .withdrawn
            }
            let isFree = stored.deviation.measures.allSatisfy(\.isDone) && stored.deviation.mergedInto == nil
            guard isFree, !stored.deviation.hasOthers else { return .unfinished }
            try retention.remove(id, at: visit.now, in: tx)
            return .removed
        }
    }

    func seal(_ bytes: [UInt8], with id: String) async throws -> [UInt8]? {
        try await cases.key(of: id)?.seal(bytes: bytes, as: .extractGiven)
    }

    func open(_ sealed: [UInt8], with id: String) async throws -> [UInt8]? {
        // Sealed by a key that has gone, in part or whole: so has the extract. On its way to whistleblowing nothing is told of it.
        guard let key = try await stayingKey(of: id) else { return nil }
        do { return try key.open(bytes: sealed, as: .extractGiven) } catch let error as VaultError
            where error.kind != .master
        { return nil }
    }
}

extension DisclosedCases {
    /// The case's key; nil also while the case is on its way elsewhere.
    func stayingKey(of id: String) async throws -> CaseKey? {
        let isStaying = try await database.read { try DeviationStore.isStaying(id, in: $0) }
        return isStaying ? try await cases.key(of: id) : nil
    }
}

extension CaseKey.Place {
    fileprivate static let extractGiven: Self = "deviations.disclosed"
}
