import DeviationsCore
public import Storage

/// The tables of this module, and the data it starts with. Released migrations are never edited.
public enum DeviationsMigrations {
    public static let all = [
        cases, history, categories, guidelines, departures, farewells, reminders, desk, summaries,
        standing, consultations, masks, files, counts, recipients, retention, fileOrder,
        maintenance, hse,
        together, guidelineTime, fileMasks, searchBlocks, prevention, central, leavingWay,
    ]

    /// What people wrote is sealed by the case's key: the columns of bytes. A case without a key has lost its content.
    ///
    /// Short columns first: a list then never reads the pages that long texts spill over to.
    private static let cases = Migration(module: "deviations", number: 1, name: "cases") { d in
        [
            """
            CREATE TABLE deviations_case (
                id \(d.identity), uid TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
                unit TEXT NOT NULL, campus TEXT NOT NULL, category TEXT NOT NULL, environment TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN ('received', 'assigned', 'rejected', 'closed')),
                reporter TEXT NOT NULL, handler TEXT, received_at \(d.bigint) NOT NULL, due_on TEXT NOT NULL,
                expected_on TEXT, urgency \(d.bigint) NOT NULL, ended_at \(d.bigint), forwardings INTEGER NOT NULL,
                triage_deviation INTEGER, triage_sensitive INTEGER,
                key_id \(d.blob), title \(d.blob),
                reported_unit TEXT NOT NULL, occurred_on TEXT, threshold TEXT,
                channels_which TEXT, channels_text \(d.blob),
                description \(d.blob),
                cause_what \(d.blob), cause_why \(d.blob), outcome \(d.blob),
                CHECK ((key_id IS NULL) = (title IS NULL) AND (key_id IS NULL) = (description IS NULL)),
                CHECK (status <> 'assigned' OR handler IS NOT NULL),
                CHECK ((ended_at IS NULL) = (status IN ('received', 'assigned'))))
            """,
            // Each list and each part of a scope, by urgency and newest first.
            "CREATE INDEX deviations_case_due ON deviations_case (urgency, id)",
            "CREATE INDEX deviations_case_unit_due ON deviations_case (unit, urgency, id)",
            "CREATE INDEX deviations_case_unit_new ON deviations_case (unit, id)",
            "CREATE INDEX deviations_case_reporter_due ON deviations_case (reporter, urgency, id)",
            "CREATE INDEX deviations_case_reporter_new ON deviations_case (reporter, id)",
            """
            CREATE INDEX deviations_case_handler_due ON deviations_case (handler, urgency, id) \
            WHERE handler IS NOT NULL
            """,
            "CREATE INDEX deviations_case_handler_new ON deviations_case (handler, id) WHERE handler IS NOT NULL",
        ] + DeviationStore.search.create(d)
    }

    private static let history = Migration(module: "deviations", number: 2, name: "timeline and measures") { d in
        [
            """
            CREATE TABLE deviations_entry (
                id \(d.identity), case_id \(d.bigint) NOT NULL REFERENCES deviations_case (id),
                kind TEXT NOT NULL, author TEXT NOT NULL, at \(d.bigint) NOT NULL, is_private INTEGER NOT NULL,
                reference TEXT, date TEXT, text \(d.blob) NOT NULL)
            """,
            "CREATE INDEX deviations_entry_case ON deviations_entry (case_id, id)",
            """
            CREATE TABLE deviations_measure (
                id \(d.identity), uid TEXT NOT NULL UNIQUE, \
            case_id \(d.bigint) NOT NULL REFERENCES deviations_case (id),
                owner TEXT NOT NULL, due_on TEXT NOT NULL, is_moved INTEGER NOT NULL, completed_at \(d.bigint),
                action \(d.blob) NOT NULL, cause \(d.blob) NOT NULL, effect \(d.blob))
            """,
            "CREATE INDEX deviations_measure_case ON deviations_measure (case_id, id)",
            """
            CREATE INDEX deviations_measure_owner ON deviations_measure (owner, due_on, id) \
            WHERE completed_at IS NULL
            """,
        ]
    }

    private static let categories = Migration(module: "deviations", number: 3, name: "categories") { _ in
        [
            """
            CREATE TABLE deviations_category (
                code TEXT PRIMARY KEY, position INTEGER NOT NULL, is_active INTEGER NOT NULL,
                nb TEXT NOT NULL, nn TEXT NOT NULL, en TEXT NOT NULL)
            """
        ]
            + FirstData.categories.enumerated().map { position, category in
                """
                INSERT INTO deviations_category (code, position, is_active, nb, nn, en) \
                VALUES ('\(category.code)', \(position), 1,
                    '\(category.bokmaal)', '\(category.nynorsk)', '\(category.english)')
                """
            }
    }

    private static let guidelines = Migration(module: "deviations", number: 4, name: "guideline") { _ in
        [
            """
            CREATE TABLE deviations_guideline (
                valid_from TEXT PRIMARY KEY, owner TEXT NOT NULL, norwegian TEXT NOT NULL, english TEXT NOT NULL)
            """,
            """
            INSERT INTO deviations_guideline (valid_from, owner, norwegian, english) VALUES ('2023-01-01',
                'Avdeling for utdanningskvalitet', '\(FirstData.norwegianGuideline)', '\(FirstData.englishGuideline)')
            """,
        ]
    }

    private static let departures = Migration(module: "deviations", number: 5, name: "withdrawn and leaving cases") {
        d in
        [
            "ALTER TABLE deviations_case ADD COLUMN withdrawn_on TEXT",
            "ALTER TABLE deviations_case ADD COLUMN goes_on INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE deviations_case ADD COLUMN ending TEXT CHECK (ending IN ('outside-scope', 'withdrawn'))",
            "ALTER TABLE deviations_case ADD COLUMN locked_to TEXT",
            """
            CREATE TABLE deviations_leaving (
                case_id \(d.bigint) PRIMARY KEY REFERENCES deviations_case (id), handover TEXT UNIQUE,
                farewell_key \(d.blob), farewell \(d.blob), reporter TEXT, remainder \(d.blob),
                is_sensitive INTEGER NOT NULL,
                CHECK ((handover IS NULL) = (farewell_key IS NULL) AND (handover IS NULL) = (farewell IS NULL)
                    AND (handover IS NULL) = (reporter IS NULL)))
            """,
        ]
    }

    private static let farewells = Migration(module: "deviations", number: 6, name: "farewells and escalations") { d in
        [
            """
            CREATE TABLE deviations_farewell (
                id \(d.identity), reporter TEXT NOT NULL, key_id \(d.blob) NOT NULL, content \(d.blob) NOT NULL,
                until TEXT NOT NULL)
            """,
            "CREATE INDEX deviations_farewell_reporter ON deviations_farewell (reporter, id)",
            "CREATE INDEX deviations_farewell_until ON deviations_farewell (until)",
            // A keyed token alone: it does not tell which case.
            "CREATE TABLE deviations_escalation (token TEXT PRIMARY KEY)",
        ]
    }
}
