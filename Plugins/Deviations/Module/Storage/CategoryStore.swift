import DeviationsCore
import EventKit
import Storage

/// A category as it is stored.
struct StoredCategory: Sendable, Hashable {
    var category: DeviationsCore.Category
    /// False once it is taken out of use: cases keep it, new reports cannot choose it.
    var isActive: Bool
    let version: Int
}

/// Changes the categories. One is never deleted.
enum CategoryStore {
    /// All of them, in the institution's order.
    static func all(in reader: Reader) throws -> [StoredCategory] {
        try reader.query(
            "SELECT code, nb, nn, en, is_active, version FROM deviations_category ORDER BY position, code"
        ) { row in
            StoredCategory(
                category: DeviationsCore.Category(
                    code: row.text(0), bokmaal: row.text(1), nynorsk: row.text(2), english: row.text(3)),
                isActive: row.bool(4), version: row.int(5))
        }
    }

    /// Adds a category at the end; its code is made of its English name.
    ///
    /// - Throws: `DeviationError.invalid`.
    static func add(_ typed: DeviationsCore.Category, by person: String, at now: Timestamp, in tx: Transaction) throws
        -> StoredCategory
    {
        let all = try locked(in: tx)
        var new = try DeviationsCore.Category(typed: typed, besides: all.active)
        new.code = DeviationsCore.Category.code(for: new.english, besides: Set(all.map(\.category.code)))
        let added = try tx.execute(
            """
            INSERT INTO deviations_category (code, position, is_active, nb, nn, en, changed_by, changed_at)
            VALUES (\(new.code), \(all.count), 1, \(new.bokmaal), \(new.nynorsk), \(new.english), \(person), \(now))
            ON CONFLICT (code) DO NOTHING
            """)
        // Somebody else has just added one of the same name.
        guard added == 1 else { throw DeviationStoreError.changedMeanwhile(version: 1) }
        return StoredCategory(category: new, isActive: true, version: 1)
    }

    /// Changes a category of this version; nil when there is none of this code.
    ///
    /// - Throws: `DeviationError.invalid`, `DeviationError.lastCategory`, `DeviationStoreError.changedMeanwhile`.
    static func change(
        _ code: String, ifVersion version: Int, by person: String, at now: Timestamp, in tx: Transaction,
        _ body: (inout StoredCategory) -> Void
    ) throws -> StoredCategory? {
        let all = try locked(in: tx)
        guard var changed = all.first(where: { $0.category.code == code }) else { return nil }
        guard changed.version == version else {
            throw DeviationStoreError.changedMeanwhile(version: changed.version)
        }
        body(&changed)
        let others = all.active.filter { $0.code != code }
        if others.isEmpty, !changed.isActive { throw DeviationError.lastCategory }
        let new = try DeviationsCore.Category(typed: changed.category, besides: changed.isActive ? others : [])
        try tx.execute(
            """
            UPDATE deviations_category SET nb = \(new.bokmaal), nn = \(new.nynorsk), en = \(new.english),
                is_active = \(changed.isActive ? 1 : 0), version = version + 1, changed_by = \(person), changed_at = \(now)
            WHERE code = \(code)
            """)
        return StoredCategory(category: new, isActive: changed.isActive, version: version + 1)
    }

    /// Puts a category before another, or last; false when one of them is not there.
    static func place(_ code: String, before other: String?, in tx: Transaction) throws -> Bool {
        let codes = try locked(in: tx).map(\.category.code)
        guard let order = DeviationsCore.Category.order(codes, placing: code, before: other) else { return false }
        for (position, code) in order.enumerated() {
            try tx.execute("UPDATE deviations_category SET position = \(position) WHERE code = \(code)")
        }
        return true
    }

    /// All of them, with nobody else changing them until the transaction ends. Read after they are locked: what was added meanwhile is there.
    private static func locked(in tx: Transaction) throws -> [StoredCategory] {
        _ = try tx.query("SELECT code FROM deviations_category ORDER BY code\(tx.dialect.forUpdate)") { $0.text(0) }
        return try all(in: tx)
    }
}

extension [StoredCategory] {
    fileprivate var active: [DeviationsCore.Category] { filter(\.isActive).map(\.category) }
}
