import CalendarKit
import EventKit
import ModuleKit
import Storage
import Vault

/// The trail as an auditor reads it, the latest first: without the lines about what is kept from them, and without any number that would
/// tell that there are such lines.
struct AuditList: Sendable {
    let database: Database
    let lookups: LookupKey

    /// What is looked for; nil stands for everything.
    struct Filter: Sendable, Hashable {
        var object: String?
        var person: String?
        /// Both days included.
        var from, to: CivilDate?
    }

    /// A line as it is shown.
    struct Line: Sendable, Hashable {
        fileprivate let id: Int64
        let at: Timestamp
        let actor: String?
        let act: String
        let object: String
        let way: String
        let isLook: Bool
    }

    struct Page: Sendable {
        var lines: [Line]
        /// Where the next part begins; nil after the last.
        var next: String?
    }

    /// Nil for a place that there is not.
    func read(_ filter: Filter, for viewer: Viewer, after: String? = nil, limit: Int) async throws -> Page? {
        let token = AuditTrail.token(of: viewer.person.id, lookups)
        return try await database.read { reader -> Page? in
            var place: Line?
            if let after {
                place = try self.place(after, in: reader)
                if place == nil { return nil }
            }
            let found = try reader.query(Self.query(filter, token: token, after: place, limit: limit + 1), Self.line)
            let shown = Array(found.prefix(limit))
            return Page(lines: shown, next: shown.count < found.count ? shown.last.map(cursor) : nil)
        }
    }

    static func query(_ filter: Filter, token: String, after place: Line? = nil, limit: Int) -> SQL {
        var conditions: [SQL] = [
            "NOT EXISTS (SELECT 1 FROM audit_kept WHERE audit_kept.object = audit_entry.object AND person = \(token))"
        ]
        if let object = filter.object { conditions.append("object = \(object)") }
        if let person = filter.person { conditions.append("actor = \(person)") }
        if let from = filter.from { conditions.append("at >= \(Oslo.startOfDay(from))") }
        if let to = filter.to { conditions.append("at < \(Oslo.endOfDay(to))") }
        if let place { conditions.append("(at, id) < (\(place.at), \(place.id))") }
        return """
            \(columns) WHERE \(SQL.joined(conditions, separator: " AND ")) ORDER BY at DESC, id DESC LIMIT \(limit)
            """
    }

    private static let columns: SQL = "SELECT id, at, actor, act, object, way, is_look FROM audit_entry"

    private static func line(_ row: Row) -> Line {
        Line(
            id: row.int64(0), at: row.time(1), actor: row.textOrNil(2), act: row.text(3), object: row.text(4),
            way: row.text(5), isLook: row.bool(6))
    }

    // The ids count on through what is hidden, so that a place is not told by one.

    private func cursor(_ line: Line) -> String { "\(line.at.milliseconds)_\(token(of: line.id))" }

    private func token(of id: Int64) -> String { String(lookups.token("\(id)", for: "audit.place").prefix(24)) }

    private func place(_ cursor: String, in reader: Reader) throws -> Line? {
        let parts = cursor.split(separator: "_")
        guard parts.count == 2, let at = Int64(parts[0]) else { return nil }
        return try reader.query("\(Self.columns) WHERE at = \(at) ORDER BY id", Self.line).first {
            token(of: $0.id) == parts[1]
        }
    }
}
