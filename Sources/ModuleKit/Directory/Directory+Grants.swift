public import EventKit
public import Storage

extension Directory {
    /// Gives a role from now on, or from later. `by` is who decided it.
    ///
    /// - Throws: `GrantRefusal`; `StorageError`.
    @discardableResult
    public static func give(_ grant: RoleGrant, by: String, at now: Timestamp, in tx: Transaction) throws -> StoredGrant
    {
        guard let person = try Directory.person(grant.person, in: tx) else { throw GrantRefusal.unknownPerson }
        guard person.isHere(at: now) else { throw GrantRefusal.hasLeft }
        guard grant.from >= now else { throw GrantRefusal.past }
        guard grant.to.map({ grant.from < $0 }) ?? true else { throw GrantRefusal.emptyPeriod }
        // First, so that of two at once the second waits and sees the other's.
        try changed(in: tx)
        let known = try grants(GrantFilter(role: grant.role, person: grant.person), in: tx).map(\.grant)
        let overlaps = known.contains { one in
            one.unit == grant.unit && one.to.map { grant.from < $0 } ?? true && grant.to.map { one.from < $0 } ?? true
        }
        guard !overlaps else { throw GrantRefusal.alreadyHeld }
        guard try tx.first("SELECT 1 FROM directory_unit WHERE id = \(grant.unit)", { $0.int(0) }) != nil else {
            throw GrantRefusal.unknownUnit
        }
        let made = StoredGrant(id: Identifier.make(at: now), grant: grant, madeBy: by, madeAt: now)
        // The same may have been ended before it began.
        try tx.execute(
            """
            INSERT INTO directory_grant (id, person, role, unit, from_time, to_time, made_by, made_at)
            VALUES (\(made.id), \(grant.person), \(grant.role.rawValue), \(grant.unit), \(grant.from), \(grant.to), \(by), \(now))
            ON CONFLICT (person, role, unit, from_time) DO UPDATE SET id = excluded.id, to_time = excluded.to_time,
              made_by = excluded.made_by, made_at = excluded.made_at, ended_by = NULL, ended_at = NULL
            """)
        return made
    }

    /// Ends a role now; what lies with its holder goes on as at every end of a role.
    ///
    /// - Returns: what was ended; nil when there is no such grant, or it is over.
    /// - Throws: `GrantRefusal.needed`; `StorageError`.
    @discardableResult
    public static func end(grant id: String, by: String, at now: Timestamp, in tx: Transaction) throws -> StoredGrant? {
        try changed(in: tx)
        guard let found = try grant(id, in: tx), found.grant.to.map({ now < $0 }) ?? true else { return nil }
        let before = try chart(in: tx).vacancies(at: now)
        try endGrants("id = \(id)", by: by, at: now, in: tx)
        guard try chart(in: tx).vacancies(at: now).isSubset(of: before) else { throw GrantRefusal.needed }
        return found
    }

    /// The same without a look at who is left: for what the institution itself says has ended.
    public static func endNow(grant id: String, by: String, at now: Timestamp, in tx: Transaction) throws {
        try endGrants("id = \(id)", by: by, at: now, in: tx)
        try changed(in: tx)
    }

    /// Sets when a grant that goes on ends; in the future.
    public static func move(endOf id: String, to end: Timestamp?, in tx: Transaction) throws {
        try tx.execute("UPDATE directory_grant SET to_time = \(end) WHERE id = \(id)")
        try changed(in: tx)
    }

    /// The grant; nil when there is none, or it was ended before it began.
    public static func grant(_ id: String, in reader: Reader) throws -> StoredGrant? {
        try reader.first("\(grantColumns) WHERE id = \(id) AND \(hasCounted)", storedGrant) ?? nil
    }

    /// Those of a filter, by id.
    public static func grants(_ filter: GrantFilter, in reader: Reader) throws -> [StoredGrant] {
        var conditions = [hasCounted]
        if let units = filter.units { conditions.append("unit IN (\(SQL.list(units.sorted())))") }
        if let role = filter.role { conditions.append("role = \(role.rawValue)") }
        if let person = filter.person { conditions.append("person = \(person)") }
        if let now = filter.goingOnAt { conditions.append("(to_time IS NULL OR to_time > \(now))") }
        if let after = filter.after { conditions.append("id > \(after)") }
        let limit: SQL = filter.limit.map { " LIMIT \($0)" } ?? ""
        return try reader.query(
            "\(grantColumns) WHERE \(SQL.joined(conditions, separator: " AND ")) ORDER BY id\(limit)", storedGrant
        ).compactMap(\.self)
    }

    private static let grantColumns: SQL =
        "SELECT id, person, role, unit, from_time, to_time, made_by, made_at, ended_by, ended_at FROM directory_grant"

    private static func storedGrant(_ row: Row) throws -> StoredGrant? {
        Role(rawValue: row.text(2)).map {
            StoredGrant(
                id: row.text(0),
                grant: RoleGrant(
                    person: row.text(1), role: $0, unit: row.text(3), from: row.time(4), to: row.timeOrNil(5)),
                madeBy: row.textOrNil(6), madeAt: row.timeOrNil(7), endedBy: row.textOrNil(8),
                endedAt: row.timeOrNil(9))
        }
    }
}
