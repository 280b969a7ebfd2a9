import DeviationsCore
import EventKit
import Storage
import Vault

/// A measure as its owner sees it: not the case it comes from.
struct OwnMeasure: Sendable, Hashable {
    let measure: Measure
    /// Where the case lies now: whom to ask. Of a central measure, whom it is for.
    let unit: String
    /// Whether there is no case: it is the education quality department's.
    var isCentral = false
}

extension DeviationStore {
    /// A measure is its owner's unless the case is kept from them, or on its way to whistleblowing. `token` is the owner's.
    static func isOpen(to token: String) -> SQL {
        """
        c.key_id IS NOT NULL AND c.locked_to IS NULL
        AND c.id NOT IN (SELECT case_id FROM deviations_exclusion WHERE token = \(token))
        """
    }

    /// The owner of the measure with this id; nil when there is none, or they may not have it.
    static func owner(ofMeasure id: String, _ token: (String) -> String, in reader: Reader) throws -> String? {
        let owner = try reader.first("SELECT owner FROM deviations_measure WHERE uid = \(id)") { $0.text(0) }
        guard let owner, try caseOfMeasure(id, ownedBy: owner, token(owner), in: reader) != nil else { return nil }
        return owner
    }

    /// The case that the person's own measure with this id belongs to; nil when it is not theirs. `token` is the person's.
    static func caseOfMeasure(
        _ id: String, ownedBy person: String, _ token: String, in reader: Reader
    ) throws -> String? {
        try reader.first(
            """
            SELECT c.uid FROM deviations_measure m JOIN deviations_case c ON c.id = m.case_id
            WHERE m.uid = \(id) AND m.owner = \(person) AND \(isOpen(to: token))
            """
        ) { $0.text(0) }
    }
}

extension CaseVault {
    /// The measures a person owns: those to be done, the most urgent first, then those done, the latest first. At most 200 and 12.
    func measures(ownedBy person: String) async throws -> [OwnMeasure] {
        let token = token(of: person)
        let sealed = try await database.read { reader in
            try SealedMeasure.read(
                "m.completed_at IS NULL", order: "m.due_on, m.id", atMost: 200, of: person, token, in: reader)
                + SealedMeasure.read(
                    "m.completed_at IS NOT NULL", order: "m.completed_at DESC, m.id DESC", atMost: 12, of: person,
                    token, in: reader)
        }
        let keys = try await vault.keys(Array(Set(sealed.map(\.keyID))))
        return try sealed.compactMap { measure in try keys[measure.keyID].map { try measure.opened(by: $0) } }
    }
}

/// A measure as it lies in the database.
private struct SealedMeasure: Sendable {
    let keyID: CaseKey.ID
    let unit: String
    private let bare: Measure
    private let action, cause: [UInt8]
    private let effect: [UInt8]?

    static func read(
        _ condition: SQL, order: SQL, atMost limit: Int, of owner: String, _ token: String, in reader: Reader
    ) throws -> [SealedMeasure] {
        try reader.query(
            """
            SELECT c.key_id, c.unit, m.uid, m.owner, m.due_on, m.is_moved, m.completed_at, m.action, m.cause, m.effect
            FROM deviations_measure m JOIN deviations_case c ON c.id = m.case_id
            WHERE m.owner = \(owner) AND \(condition) AND \(DeviationStore.isOpen(to: token)) ORDER BY \(order)
            LIMIT \(limit)
            """, SealedMeasure.init)
    }

    private init(_ row: Row) throws {
        guard let keyID = CaseKey.ID(row.bytes(0)) else { throw StorageError(.other, "a case has no key") }
        (self.keyID, unit) = (keyID, row.text(1))
        bare = Measure(
            id: row.text(2), action: "", cause: "", owner: row.text(3), dueOn: row.date(4), isMoved: row.bool(5),
            completedAt: row.timeOrNil(6))
        (action, cause, effect) = (row.bytes(7), row.bytes(8), row.bytesOrNil(9))
    }

    func opened(by key: CaseKey) throws -> OwnMeasure {
        var measure = bare
        measure.action = try key.open(action, as: .measure(measure.id))
        measure.cause = try key.opened(cause, as: .measureCause(measure.id))
        measure.effect = try key.opened(effect, as: .measureEffect(measure.id))
        return OwnMeasure(measure: measure, unit: unit)
    }
}
