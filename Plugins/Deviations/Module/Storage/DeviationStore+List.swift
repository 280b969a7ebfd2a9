import DeviationsCore
import EventKit
public import Storage

extension DeviationStore {
    /// A part of the list of what `scope` may see and `filter` asks for: at most `limit` rows after `cursor`.
    ///
    /// With a search text the newest come first whatever `order` says. `filter` has been prepared and the titles are still sealed: see
    /// ``CaseVault``.
    public static func list(
        _ filter: DeviationFilter = DeviationFilter(), scope: Scope, order: ListOrder = .due,
        after cursor: ListCursor? = nil,
        limit: Int = 50, in reader: Reader
    ) throws -> DeviationPage {
        var rows: [DeviationRow] = []
        for stretch in filter.text == nil ? [.all] : try search.stretches(below: cursor?.key ?? .max, in: reader) {
            let sql = listing(filter, scope, order, after: cursor, in: stretch, limit: limit + 1, reader.dialect)
            guard let sql else { return DeviationPage(rows: [], next: nil) }
            rows = try reader.query(sql, DeviationRow.init)
            if rows.count > limit { break }
        }
        guard rows.count > limit else { return DeviationPage(rows: rows, next: nil) }
        rows.removeLast()
        return DeviationPage(rows: rows, next: rows.last.map { ListCursor(urgency: $0.urgency, key: $0.key) })
    }

    /// The statement behind a list; nil when nothing can be found. Apart, so that tests can read its plan.
    static func listing(
        _ filter: DeviationFilter, _ scope: Scope, _ order: ListOrder, after cursor: ListCursor?,
        in stretch: TokenIndex.Stretch = .all, limit: Int, _ dialect: Dialect
    ) -> SQL? {
        guard filter.text != nil else {
            return merge(lanes(filter, scope), scope, filter, order, after: cursor, limit, dialect)
        }
        guard let hits = search.matching(filter.tokens, in: stretch, dialect) else { return nil }
        return found(hits, filter, scope, after: cursor, limit, dialect)
    }

    /// The ways into the table that together give the list: no row comes by two of them, and each has an index in
    /// list order.
    ///
    /// `unit IN (…) OR reporter = … OR handler = …` alone would read the whole table for somebody who may see little
    /// of it.
    private static func lanes(_ filter: DeviationFilter, _ scope: Scope) -> [SQL] {
        if let reporter = filter.reporter {
            return ["reporter = \(reporter) AND \(others(filter)) AND \(scope.condition)"]
        }
        let (person, open) = (scope.person, scope.open)
        if let handler = filter.handler {
            return ["handler = \(handler) AND \(others(filter)) AND merged_into IS NULL AND \(scope.condition)"]
        }
        if scope.all && filter.units == nil { return [open, "reporter = \(person) AND \(scope.closed)"] }
        let asked = filter.units ?? scope.units
        let reached = (scope.all ? asked : asked.intersection(scope.units)).sorted()
        let byUnit = reached.map { "unit = \($0) AND \(open)" as SQL }
        // One's own, and what one handles, as far as it has not come by its unit.
        let within: SQL = filter.units.map { "unit IN (\(SQL.list($0.sorted())))" } ?? "1 = 1"
        let unreached: SQL = reached.isEmpty ? "1 = 1" : "unit NOT IN (\(SQL.list(reached)))"
        let own: SQL =
            reached.isEmpty
            ? "reporter = \(person) AND \(within)"
            : "reporter = \(person) AND \(within) AND (\(unreached) OR \(scope.closed))"
        let handled: SQL = "handler = \(person) AND reporter <> \(person) AND \(within) AND \(unreached) AND \(open)"
        return byUnit + [own] + (scope.isHandler ? [handled] : [])
    }

    /// The filters that a lane by reporter or handler does not have already.
    private static func others(_ filter: DeviationFilter) -> SQL {
        var all: [SQL] = ["1 = 1"]
        if let units = filter.units { all.append("unit IN (\(SQL.list(units.sorted())))") }
        if let handler = filter.handler, filter.reporter != nil { all.append("handler = \(handler)") }
        return SQL.joined(all, separator: " AND ")
    }

    private static func merge(
        _ lanes: [SQL], _ scope: Scope, _ filter: DeviationFilter, _ order: ListOrder, after cursor: ListCursor?,
        _ limit: Int,
        _ dialect: Dialect
    ) -> SQL? {
        if lanes.isEmpty { return nil }
        let cursor = cursor ?? .start(of: order)
        let (after, by): (SQL, SQL) =
            switch order {
            case .due: ("(urgency, id) > (\(cursor.urgency), \(cursor.key))", "urgency, id")
            case .newest: ("id < \(cursor.key)", "id DESC")
            }
        let conditions = SQL.joined([after, scope.unlocked] + filter.conditions, separator: " AND ")
        let end: SQL = " ORDER BY \(by) LIMIT \(limit)"
        let parts = lanes.map { lane -> SQL in
            let part: SQL = "SELECT \(raw: DeviationRow.columns) FROM deviations_case WHERE \(lane) AND \(conditions)"
            // SQLite merges the parts as their indexes give them. PostgreSQL reads each whole unless it ends like the
            // list.
            return dialect == .sqlite || lanes.count == 1 ? part : "(\(part)\(end))"
        }
        return SQL.joined(parts, separator: " UNION ALL ") + end
    }

    /// The newest first, so that a common word costs no more than a rare one.
    private static func found(
        _ hits: SQL, _ filter: DeviationFilter, _ scope: Scope, after cursor: ListCursor?, _ limit: Int,
        _ dialect: Dialect
    ) -> SQL {
        var conditions = [others(filter), scope.condition, scope.unlocked] + filter.conditions
        if let reporter = filter.reporter { conditions.append("reporter = \(reporter)") }
        if let handler = filter.handler { conditions.append("handler = \(handler)") }
        let (all, end): (SQL, SQL) = (SQL.joined(conditions, separator: " AND "), "ORDER BY found DESC LIMIT \(limit)")
        let (columns, below) = (DeviationRow.columns, cursor?.key ?? .max)
        switch dialect {
        case .sqlite:
            return """
                WITH hit (found) AS (\(hits))
                SELECT \(raw: columns) FROM hit JOIN deviations_case ON id = found WHERE found < \(below) AND \(all) \(end)
                """
        case .postgres:
            // PostgreSQL cannot tell how many will be hit, and would rather read all cases or all words: the order is kept for it.
            return """
                WITH hit (found) AS MATERIALIZED (\(hits)),
                    newest AS (SELECT found FROM hit WHERE found < \(below) ORDER BY found DESC)
                SELECT \(raw: columns) FROM newest CROSS JOIN LATERAL
                    (SELECT \(raw: columns) FROM deviations_case WHERE id = found AND \(all) LIMIT 1) AS listed \(end)
                """
        }
    }
}
