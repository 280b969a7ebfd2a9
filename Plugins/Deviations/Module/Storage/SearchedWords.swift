import Storage
import Vault

/// What somebody last searched for on the desk: kept here, sealed, so that it stands in no address and no history.
extension CaseVault {
    /// Remembers the words; none forgets them.
    func remember(_ words: String, of person: String) async throws {
        guard !words.isEmpty else {
            try await database.write { try $0.execute("DELETE FROM deviations_searched WHERE person = \(person)") }
            return
        }
        let known = try await keyID(of: person)
        let key: CaseKey
        if let known, let kept = try await vault.key(known) { key = kept } else { key = try await vault.newKey() }
        let sealed = try key.seal(words, as: .searched)
        try await database.write { tx in
            try tx.execute(
                """
                INSERT INTO deviations_searched (person, key_id, words) VALUES (\(person), \(key.id), \(sealed))
                ON CONFLICT (person) DO UPDATE SET key_id = excluded.key_id, words = excluded.words
                """)
        }
    }

    /// The words last remembered; empty when there are none.
    func words(of person: String) async throws -> String {
        let row = try await database.read { reader in
            try reader.first("SELECT key_id, words FROM deviations_searched WHERE person = \(person)") {
                (CaseKey.ID($0.bytes(0)), $0.bytes(1))
            }
        }
        guard let row, let id = row.0, let key = try await vault.key(id) else { return "" }
        return try key.open(row.1, as: .searched)
    }

    private func keyID(of person: String) async throws -> CaseKey.ID? {
        try await database.read { reader in
            try reader.first("SELECT key_id FROM deviations_searched WHERE person = \(person)") {
                CaseKey.ID($0.bytes(0))
            } ?? nil
        }
    }
}

extension CaseKey.Place {
    fileprivate static let searched: Self = "deviations.searched"
}
