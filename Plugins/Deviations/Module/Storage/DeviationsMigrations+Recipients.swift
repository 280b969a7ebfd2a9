import Storage

extension DeviationsMigrations {
    /// To whom a rejected report belongs.
    static let recipients = Migration(module: "deviations", number: 18, name: "recipients") { _ in
        ["ALTER TABLE deviations_case ADD COLUMN recipient TEXT"]
    }
}
