import EventKit
import Foundation
import Storage
import Vault

/// What the reporter of a report that was re-registered reads on a page of their own, for a while.
struct Farewell: Codable, Sendable, Hashable {
    /// Id of the deviation as the reporter knows it.
    let deviation: String
    let number: String
    let receivedOn: CivilDate
    /// What the intake officer wrote.
    let reason: String
    /// True when the rest of the report goes on as a deviation.
    let isPart: Bool

    func sealed(by key: CaseKey, reporter: String) throws -> SealedFarewell {
        SealedFarewell(
            reporter: reporter, key: key.id,
            sealed: try key.seal(bytes: [UInt8](try JSONEncoder().encode(self)), as: .farewell))
    }
}

/// A farewell as it is stored: for whom is a keyed token, all else is sealed.
struct SealedFarewell: Sendable {
    let reporter: String
    let key: CaseKey.ID
    let sealed: [UInt8]

    func opened(by key: CaseKey) throws -> Farewell {
        try JSONDecoder().decode(Farewell.self, from: Data(try key.open(bytes: sealed, as: .farewell)))
    }
}

extension CaseKey.Place {
    fileprivate static let farewell: Self = "deviations.farewell"
}

extension DeviationStore {
    static func insert(_ farewell: SealedFarewell, until: CivilDate, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO deviations_farewell (reporter, key_id, content, until)
            VALUES (\(farewell.reporter), \(farewell.key), \(farewell.sealed), \(until))
            """)
    }

    /// The farewells for the reporter with this token, the latest first.
    static func farewells(for reporter: String, in reader: Reader) throws -> [SealedFarewell] {
        try reader.query(
            """
            SELECT reporter, key_id, content FROM deviations_farewell WHERE reporter = \(reporter)
            ORDER BY id DESC LIMIT 100
            """, farewell
        ).compactMap(\.self)
    }

    /// Those whose time is over; at most 100.
    static func farewells(due today: CivilDate, in reader: Reader) throws -> [SealedFarewell] {
        try reader.query(
            "SELECT reporter, key_id, content FROM deviations_farewell WHERE until <= \(today) LIMIT 100", farewell
        ).compactMap(\.self)
    }

    static func removeFarewell(_ key: CaseKey.ID, _ vault: Vault, in tx: Transaction) throws {
        try tx.execute("DELETE FROM deviations_farewell WHERE key_id = \(key)")
        try vault.destroy(key, in: tx)
    }

    private static func farewell(_ row: Row) throws -> SealedFarewell? {
        CaseKey.ID(row.bytes(1)).map { SealedFarewell(reporter: row.text(0), key: $0, sealed: row.bytes(2)) }
    }
}
