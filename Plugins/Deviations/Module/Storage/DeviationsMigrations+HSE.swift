import Storage

extension DeviationsMigrations {
    /// References to HSE deviations that touch students, and their counts. `counts_on` is the day by which one is counted: what comes
    /// after its time has been counted is counted in the next.
    static let hse = Migration(module: "deviations", number: 31, name: "HSE deviations") { d in
        [
            """
            CREATE TABLE deviations_hse (
                reference TEXT PRIMARY KEY, version INTEGER NOT NULL, reported_on TEXT NOT NULL, counts_on TEXT NOT NULL,
                unit TEXT NOT NULL, campus TEXT NOT NULL, environment TEXT NOT NULL, is_open INTEGER NOT NULL,
                changed_by TEXT NOT NULL, changed_at \(d.bigint) NOT NULL)
            """,
            "CREATE INDEX deviations_hse_counts ON deviations_hse (counts_on, reference)",
            """
            CREATE TABLE deviations_hse_count (
                starts_on TEXT NOT NULL REFERENCES deviations_counted (starts_on), dimension TEXT NOT NULL,
                category TEXT NOT NULL, code TEXT NOT NULL, cases INTEGER NOT NULL CHECK (cases > 0),
                PRIMARY KEY (starts_on, dimension, category, code))
            """,
        ]
    }
}
