public import DeviationsCore
import EventKit
public import Storage

extension DeviationStore {
    /// The categories a report may choose, in the institution's order; with `all`, those taken out of use as well.
    public static func categories(all: Bool = false, in reader: Reader) throws -> [Category] {
        let shown: SQL = all ? "" : "WHERE is_active = 1 "
        return try reader.query("SELECT code, nb, nn, en FROM deviations_category \(shown)ORDER BY position, code") {
            row in
            Category(code: row.text(0), bokmaal: row.text(1), nynorsk: row.text(2), english: row.text(3))
        }
    }

    /// Every version of the guideline, the oldest first.
    public static func guidelines(in reader: Reader) throws -> [Guideline] {
        try reader.query("SELECT valid_from, owner, norwegian, english FROM deviations_guideline ORDER BY valid_from") {
            row in
            Guideline(validFrom: row.date(0), owner: row.text(1), norwegian: row.text(2), english: row.text(3))
        }
    }

    /// The day from which the version is valid that applies to a case received on `date`.
    static func guidelineVersion(on date: CivilDate, in reader: Reader) throws -> CivilDate? {
        let days = try reader.query("SELECT valid_from FROM deviations_guideline ORDER BY valid_from") { $0.date(0) }
        return Guideline.validFrom(on: date, among: days)
    }
}
