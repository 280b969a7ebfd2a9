import DeviationsCore
import Foundation
import Storage
import Vault

extension DeviationStore {
    /// Both people and the consent, sealed as one.
    static func sealed(_ behalf: OnBehalf, by key: CaseKey) throws -> [UInt8] {
        let parts = [
            behalf.student, behalf.submitter, behalf.repliesToStudent ? "student" : "submitter", behalf.consent,
        ]
        return try key.seal(bytes: [UInt8](try JSONEncoder().encode(parts)), as: .behalf)
    }

    static func add(behalf sealed: [UInt8], toCase caseKey: Int64, in tx: Transaction) throws {
        try tx.execute("INSERT INTO deviations_behalf (case_id, sealed) VALUES (\(caseKey), \(sealed))")
        try tx.execute("UPDATE deviations_case SET is_on_behalf = 1 WHERE id = \(caseKey)")
    }

    static func behalf(ofCase caseKey: Int64, by key: CaseKey, in reader: Reader) throws -> OnBehalf? {
        let sealed = try reader.first("SELECT sealed FROM deviations_behalf WHERE case_id = \(caseKey)") { $0.bytes(0) }
        guard let sealed else { return nil }
        let parts = try JSONDecoder().decode([String].self, from: Data(try key.open(bytes: sealed, as: .behalf)))
        guard parts.count == 4 else { throw StorageError(.other, "who reported for whom cannot be read") }
        return OnBehalf(
            student: parts[0], submitter: parts[1], consent: parts[3], repliesToStudent: parts[2] == "student")
    }

    static func removeBehalf(ofCase caseKey: Int64, in tx: Transaction) throws {
        try tx.execute("DELETE FROM deviations_behalf WHERE case_id = \(caseKey)")
        try tx.execute("UPDATE deviations_case SET is_on_behalf = 0 WHERE id = \(caseKey)")
    }
}
