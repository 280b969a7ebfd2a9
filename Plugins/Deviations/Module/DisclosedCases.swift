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
        guard let key = try await cases.key(of: id) else { return nil }
        let main = try await database.read { try DeviationStore.load(id, key: key, in: $0) }
        guard let main, visit.access.may(viewer, DeviationsRights.disclose, on: main.deviation.accessObject) else {
            return nil
        }
        var passages = try await passages(of: main, key)
        var reporters = main.deviation.reporters
        for report in try await database.read({ try DeviationStore.reports(mergedInto: main.key, in: $0) }) {
            guard let key = try await cases.key(of: report.id), let part = try await cases.load(report.id, by: key)
            else { continue }
            passages += try await self.passages(of: part, key)
            reporters.formUnion(part.deviation.reporters)
        }
        let found = FoundCase(
            id: id, number: cases.numbers[main].description, unit: main.deviation.unit,
            receivedAt: main.deviation.receivedAt)
        return ReadCase(found, passages: passages.sorted { $0.at < $1.at }, hidden: try await names(of: reporters))
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
                text: "\($0.whatHappened)\n\n\($0.why)")
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

    func erase(_ id: String, reportedBy person: Person, _ visit: Visit) async throws -> Erasure {
        guard let stored = try await opened(id), stored.deviation.reporter == person.id else { return .notTheirs }
        if stored.deviation.status.isOpen {
            try await withdrawals.withdraw(id, by: Viewer(person: person, grants: []), visit)
            return .withdrawn
        }
        let isFree = stored.deviation.measures.allSatisfy(\.isDone) && stored.deviation.mergedInto == nil
        guard isFree, !stored.deviation.hasOthers else { return .unfinished }
        try await database.write { try retention.remove(id, at: visit.now, in: $0) }
        return .removed
    }

    private func opened(_ id: String) async throws -> StoredDeviation? {
        guard let key = try await cases.key(of: id) else { return nil }
        return try await cases.load(id, by: key)
    }

    func seal(_ bytes: [UInt8], with id: String) async throws -> [UInt8]? {
        try await cases.key(of: id)?.seal(bytes: bytes, as: .extractGiven)
    }

    func open(_ sealed: [UInt8], with id: String) async throws -> [UInt8]? {
        // Sealed by a key that has gone, in part or whole: so has the extract.
        guard let key = try await cases.key(of: id) else { return nil }
        do { return try key.open(bytes: sealed, as: .extractGiven) } catch let error as VaultError
            where error.kind != .master
        { return nil }
    }
}

extension CaseKey.Place {
    fileprivate static let extractGiven: Self = "deviations.disclosed"
}
