import Foundation
import Storage
import Vault

/// What somebody searched for on the desk: kept here, sealed, so that it stands in no address and no history. An address has a search's
/// number alone, and several are kept: two tabs have a search each.
extension CaseVault {
    /// The oldest goes when there are more.
    private static let mostSearches = 10

    private struct Search: Codable {
        let number: Int
        let words: String
    }

    /// Remembers the words.
    ///
    /// - Returns: the search's number.
    func remember(_ words: String, of person: String) async throws -> Int {
        let known = try await keyID(of: person)
        let key: CaseKey
        if let known, let kept = try await vault.key(known) { key = kept } else { key = try await vault.newKey() }
        return try await database.write { tx in
            var kept = try Self.searches(of: person, by: key, in: tx)
            let taken = Set(kept.map(\.number))
            var number = kept.first { $0.words == words }?.number
            // Not the next one: where a search was forgotten, another one must not come up.
            while number == nil { number = [Int.random(in: 100_000...999_999)].first { !taken.contains($0) } }
            kept.removeAll { $0.number == number }
            kept.append(Search(number: number ?? 0, words: words))
            try Self.store(Array(kept.suffix(Self.mostSearches)), of: person, by: key, in: tx)
            return number ?? 0
        }
    }

    /// Forgets the search with this number.
    func forget(search number: Int, of person: String) async throws {
        guard let id = try await keyID(of: person), let key = try await vault.key(id) else { return }
        try await database.write { tx in
            let kept = try Self.searches(of: person, by: key, in: tx).filter { $0.number != number }
            try Self.store(kept, of: person, by: key, in: tx)
        }
    }

    /// The words of the search with this number; empty when it is not kept any more.
    func words(ofSearch number: Int, of person: String) async throws -> String {
        try await searches(of: person).first { $0.number == number }?.words ?? ""
    }

    /// All that is kept, the latest last.
    func words(of person: String) async throws -> [String] { try await searches(of: person).map(\.words) }

    private func searches(of person: String) async throws -> [Search] {
        guard let id = try await keyID(of: person), let key = try await vault.key(id) else { return [] }
        return try await database.read { try Self.searches(of: person, by: key, in: $0) }
    }

    /// None when another host has begun with another key meanwhile.
    private static func searches(of person: String, by key: CaseKey, in reader: Reader) throws -> [Search] {
        let row = try reader.first("SELECT key_id, words FROM deviations_searched WHERE person = \(person)") {
            (CaseKey.ID($0.bytes(0)), $0.bytes(1))
        }
        guard let row, row.0 == key.id else { return [] }
        let text = try key.open(row.1, as: .searched)
        // Before there were several, the words stood alone.
        return (try? JSONDecoder().decode([Search].self, from: Data(text.utf8))) ?? [Search(number: 1, words: text)]
    }

    private static func store(_ searches: [Search], of person: String, by key: CaseKey, in tx: Transaction) throws {
        guard !searches.isEmpty else {
            try tx.execute("DELETE FROM deviations_searched WHERE person = \(person)")
            return
        }
        let text = String(decoding: try JSONEncoder().encode(searches), as: UTF8.self)
        try tx.execute(
            """
            INSERT INTO deviations_searched (person, key_id, words)
            VALUES (\(person), \(key.id), \(try key.seal(text, as: .searched)))
            ON CONFLICT (person) DO UPDATE SET key_id = excluded.key_id, words = excluded.words
            """)
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
