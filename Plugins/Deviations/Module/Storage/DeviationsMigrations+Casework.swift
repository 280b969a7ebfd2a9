import Storage

extension DeviationsMigrations {
    /// Whom a case is kept from, reports that are part of another case, rounds, and where it has been.
    ///
    /// A list by unit, handler or deadline is of cases: the indexes leave out reports that are part of one. A list of what somebody
    /// reported has them as well.
    static let standing = Migration(module: "deviations", number: 13, name: "exclusions, merged reports, rounds") { d in
        [
            """
            ALTER TABLE deviations_case ADD COLUMN merged_into \(d.bigint) REFERENCES deviations_case (id)
            """,
            "ALTER TABLE deviations_case ADD COLUMN merged_after \(d.bigint)",
            "ALTER TABLE deviations_case ADD COLUMN reports INTEGER NOT NULL DEFAULT 1",
            "ALTER TABLE deviations_case ADD COLUMN exclusions INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE deviations_case ADD COLUMN reopenings INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE deviations_case ADD COLUMN round_started_at \(d.bigint)",
            "ALTER TABLE deviations_case ADD COLUMN left_units TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE deviations_case ADD COLUMN decided_centrally INTEGER NOT NULL DEFAULT 0",
            """
            CREATE INDEX deviations_case_merged ON deviations_case (merged_into, id) WHERE merged_into IS NOT NULL
            """,
        ]
            + ["due", "unit_due", "unit_new", "handler_due", "handler_new"].map {
                "DROP INDEX deviations_case_\($0)"
            } + [
                "CREATE INDEX deviations_case_due ON deviations_case (urgency, id) WHERE merged_into IS NULL",
                "CREATE INDEX deviations_case_unit_due ON deviations_case (unit, urgency, id) WHERE merged_into IS NULL",
                "CREATE INDEX deviations_case_unit_new ON deviations_case (unit, id) WHERE merged_into IS NULL",
                """
                CREATE INDEX deviations_case_handler_due ON deviations_case (handler, urgency, id) \
                WHERE handler IS NOT NULL AND merged_into IS NULL
                """,
                """
                CREATE INDEX deviations_case_handler_new ON deviations_case (handler, id) \
                WHERE handler IS NOT NULL AND merged_into IS NULL
                """,
                // `who` is sealed: an id, or the name of somebody without one, who then has no token.
                """
                CREATE TABLE deviations_exclusion (
                    id \(d.identity), case_id \(d.bigint) NOT NULL REFERENCES deviations_case (id),
                    ground TEXT NOT NULL, token TEXT, who \(d.blob) NOT NULL)
                """,
                """
                CREATE UNIQUE INDEX deviations_exclusion_token ON deviations_exclusion (token, case_id) \
                WHERE token IS NOT NULL
                """,
                "CREATE INDEX deviations_exclusion_case ON deviations_exclusion (case_id, id)",
                """
                CREATE TABLE deviations_round (
                    case_id \(d.bigint) NOT NULL REFERENCES deviations_case (id), number INTEGER NOT NULL,
                    started_at \(d.bigint) NOT NULL, ended_at \(d.bigint) NOT NULL, PRIMARY KEY (case_id, number))
                """,
            ]
    }
}

extension DeviationsMigrations {
    /// Who is asked in a case, for what, and how long they have access.
    static let consultations = Migration(module: "deviations", number: 14, name: "consultations") { d in
        [
            """
            CREATE TABLE deviations_consultation (
                uid TEXT PRIMARY KEY, case_id \(d.bigint) NOT NULL REFERENCES deviations_case (id),
                started_at \(d.bigint) NOT NULL, deadline TEXT NOT NULL, ends_at \(d.bigint) NOT NULL,
                question \(d.blob) NOT NULL, extract \(d.blob) NOT NULL)
            """,
            "CREATE INDEX deviations_consultation_case ON deviations_consultation (case_id, started_at, uid)",
            """
            CREATE TABLE deviations_consulted (
                consultation TEXT NOT NULL REFERENCES deviations_consultation (uid), person TEXT NOT NULL,
                ends_at \(d.bigint) NOT NULL, is_impartial INTEGER, answered_at \(d.bigint),
                PRIMARY KEY (consultation, person), CHECK (answered_at IS NULL OR is_impartial = 1))
            """,
            "CREATE INDEX deviations_consulted_person ON deviations_consulted (person, ends_at)",
        ]
    }
}

extension DeviationsMigrations {
    /// What was hidden, and reports on behalf of somebody.
    static let masks = Migration(module: "deviations", number: 15, name: "masks, reports on behalf") { d in
        [
            """
            CREATE TABLE deviations_mask (
                uid TEXT PRIMARY KEY, case_id \(d.bigint) NOT NULL REFERENCES deviations_case (id),
                author TEXT NOT NULL, at \(d.bigint) NOT NULL, passage \(d.blob) NOT NULL)
            """,
            "CREATE INDEX deviations_mask_case ON deviations_mask (case_id, at, uid)",
            // `sealed` names both people and the consent.
            """
            CREATE TABLE deviations_behalf (
                case_id \(d.bigint) PRIMARY KEY REFERENCES deviations_case (id), sealed \(d.blob) NOT NULL)
            """,
            "ALTER TABLE deviations_case ADD COLUMN is_on_behalf INTEGER NOT NULL DEFAULT 0",
        ]
    }
}
