import Storage

extension DeviationsMigrations {
    /// Who changed the categories and the guideline. A category's `version` is what keeps two editors from undoing each other's work.
    static let maintenance = Migration(module: "deviations", number: 30, name: "maintained categories and guideline") {
        d in
        [
            "ALTER TABLE deviations_category ADD COLUMN version INTEGER NOT NULL DEFAULT 1",
            "ALTER TABLE deviations_category ADD COLUMN changed_by TEXT",
            "ALTER TABLE deviations_category ADD COLUMN changed_at \(d.bigint)",
            "ALTER TABLE deviations_guideline ADD COLUMN added_by TEXT",
            "ALTER TABLE deviations_guideline ADD COLUMN added_at \(d.bigint)",
        ]
    }
}
