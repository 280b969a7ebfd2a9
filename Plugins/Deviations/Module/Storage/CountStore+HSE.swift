import DeviationsCore
import EventKit
import Storage

extension CountStore {
    /// Counts the HSE deviations of the period, by part of the learning environment.
    static func countHSE(_ period: CountPeriod, faculty: (String) -> String, in reader: Reader) throws
        -> [CountDimension: [CountTable.Place: Int]]
    {
        var counts: [CountDimension: [CountTable.Place: Int]] = [:]
        try reader.forEach(
            """
            SELECT environment, unit, campus, is_open FROM deviations_hse
            WHERE counts_on >= \(period.from) AND counts_on <= \(period.to)
            """
        ) { row in
            let codes: [CountDimension: String] = [
                .faculty: faculty(row.text(1)), .campus: row.text(2),
                .standing: (row.bool(3) ? CountStanding.open : .answered).rawValue,
            ]
            for (dimension, code) in codes {
                counts[dimension, default: [:]][CountTable.Place(row: row.text(0), column: code), default: 0] += 1
            }
        }
        return counts
    }
}
