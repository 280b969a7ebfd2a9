import CalendarKit
import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Vault

/// Asking people inside a case, and what those who are asked may see and do.
///
/// Somebody who is asked has no right to the case: only `asked` lets them in, to the extract alone, until the deadline.
struct Consultations: Sendable {
    let database: Database
    let acts: DeviationActs

    /// What somebody who is asked may see at this moment.
    struct Asked: Sendable {
        let consultation: Consultation
        let standing: Consultation.Consulted
        /// Of the case nothing but this.
        let category, unit: String
        /// What the person has answered, newest last.
        let answers: [TimelineEntry]
    }

    /// Nil when the person is not asked, has declared partiality, or the deadline is over: then it does not exist for them.
    ///
    /// That an extract was read is noted before it is given out.
    func asked(_ id: String, by viewer: Viewer, _ visit: Visit) async throws -> Asked? {
        guard let (deviation, key) = try await found(id) else { return nil }
        let person = viewer.person.id
        let found = try await database.read { reader -> (asked: Asked, deviation: Deviation)? in
            guard let stored = try DeviationStore.load(deviation, key: key, in: reader),
                let (consultation, standing) = try self.open(id, viewer, visit, stored, key, in: reader)
            else { return nil }
            let answers = try DeviationStore.timeline(ofCase: stored.key, by: key, forReporter: false, in: reader)
                .filter { $0.kind == .consultationAnswered && $0.reference == id && $0.author == person }
            let asked = Asked(
                consultation: consultation, standing: standing, category: stored.deviation.report.category,
                unit: stored.deviation.unit, answers: answers)
            return (asked, stored.deviation)
        }
        guard let found else { return nil }
        if found.asked.standing.isImpartial == true {
            try await acts.cases.looked(at: found.deviation, by: viewer, visit, DeviationsRights.consulted)
        }
        return found.asked
    }

    /// Opens a consultation in the case `deviation`, for somebody with the right to write in it.
    func open(
        _ act: OpenConsultation, in deviation: String, _ key: CaseKey?, by viewer: Viewer, _ visit: Visit,
        ifVersion version: Int, in tx: Transaction
    ) throws -> StoredDeviation {
        let changed = try acts.perform(
            on: deviation, key, by: viewer, visit, DeviationsRights.write, ifVersion: version, in: tx
        ) { deviation, _ in
            var act = act
            act.tellingWords = try Directory.person(deviation.reporter, in: tx).map { [$0.name, $0.email] } ?? []
            return act
        }
        guard let key else { throw DeviationStoreError.notFound }
        let consultation = try act.consultation(in: changed.deviation, by: viewer.person.id, at: visit.now)
        try DeviationStore.add(consultation, toCase: changed.key, by: key, in: tx)
        return changed
    }

    /// Ids of those who were named by id or address.
    ///
    /// - Throws: `DeviationError.invalid` when somebody is not known.
    static func people(named text: String, at now: Timestamp, in reader: Reader) throws -> [String] {
        try text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" }).map { name in
            let person =
                try Directory.person(String(name), in: reader) ?? Directory.person(email: String(name), in: reader)
            guard let person, person.affiliation != .student, person.isHere(at: now) else {
                throw DeviationError.invalid([FieldProblem(.people, .unknown)])
            }
            return person.id
        }
    }

    /// Says whether one is impartial.
    ///
    /// `once` does the change it is given, or not when it has been done before.
    func declare(
        _ isImpartial: Bool, in id: String, by viewer: Viewer, _ visit: Visit, once: @escaping Once = { try $1() }
    ) async throws {
        let found = try await found(id)
        let person = viewer.person.id
        try await database.write { tx in
            try once(tx) {
                guard let (deviation, key) = found else { throw ModuleKit.Problem.notFound(visit.language) }
                let consultation = try self.require(id, viewer, deviation, key, visit, in: tx)
                try DeviationStore.declare(isImpartial, person, in: id, tx: tx)
                if isImpartial { return }
                _ = try acts.perform(
                    [DeclineConsultation(consultation: consultation)], on: deviation, key, by: person, visit.way,
                    at: visit.now, ifVersion: nil, in: tx)
            }
        }
    }

    /// Gives an answer; `once` as above.
    func answer(
        _ text: String, in id: String, by viewer: Viewer, _ visit: Visit, once: @escaping Once = { try $1() }
    ) async throws {
        let found = try await found(id)
        let person = viewer.person.id
        try await database.write { tx in
            try once(tx) {
                guard let (deviation, key) = found else { throw ModuleKit.Problem.notFound(visit.language) }
                let consultation = try self.require(id, viewer, deviation, key, visit, in: tx)
                _ = try acts.perform(
                    [AnswerConsultation(consultation: consultation, text: text)], on: deviation, key, by: person,
                    visit.way, at: visit.now, ifVersion: nil, in: tx)
                try DeviationStore.noteAnswer(of: person, to: id, at: visit.now, in: tx)
            }
        }
    }

    /// Takes a change and decides whether to do it.
    typealias Once = @Sendable (Transaction, () throws -> Void) throws -> Void

    private func found(_ id: String) async throws -> (deviation: String, key: CaseKey)? {
        let deviation = try await database.read { try DeviationStore.deviation(ofConsultation: id, in: $0) }
        guard let deviation, let key = try await acts.cases.key(of: deviation) else { return nil }
        return (deviation, key)
    }

    private func require(
        _ id: String, _ viewer: Viewer, _ deviation: String, _ key: CaseKey, _ visit: Visit, in tx: Transaction
    ) throws -> Consultation {
        guard let stored = try DeviationStore.load(deviation, key: key, locked: true, in: tx),
            let found = try open(id, viewer, visit, stored, key, in: tx)
        else { throw ModuleKit.Problem.notFound(visit.language) }
        return found.0
    }

    private func open(
        _ id: String, _ viewer: Viewer, _ visit: Visit, _ stored: StoredDeviation, _ key: CaseKey, in reader: Reader
    ) throws -> (Consultation, Consultation.Consulted)? {
        let person = viewer.person.id
        guard stored.deviation.status.isOpen, stored.deviation.lockedTo == nil else { return nil }
        let all = try DeviationStore.consultations(ofCase: stored.key, by: key, in: reader)
        guard let consultation = all.first(where: { $0.id == id }),
            let standing = consultation.standing(of: person, on: Oslo.date(at: visit.now)),
            standing.isImpartial != false,
            visit.access.may(
                viewer, DeviationsRights.consulted,
                on: AccessObject(
                    unit: "", relations: [DeviationsRights.asked: [person]], excluded: stored.deviation.excluded))
        else { return nil }
        return (consultation, standing)
    }
}
