import DeviationsContract
import Foundation
import Storage

/// The cases as their events have left them, for readers that come too late for the events.
enum DeviationStates {
    static let type = "deviations.deviation.v1"

    /// Those whose content is here: what has gone, or is on its way to whistleblowing, is in none.
    static let source = StateSource(type: type) { reader, each in
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var last: Int64 = 0
        while true {
            // Piece by piece: PostgreSQL's client holds a whole answer in memory.
            let piece = try ReminderStore.liveCases(after: last, limit: 2_000, in: reader)
            for (_, facts) in piece {
                try each(facts.id, String(decoding: try encoder.encode(facts), as: UTF8.self))
            }
            guard let end = piece.last else { return }
            last = end.key
        }
    }
}
