import Storage

extension DeviationsMigrations {
    /// Measures without a case. They concern nobody, and are not sealed.
    static let central = Migration(module: "deviations", number: 45, name: "central measures") { d in
        [
            """
            CREATE TABLE deviations_central_measure (
                uid TEXT PRIMARY KEY, unit TEXT NOT NULL, action TEXT NOT NULL, cause TEXT NOT NULL, due_on TEXT NOT NULL,
                completed_at \(d.bigint), effect TEXT, started_by TEXT NOT NULL)
            """,
            "CREATE INDEX deviations_central_measure_due ON deviations_central_measure (due_on, uid)",
        ]
    }
}
