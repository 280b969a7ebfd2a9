import Storage

extension DeviationsMigrations {
    /// That an ended case is kept longer.
    static let retention = Migration(module: "deviations", number: 19, name: "retention") { _ in
        ["ALTER TABLE deviations_case ADD COLUMN kept_on TEXT"]
    }
}
