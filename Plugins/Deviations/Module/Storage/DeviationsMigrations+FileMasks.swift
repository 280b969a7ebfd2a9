import Storage

extension DeviationsMigrations {
    /// The mask that hides a file. Of a hidden file there is no preview.
    static let fileMasks = Migration(module: "deviations", number: 42, name: "hidden files") { _ in
        ["ALTER TABLE deviations_file ADD COLUMN mask TEXT"]
    }
}
