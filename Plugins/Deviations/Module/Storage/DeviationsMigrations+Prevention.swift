import Storage

extension DeviationsMigrations {
    /// What keeps it from happening again, sealed as the rest of the cause.
    static let prevention = Migration(module: "deviations", number: 44, name: "what keeps it from happening again") {
        ["ALTER TABLE deviations_case ADD COLUMN cause_prevention \($0.blob)"]
    }
}
