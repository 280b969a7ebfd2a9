public import Storage

/// The tables of this module. Released migrations are never edited.
public enum WhistleblowingMigrations {
    public static let all = [cases, keys]

    private static let cases = Migration(module: "whistleblowing", number: 1, name: "cases") { d in
        [
            // Days only, no number and no order of arrival: neither rows nor a gap between them tell when somebody wrote.
            """
            CREATE TABLE whistleblowing_case (
                id TEXT PRIMARY KEY, version INTEGER NOT NULL, campus TEXT NOT NULL, key_id \(d.blob) NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('received', 'acknowledged', 'concluded')), received_on TEXT NOT NULL,
                acknowledged_on TEXT, feedback_on TEXT, concluded_on TEXT, delete_on TEXT,
                news TEXT NOT NULL CHECK (news IN ('none', 'new', 'told')), code TEXT UNIQUE, reporter TEXT, sealed \(d.blob) NOT NULL,
                CHECK ((state = 'concluded') = (concluded_on IS NOT NULL)), CHECK ((state = 'concluded') = (delete_on IS NOT NULL)))
            """,
            "CREATE INDEX whistleblowing_case_state ON whistleblowing_case (state, received_on, id)",
            "CREATE INDEX whistleblowing_case_reporter ON whistleblowing_case (reporter, id) WHERE reporter IS NOT NULL",
            "CREATE INDEX whistleblowing_case_deletion ON whistleblowing_case (delete_on) WHERE delete_on IS NOT NULL",
            """
            CREATE TABLE whistleblowing_entry (
                case_id TEXT NOT NULL REFERENCES whistleblowing_case (id), number INTEGER NOT NULL, sealed \(d.blob) NOT NULL,
                PRIMARY KEY (case_id, number))
            """,
        ]
    }

    /// No key is ever two cases': destroying it would shred both.
    private static let keys = Migration(module: "whistleblowing", number: 2, name: "keys") { _ in
        ["CREATE UNIQUE INDEX whistleblowing_case_key ON whistleblowing_case (key_id)"]
    }
}
