import Storage

extension DeviationsMigrations {
    /// Counts of reports, taken once for each period and never again: what changed between two counts would be known of one case.
    static let counts = Migration(module: "deviations", number: 17, name: "counts") { d in
        [
            """
            CREATE TABLE deviations_counted (
                starts_on TEXT PRIMARY KEY, ends_on TEXT NOT NULL UNIQUE, reports INTEGER NOT NULL,
                counted_at \(d.bigint) NOT NULL, CHECK (ends_on >= starts_on))
            """,
            """
            CREATE TABLE deviations_count (
                starts_on TEXT NOT NULL REFERENCES deviations_counted (starts_on), dimension TEXT NOT NULL,
                category TEXT NOT NULL, code TEXT NOT NULL, cases INTEGER NOT NULL CHECK (cases > 0),
                PRIMARY KEY (starts_on, dimension, category, code))
            """,
        ]
    }
}
