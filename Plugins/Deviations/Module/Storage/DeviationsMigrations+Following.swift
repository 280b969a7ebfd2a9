import Storage

/// The tables of what follows a case: reminders, the desk's tools, what the public is told.
extension DeviationsMigrations {
    static let reminders = Migration(module: "deviations", number: 10, name: "reminders") { d in
        [
            // One row for each reminder ever sent: its key is what keeps two hosts from sending it twice.
            """
            CREATE TABLE deviations_reminder (
                subject TEXT NOT NULL, clock TEXT NOT NULL, step INTEGER NOT NULL, sent_at \(d.bigint) NOT NULL,
                PRIMARY KEY (subject, clock, step))
            """,
            "CREATE INDEX deviations_measure_due ON deviations_measure (due_on, id) WHERE completed_at IS NULL",
            """
            CREATE INDEX deviations_measure_effect ON deviations_measure (completed_at, id) \
            WHERE completed_at IS NOT NULL AND effect IS NULL
            """,
            """
            CREATE INDEX deviations_measure_all_owned ON deviations_measure (owner, completed_at, id) \
            WHERE completed_at IS NOT NULL
            """,
        ]
    }

    /// Templates hold what a unit says to everybody, nothing of a case. A saved filter is made of codes alone. What
    /// somebody searched for is sealed: it may be a name.
    static let desk = Migration(module: "deviations", number: 11, name: "desk") { d in
        [
            """
            CREATE TABLE deviations_template (
                uid TEXT PRIMARY KEY, unit TEXT NOT NULL, name TEXT NOT NULL, nb TEXT NOT NULL, nn TEXT NOT NULL,
                en TEXT NOT NULL, changed_by TEXT NOT NULL, changed_at \(d.bigint) NOT NULL)
            """,
            "CREATE INDEX deviations_template_unit ON deviations_template (unit, name, uid)",
            """
            CREATE TABLE deviations_filter (
                person TEXT NOT NULL, query TEXT NOT NULL, saved_at \(d.bigint) NOT NULL, PRIMARY KEY (person, query))
            """,
            """
            CREATE TABLE deviations_searched (
                person TEXT PRIMARY KEY, key_id \(d.blob) NOT NULL, words \(d.blob) NOT NULL)
            """,
        ]
    }

    /// What is in here is public: it was written for everybody, and lies open.
    static let summaries = Migration(module: "deviations", number: 12, name: "public summaries") { d in
        [
            """
            CREATE TABLE deviations_summary (
                uid TEXT PRIMARY KEY, case_id \(d.bigint) NOT NULL UNIQUE REFERENCES deviations_case (id),
                unit TEXT NOT NULL, campus TEXT NOT NULL, month TEXT NOT NULL, norwegian TEXT NOT NULL, english TEXT,
                changed_by TEXT NOT NULL, changed_at \(d.bigint) NOT NULL)
            """,
            "CREATE INDEX deviations_summary_month ON deviations_summary (month, uid)",
            "CREATE INDEX deviations_case_ended ON deviations_case (ended_at, unit, campus) WHERE ended_at IS NOT NULL",
        ]
    }
}
