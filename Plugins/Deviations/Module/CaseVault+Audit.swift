import DeviationsCore
import EventKit
import ModuleKit
import Storage

/// What the audit trail is told of cases: who looked and who decided, by ids alone. What reporters do with what they have told themselves
/// names nobody: a report that is withdrawn forgets who it was.
extension CaseVault {
    static func object(_ id: String) -> String { "deviations/\(id)" }

    /// Notes what is announced of a case, in the same transaction.
    ///
    /// - Parameter before: the case as it was, whose reporters count.
    func note(
        _ event: some EventPayload, on changed: Deviation, before: Deviation, by actor: String, _ way: String,
        at now: Timestamp, in tx: Transaction
    ) throws {
        let isReporter = before.reporters.contains(actor)
        let isNobody = isReporter || actor == TimelineEntry.system
        try audit.note(
            AuditEntry(
                .decision, Self.act(of: event), of: Self.object(changed.id), by: isNobody ? nil : actor,
                way: isReporter ? AuditEntry.Way.reporter : way, at: now, keptFrom: changed.excluded), in: tx)
    }

    /// Remembers from whom lines about the case are kept, for when the case itself cannot say so.
    func keep(_ deviation: Deviation, in tx: Transaction) throws {
        try audit.keep(Self.object(deviation.id), from: deviation.excluded, in: tx)
    }

    /// `deviations.closed` of the event `deviations.closed.v1`.
    static func act<Payload: EventPayload>(of event: Payload) -> String {
        Payload.type.split(separator: ".").prefix(2).joined(separator: ".")
    }

    /// Notes that somebody is about to read these cases; to be waited for before anything of them leaves.
    ///
    /// - Throws: `StorageError`.
    func looked(
        at deviations: [Deviation], by viewer: Viewer, _ visit: Visit, _ right: Right = DeviationsRights.read
    ) async throws {
        try await audit.looked(looks(at: deviations, by: viewer, visit, right))
    }

    func looked(
        at deviation: Deviation, by viewer: Viewer, _ visit: Visit, _ right: Right = DeviationsRights.read
    ) async throws {
        try await looked(at: [deviation], by: viewer, visit, right)
    }

    /// None at what they have reported themselves.
    func looks(at deviations: [Deviation], by viewer: Viewer, _ visit: Visit, _ right: Right) -> [AuditEntry] {
        deviations.filter { !$0.reporters.contains(viewer.person.id) }.map {
            .look(right, at: Self.object($0.id), by: viewer, visit, keptFrom: $0.excluded)
        }
    }

    /// The same of rows of a list: only those that are kept from somebody are opened.
    func looks(atListed ids: [String], by viewer: Viewer, _ visit: Visit, _ right: Right) async throws -> [AuditEntry] {
        let person = viewer.person.id
        let rows = try await database.read { try DeviationStore.listed(ids, butBy: person, in: $0) }
        var looks: [AuditEntry] = []
        for row in rows {
            if row.isKept, let key = try await key(of: row.id), let stored = try await load(row.id, by: key) {
                looks += self.looks(at: [stored.deviation], by: viewer, visit, right)
            } else {
                looks.append(.look(right, at: Self.object(row.id), by: viewer, visit))
            }
        }
        return looks
    }
}
