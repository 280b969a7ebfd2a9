import EventKit
public import Storage

extension Directory {
    /// Units, campuses, people, grants, deputies, help contacts, legal references, and the version that counts their changes.
    public static let migrations: [Migration] = [
        Migration(module: "directory", number: 1, name: "units, campuses, people, grants") { dialect in
            [
                """
                CREATE TABLE directory_unit (
                  id TEXT PRIMARY KEY, parent TEXT REFERENCES directory_unit (id), kind TEXT NOT NULL, short TEXT NOT \
                  NULL,
                  name_nb TEXT NOT NULL, name_nn TEXT NOT NULL, name_en TEXT NOT NULL, sort \(dialect.bigint) NOT NULL)
                """,
                """
                CREATE TABLE directory_campus (
                  id TEXT PRIMARY KEY, name_nb TEXT NOT NULL, name_nn TEXT NOT NULL, name_en TEXT NOT NULL,
                  sort \(dialect.bigint) NOT NULL)
                """,
                """
                CREATE TABLE directory_person (
                  id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, language TEXT NOT NULL CHECK \
                  (language IN ('nb', 'nn', 'en')),
                  affiliation TEXT NOT NULL CHECK (affiliation IN ('student', 'employee', 'external')),
                  unit TEXT REFERENCES directory_unit (id), campus TEXT REFERENCES directory_campus (id))
                """,
                "CREATE INDEX directory_person_name ON directory_person (name, id)",
                """
                CREATE TABLE directory_grant (
                  person TEXT NOT NULL REFERENCES directory_person (id), role TEXT NOT NULL,
                  unit TEXT NOT NULL REFERENCES directory_unit (id), from_time \(dialect.bigint) NOT NULL, to_time \
                  \(dialect.bigint),
                  CHECK (to_time IS NULL OR to_time > from_time), PRIMARY KEY (person, role, unit, from_time))
                """,
                "CREATE TABLE directory_version (id \(dialect.bigint) PRIMARY KEY CHECK (id = 1), version \(dialect.bigint) NOT NULL)",
                "INSERT INTO directory_version (id, version) VALUES (1, 1)",
            ]
        },
        Migration(module: "directory", number: 2, name: "deputies and help contacts") { dialect in
            [
                """
                CREATE TABLE directory_deputy (
                  id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES directory_person (id),
                  deputy TEXT NOT NULL REFERENCES directory_person (id), role TEXT, unit TEXT REFERENCES directory_unit (id),
                  from_time \(dialect.bigint) NOT NULL, to_time \(dialect.bigint), made_by TEXT NOT NULL, made_at \(dialect.bigint) NOT NULL,
                  CHECK (deputy <> person), CHECK (to_time IS NULL OR to_time > from_time))
                """,
                "CREATE INDEX directory_person_email ON directory_person (LOWER(email))",
                """
                CREATE TABLE directory_contact (
                  id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('emergency', 'confidential', 'ombud', 'help')),
                  campus TEXT REFERENCES directory_campus (id), name_nb TEXT NOT NULL, name_nn TEXT NOT NULL, name_en TEXT NOT NULL,
                  purpose_nb TEXT NOT NULL, purpose_nn TEXT NOT NULL, purpose_en TEXT NOT NULL,
                  hours_nb TEXT NOT NULL, hours_nn TEXT NOT NULL, hours_en TEXT NOT NULL,
                  phone TEXT NOT NULL, mail TEXT NOT NULL, link TEXT NOT NULL, sort \(dialect.bigint) NOT NULL)
                """,
            ]
        },
        referenceTable, peopleColumns,
    ]

    /// Adds the unit or brings it up to date. `sort` orders siblings.
    public static func put(_ unit: Unit, sort: Int, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO directory_unit (id, parent, kind, short, name_nb, name_nn, name_en, sort)
            VALUES (\(unit.id), \(unit.parent), \(unit.kind.rawValue), \(unit.short), \(unit.names.nb), \
            \(unit.names.nn),
              \(unit.names.en), \(sort))
            ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, kind = excluded.kind, short = excluded.short,
              name_nb = excluded.name_nb, name_nn = excluded.name_nn, name_en = excluded.name_en, sort = excluded.sort
            """)
        try changed(in: tx)
    }

    /// Adds the campus or brings it up to date.
    public static func put(_ campus: Campus, sort: Int, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO directory_campus (id, name_nb, name_nn, name_en, sort)
            VALUES (\(campus.id), \(campus.names.nb), \(campus.names.nn), \(campus.names.en), \(sort))
            ON CONFLICT (id) DO UPDATE SET name_nb = excluded.name_nb, name_nn = excluded.name_nn, name_en = \
            excluded.name_en,
              sort = excluded.sort
            """)
        try changed(in: tx)
    }

    /// Adds the person or brings them up to date; the language they chose themselves stays, and so does whether they have left.
    ///
    /// A user name and an external id stay as well when none is given.
    public static func put(_ person: Person, in tx: Transaction) throws { try put([person], in: tx) }

    /// The same for many.
    public static func put(_ people: [Person], in tx: Transaction) throws {
        for person in people { try store(person, in: tx) }
        if !people.isEmpty { try changed(in: tx) }
    }

    private static func store(_ person: Person, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO directory_person (id, name, email, language, affiliation, unit, campus, username, external_id)
            VALUES (\(person.id), \(person.name), \(person.email), \(person.language.rawValue), \
            \(person.affiliation.rawValue),
              \(person.unit), \(person.campus), \(person.username), \(person.externalID))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, affiliation = \
            excluded.affiliation,
              unit = excluded.unit, campus = excluded.campus,
              username = COALESCE(excluded.username, directory_person.username),
              external_id = COALESCE(excluded.external_id, directory_person.external_id)
            """)
    }

    /// Adds the grant, or sets when the same grant (person, role, unit, from) ends.
    public static func put(_ grant: RoleGrant, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO directory_grant (id, person, role, unit, from_time, to_time)
            VALUES (\(Identifier.make(at: grant.from)), \(grant.person), \(grant.role.rawValue), \(grant.unit), \(grant.from), \
            \(grant.to))
            ON CONFLICT (person, role, unit, from_time) DO UPDATE SET to_time = excluded.to_time, ended_by = NULL, ended_at = NULL
            """)
        try changed(in: tx)
    }

    /// The language in which the person reads pages and mails from now on.
    public static func setLanguage(_ language: Language, of person: String, in tx: Transaction) throws {
        try tx.execute("UPDATE directory_person SET language = \(language.rawValue) WHERE id = \(person)")
    }

    static func changed(in tx: Transaction) throws {
        try tx.execute("UPDATE directory_version SET version = version + 1 WHERE id = 1")
    }
}
