public import EventKit
public import Storage

extension Directory {
    /// Lets a person stand in for another. `by` is who decided it.
    ///
    /// - Throws: `DirectoryError`; `StorageError`.
    public static func add(_ new: Deputyship, by person: String, at now: Timestamp, in tx: Transaction) throws {
        guard new.person != new.deputy else { throw DirectoryError.ownDeputy }
        guard new.to.map({ new.from < $0 && now < $0 }) ?? true else { throw DirectoryError.emptyPeriod }
        guard new.role?.canHaveDeputy ?? true else { throw DirectoryError.roleWithoutDeputy }
        guard let deputy = try Directory.person(new.deputy, in: tx), deputy.affiliation == .employee,
            deputy.isHere(at: now)
        else { throw DirectoryError.notAnEmployee }
        // First, so that of two at once the second waits and sees the other's.
        try changed(in: tx)
        guard !(try chart(in: tx).closesLoop(new)) else { throw DirectoryError.deputyLoop }
        try tx.execute(
            """
            INSERT INTO directory_deputy (id, person, deputy, role, unit, from_time, to_time, made_by, made_at)
            VALUES (\(new.id), \(new.person), \(new.deputy), \(new.role?.rawValue), \(new.unit), \(new.from), \(new.to), \(person), \(now))
            """)
    }

    /// Ends it now; one that has not begun is as if it had never been.
    public static func end(deputyship id: String, at now: Timestamp, in tx: Transaction) throws {
        try tx.execute("DELETE FROM directory_deputy WHERE id = \(id) AND from_time >= \(now)")
        try tx.execute(
            "UPDATE directory_deputy SET to_time = \(now) WHERE id = \(id) AND (to_time IS NULL OR to_time > \(now))")
        try changed(in: tx)
    }

    /// Who stands, stood or will stand in for the person, and for whom they do.
    public static func allDeputyships(of person: String, in reader: Reader) throws -> [Deputyship] {
        try deputyships(in: reader).filter { $0.person == person || $0.deputy == person }
    }

    static func deputyships(in reader: Reader) throws -> [Deputyship] {
        try reader.query(
            "SELECT id, person, deputy, role, unit, from_time, to_time FROM directory_deputy ORDER BY from_time, id"
        ) { row in
            Deputyship(
                id: row.text(0), person: row.text(1), deputy: row.text(2),
                role: row.textOrNil(3).flatMap { Role(rawValue: $0) },
                unit: row.textOrNil(4), from: row.time(5), to: row.timeOrNil(6))
        }
    }
}
