import EventKit
public import Storage
import Synchronization

/// Units, campuses, people, role grants, deputies, help contacts and legal references. The chart is kept in memory and renewed as soon as a
/// reader meets a newer version.
public final class Directory: Sendable {
    let database: Database
    private let current: Mutex<OrganisationChart>
    /// Of the newest chart that names were looked for in.
    let finder = Mutex<(version: Int64, names: NameFinder)?>(nil)

    /// The directory of a migrated database.
    ///
    /// - Throws: `StorageError`.
    public init(database: Database) async throws {
        self.database = database
        let chart = try await database.read { try Directory.chart(in: $0) }
        current = Mutex(chart)
    }

    public var chart: OrganisationChart { current.withLock { $0 } }

    /// The chart at `version` or newer: one query when ours is older, else none.
    ///
    /// - Throws: `StorageError`.
    public func chart(atLeast version: Int64) async throws -> OrganisationChart {
        let known = chart
        if known.version >= version { return known }
        return keep(try await database.read { try Directory.chart(in: $0) })
    }

    private func keep(_ fresh: OrganisationChart) -> OrganisationChart {
        current.withLock { if $0.version < fresh.version { $0 = fresh } }
        return fresh
    }

    /// The chart as it is at this moment, for what nobody has signed in for.
    ///
    /// - Throws: `StorageError`.
    public func freshChart() async throws -> OrganisationChart {
        try await chart(atLeast: try await database.read { try Directory.version(in: $0) })
    }

    /// Reads with the chart as it is at this moment: one trip to the database for both.
    ///
    /// - Throws: `StorageError`; what `body` throws.
    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (Reader, OrganisationChart) throws -> Value
    ) async throws -> Value {
        try await database.read { [self] reader in
            let known = chart
            if known.version >= (try Directory.version(in: reader)) { return try body(reader, known) }
            return try body(reader, keep(try Directory.chart(in: reader)))
        }
    }

    /// Counts every change of what the chart holds.
    public static func version(in reader: Reader) throws -> Int64 {
        try reader.first("SELECT version FROM directory_version WHERE id = 1") { $0.int64(0) } ?? 0
    }

    /// A person, or nil.
    public static func person(_ id: String, in reader: Reader) throws -> Person? {
        try reader.first("\(personColumns) WHERE id = \(id)", person)
    }

    /// The person with this e-mail address, in capitals or not; of several one who has not left.
    public static func person(email: String, in reader: Reader) throws -> Person? {
        try reader.first(
            """
            \(personColumns) WHERE LOWER(email) = \(email.trimmingSpaces().lowercased())
            ORDER BY ended_at IS NOT NULL, id LIMIT 1
            """, person)
    }

    /// The person whom the institution itself calls so, in capitals or not.
    public static func person(username: String, in reader: Reader) throws -> Person? {
        try reader.first("\(personColumns) WHERE LOWER(username) = LOWER(\(username))", person)
    }

    /// The person whom the source of directory sync knows by this id.
    public static func person(externalID: String, in reader: Reader) throws -> Person? {
        try reader.first("\(personColumns) WHERE external_id = \(externalID)", person)
    }

    /// The people of these ids that exist.
    public static func people(_ ids: some Collection<String>, in reader: Reader) throws -> [String: Person] {
        guard !ids.isEmpty else { return [:] }
        let found = try reader.query("\(personColumns) WHERE id IN (\(SQL.list(Set(ids).sorted())))", person)
        return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Everybody who holds a role, by name: what a demo sign-in or an administrator looks at. At most `limit`.
    public static func allPeople(limit: Int, in reader: Reader) throws -> [Person] {
        try reader.query("\(personColumns) ORDER BY name, id LIMIT \(limit)", person)
    }

    /// Everybody, those who have left too: for directory sync.
    public static func everybody(in reader: Reader) throws -> [Person] {
        try reader.query("\(personColumns) ORDER BY id", person)
    }

    /// The chart as a transaction sees it.
    public static func currentChart(in reader: Reader) throws -> OrganisationChart { try chart(in: reader) }

    /// Every role the person has, had or will have, the latest first.
    public static func allGrants(of person: String, in reader: Reader) throws -> [RoleGrant] {
        try reader.query(
            """
            SELECT person, role, unit, from_time, to_time FROM directory_grant WHERE person = \(person) AND \(hasCounted)
            ORDER BY from_time DESC, role, unit
            """, grant
        ).compactMap(\.self)
    }

    /// Not those that were ended before they began.
    static let hasCounted: SQL = "(ended_at IS NULL OR ended_at > from_time)"

    private static func grant(_ row: Row) throws -> RoleGrant? {
        Role(rawValue: row.text(1)).map {
            RoleGrant(person: row.text(0), role: $0, unit: row.text(2), from: row.time(3), to: row.timeOrNil(4))
        }
    }

    static let personColumns: SQL =
        "SELECT id, name, email, language, affiliation, unit, campus, username, external_id, ended_at FROM directory_person"

    static func person(_ row: Row) throws -> Person {
        Person(
            id: row.text(0), name: row.text(1), email: row.text(2), language: Language(rawValue: row.text(3)) ?? .nb,
            affiliation: Affiliation(rawValue: row.text(4)) ?? .external, unit: row.textOrNil(5),
            campus: row.textOrNil(6), username: row.textOrNil(7), externalID: row.textOrNil(8),
            endedAt: row.timeOrNil(9))
    }

    /// The version is read first: what changes while the rest is read then has a newer one, and is read again. Read
    /// last, it would be that of a change the chart may not hold, and an ended role would go on for good.
    static func chart(in reader: Reader) throws -> OrganisationChart {
        let version = try version(in: reader)
        let units = try reader.query(
            "SELECT id, parent, kind, short, name_nb, name_nn, name_en FROM directory_unit ORDER BY sort, id"
        ) {
            Unit(
                id: $0.text(0), parent: $0.textOrNil(1), kind: Unit.Kind(rawValue: $0.text(2)) ?? .department,
                short: $0.text(3),
                names: Translated(nb: $0.text(4), nn: $0.text(5), en: $0.text(6)))
        }
        let campuses = try reader.query("SELECT id, name_nb, name_nn, name_en FROM directory_campus ORDER BY sort, id")
        {
            Campus(id: $0.text(0), names: Translated(nb: $0.text(1), nn: $0.text(2), en: $0.text(3)))
        }
        let grants = try reader.query(
            "SELECT person, role, unit, from_time, to_time FROM directory_grant WHERE \(hasCounted)", grant)
        return OrganisationChart(
            version: version, units: units, campuses: campuses, grants: grants.compactMap(\.self),
            deputyships: try deputyships(in: reader), storedContacts: try contacts(in: reader),
            references: try references(in: reader))
    }
}
