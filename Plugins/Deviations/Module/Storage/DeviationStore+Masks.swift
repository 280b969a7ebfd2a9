import DeviationsCore
import EventKit
import Foundation
import Storage
import Vault

/// A hidden passage or file of a case, without what it was.
struct Mask: Sendable, Hashable {
    let id: String
    let isFile: Bool
    let by: String
    let at: Timestamp
}

extension DeviationStore {
    /// Puts the mark in the place of `passage` in all that is sealed by the case's key, in the names of its files, in what the public is told, and in the search.
    ///
    /// - Returns: in how many texts it stood.
    static func hide(
        _ passage: String, inCase caseKey: Int64, by key: CaseKey, search tokens: SearchTokens, _ vault: SealedFiles,
        in tx: Transaction
    ) throws -> Int {
        let hidden = Hidden(passage: passage, key: key)
        var count = try maskReport(hidden, caseKey, tokens, in: tx)
        count += try maskBehalf(hidden, caseKey, in: tx)
        count += try maskHistory(hidden, caseKey, in: tx)
        count += try maskMeasures(hidden, caseKey, in: tx)
        count += try maskConsultations(hidden, caseKey, in: tx)
        count += try maskSummary(hidden, caseKey, in: tx)
        return try count + maskFiles(hidden, caseKey, vault, in: tx)
    }

    /// Keeps what the mask `id` hides.
    static func add(
        mask id: String, of passage: String, by actor: String, at now: Timestamp, toCase caseKey: Int64,
        by key: CaseKey, in tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO deviations_mask (uid, case_id, author, at, passage)
            VALUES (\(id), \(caseKey), \(actor), \(now), \(key.seal(passage, as: .mask(id))))
            """)
    }

    static func masks(ofCase caseKey: Int64, in reader: Reader) throws -> [Mask] {
        try reader.query(
            """
            SELECT uid, author, at, CASE WHEN EXISTS (SELECT 1 FROM deviations_file f WHERE f.mask = uid) THEN 1 ELSE 0 END
            FROM deviations_mask WHERE case_id = \(caseKey) ORDER BY at, uid
            """
        ) { Mask(id: $0.text(0), isFile: $0.bool(3), by: $0.text(1), at: $0.time(2)) }
    }

    /// What the mask hides; nil when the case has no such mask.
    static func passage(
        of mask: String, inCase caseKey: Int64, by key: CaseKey, in reader: Reader
    ) throws -> String? {
        try reader.first("SELECT passage FROM deviations_mask WHERE uid = \(mask) AND case_id = \(caseKey)") {
            try key.open($0.bytes(0), as: .mask(mask))
        }
    }

    static func removeMasks(ofCase caseKey: Int64, in tx: Transaction) throws {
        try tx.execute("DELETE FROM deviations_mask WHERE case_id = \(caseKey)")
    }

    private static func maskReport(
        _ hidden: Hidden, _ caseKey: Int64, _ tokens: SearchTokens, in tx: Transaction
    ) throws -> Int {
        let columns: [(String, CaseKey.Place)] = [
            ("title", .title), ("description", .description), ("channels_text", .channels),
            ("cause_what", .whatHappened), ("cause_why", .why),
            ("cause_prevention", .prevention), ("outcome", .outcome),
        ]
        var count = 0
        for (column, place) in columns {
            let sealed = try tx.first("SELECT \(raw: column) FROM deviations_case WHERE id = \(caseKey)") {
                $0.bytesOrNil(0)
            }
            guard let masked = try hidden.masked(sealed ?? nil, place) else { continue }
            try tx.execute("UPDATE deviations_case SET \(raw: column) = \(masked) WHERE id = \(caseKey)")
            count += 1
        }
        let words = try tx.first("SELECT title, description FROM deviations_case WHERE id = \(caseKey)") {
            "\(try hidden.key.open($0.bytes(0), as: .title)) \(try hidden.key.open($0.bytes(1), as: .description))"
        }
        if let words { try search.put(caseKey, tokens.tokens(of: words), in: tx) }
        return count
    }

    private static func maskBehalf(_ hidden: Hidden, _ caseKey: Int64, in tx: Transaction) throws -> Int {
        guard var behalf = try behalf(ofCase: caseKey, by: hidden.key, in: tx) else { return 0 }
        let consent = hidden.masked(behalf.consent)
        if consent == behalf.consent { return 0 }
        behalf.consent = consent
        let sealed = try sealed(behalf, by: hidden.key)
        try tx.execute("UPDATE deviations_behalf SET sealed = \(sealed) WHERE case_id = \(caseKey)")
        return 1
    }

    private static func maskHistory(_ hidden: Hidden, _ caseKey: Int64, in tx: Transaction) throws -> Int {
        let rows = try tx.query("SELECT id, text FROM deviations_entry WHERE case_id = \(caseKey)") {
            ($0.int64(0), $0.bytes(1))
        }
        var count = 0
        for (row, text) in rows {
            guard let masked = try hidden.masked(text, .entry) else { continue }
            try tx.execute("UPDATE deviations_entry SET text = \(masked) WHERE id = \(row)")
            count += 1
        }
        return count
    }

    private static func maskMeasures(_ hidden: Hidden, _ caseKey: Int64, in tx: Transaction) throws -> Int {
        let rows = try tx.query(
            "SELECT uid, action, cause, effect FROM deviations_measure WHERE case_id = \(caseKey)"
        ) { ($0.text(0), $0.bytes(1), $0.bytes(2), $0.bytesOrNil(3)) }
        var count = 0
        for (id, action, cause, effect) in rows {
            let columns: [(String, [UInt8]?, CaseKey.Place)] = [
                ("action", action, .measure(id)), ("cause", cause, .measureCause(id)),
                ("effect", effect, .measureEffect(id)),
            ]
            for (column, sealed, place) in columns {
                guard let masked = try hidden.masked(sealed, place) else { continue }
                try tx.execute("UPDATE deviations_measure SET \(raw: column) = \(masked) WHERE uid = \(id)")
                count += 1
            }
        }
        return count
    }

    private static func maskFiles(
        _ hidden: Hidden, _ caseKey: Int64, _ vault: SealedFiles, in tx: Transaction
    ) throws -> Int {
        var count = 0
        for one in try files(ofCase: caseKey, by: hidden.key, forReporter: false, hidden: true, vault, in: tx) {
            let preview = try one.preview.flatMap { try vault.file($0, by: hidden.key, in: tx) }
            for file in [one.file, preview].compactMap(\.self) {
                let name = hidden.masked(file.name)
                if name == file.name { continue }
                try vault.rename(file, to: name, by: hidden.key, in: tx)
                count += 1
            }
        }
        return count
    }

    private static func maskSummary(_ hidden: Hidden, _ caseKey: Int64, in tx: Transaction) throws -> Int {
        let told = try tx.first("SELECT norwegian, english FROM deviations_summary WHERE case_id = \(caseKey)") {
            ($0.text(0), $0.textOrNil(1))
        }
        guard let told else { return 0 }
        let (norwegian, english) = (hidden.masked(told.0), told.1.map(hidden.masked))
        if norwegian == told.0 && english == told.1 { return 0 }
        try tx.execute(
            """
            UPDATE deviations_summary SET norwegian = \(norwegian), english = \(english) WHERE case_id = \(caseKey)
            """)
        return 1
    }

    private static func maskConsultations(_ hidden: Hidden, _ caseKey: Int64, in tx: Transaction) throws -> Int {
        let rows = try tx.query(
            "SELECT uid, question, extract FROM deviations_consultation WHERE case_id = \(caseKey)"
        ) { ($0.text(0), $0.bytes(1), $0.bytes(2)) }
        var count = 0
        for (id, question, extract) in rows {
            for (column, sealed, place) in [
                ("question", question, CaseKey.Place.question(id)), ("extract", extract, .extract(id)),
            ] {
                guard let masked = try hidden.masked(sealed, place) else { continue }
                try tx.execute("UPDATE deviations_consultation SET \(raw: column) = \(masked) WHERE uid = \(id)")
                count += 1
            }
        }
        return count
    }
}

/// A passage to be hidden, and the key of the texts that may hold it.
private struct Hidden {
    let passage: String
    let key: CaseKey

    func masked(_ text: String) -> String {
        text.replacingOccurrences(of: passage, with: MaskPassage.mark, options: .caseInsensitive)
    }

    /// The text sealed anew without the passage; nil when it does not hold it.
    func masked(_ sealed: [UInt8]?, _ place: CaseKey.Place) throws -> [UInt8]? {
        guard let sealed, !sealed.isEmpty else { return nil }
        let text = try key.open(sealed, as: place)
        let masked = masked(text)
        return masked == text ? nil : try key.seal(masked, as: place)
    }
}
