import Storage

extension DeviationsMigrations {
    /// How a departure was confirmed: the audit trail says it when the case is emptied, as it does of every rejection.
    static let leavingWay = Migration(module: "deviations", number: 46, name: "how a departure was confirmed") { _ in
        ["ALTER TABLE deviations_leaving ADD COLUMN way TEXT NOT NULL DEFAULT 'page'"]
    }
}
