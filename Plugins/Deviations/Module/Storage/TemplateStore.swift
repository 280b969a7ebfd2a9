import DeviationsCore
import EventKit
import Storage

/// A reply template as it is stored.
struct StoredTemplate: Sendable, Hashable {
    let id: String
    let unit: String
    let template: ReplyTemplate
}

/// The reply templates of the units.
enum TemplateStore {
    /// Those of these units, by unit and name.
    static func list(of units: Set<String>, in reader: Reader) throws -> [StoredTemplate] {
        if units.isEmpty { return [] }
        return try reader.query(
            "\(columns) WHERE unit IN (\(SQL.list(units.sorted()))) ORDER BY unit, name, uid", template)
    }

    static func load(_ id: String, in reader: Reader) throws -> StoredTemplate? {
        try reader.first("\(columns) WHERE uid = \(id)", template)
    }

    /// Stores a new template, or what one has become.
    static func put(_ stored: StoredTemplate, by author: String, at now: Timestamp, in tx: Transaction) throws {
        let template = stored.template
        try tx.execute(
            """
            INSERT INTO deviations_template (uid, unit, name, nb, nn, en, changed_by, changed_at)
            VALUES (\(stored.id), \(stored.unit), \(template.name), \(template.bokmaal), \(template.nynorsk),
                \(template.english), \(author), \(now))
            ON CONFLICT (uid) DO UPDATE SET unit = excluded.unit, name = excluded.name, nb = excluded.nb,
                nn = excluded.nn, en = excluded.en, changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """)
    }

    static func delete(_ id: String, in tx: Transaction) throws {
        try tx.execute("DELETE FROM deviations_template WHERE uid = \(id)")
    }

    private static let columns: SQL = "SELECT uid, unit, name, nb, nn, en FROM deviations_template"

    private static func template(_ row: Row) -> StoredTemplate {
        StoredTemplate(
            id: row.text(0), unit: row.text(1),
            template: ReplyTemplate(
                name: row.text(2), bokmaal: row.text(3), nynorsk: row.text(4), english: row.text(5)))
    }
}
