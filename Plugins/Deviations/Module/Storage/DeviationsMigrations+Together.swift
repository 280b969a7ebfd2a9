import Storage

extension DeviationsMigrations {
    /// Reports that leave together are waited for together.
    static let together = Migration(module: "deviations", number: 40, name: "reports that leave together") { _ in
        ["ALTER TABLE deviations_leaving ADD COLUMN is_taken INTEGER NOT NULL DEFAULT 0"]
    }
}
