import EventKit
public import Storage
public import Vault

extension DeviationStore {
    /// Stores files with a case, as sent by `author`, as part of the transaction of what they belong to.
    ///
    /// - Throws: ``CaseFileError``; then none is stored.
    static func add(
        _ files: [PreparedFile], toCase caseKey: Int64, by author: String, at now: Timestamp, isPrivate: Bool,
        atMost limit: Int,
        _ vault: SealedFiles, in tx: Transaction
    ) throws {
        if files.isEmpty { return }
        let known = try tx.first("SELECT count(*) FROM deviations_file WHERE case_id = \(caseKey)") { $0.int(0) } ?? 0
        if known + files.count > limit { throw CaseFileError.tooMany }
        for (number, prepared) in files.enumerated() {
            do { try vault.attach(prepared.file.id, in: tx) } catch is VaultError { throw CaseFileError.gone }
            if let preview = prepared.preview { try vault.attach(preview.id, in: tx) }
            let rows = try tx.execute(
                """
                INSERT INTO deviations_file (id, case_id, preview, author, at, is_private, number)
                VALUES (\(prepared.file.id), \(caseKey), \(prepared.preview?.id), \(author), \(now), \(isPrivate), \(number))
                ON CONFLICT (id) DO NOTHING
                """)
            if rows == 0 { throw CaseFileError.gone }
        }
    }

    /// The files of the case with this key, the oldest first; without what is private when it is for the reporter.
    ///
    /// - Parameter hidden: whether those that are masked are among them.
    public static func files(
        ofCase caseKey: Int64, by key: CaseKey, forReporter: Bool, hidden: Bool = false, _ vault: SealedFiles,
        in reader: Reader
    ) throws -> [CaseFile] {
        let shown: SQL = forReporter ? " AND is_private = 0" : ""
        let unmasked: SQL = hidden ? "" : " AND mask IS NULL"
        return try files("case_id = \(caseKey)\(shown)\(unmasked) ORDER BY at, number, id", key, vault, in: reader)
    }

    /// What those who handle a case have sent to all its reporters since the report with this key became part of it.
    ///
    /// - Parameter key: the case's.
    static func sharedFiles(
        ofReport reportKey: Int64, by key: CaseKey, _ vault: SealedFiles, in reader: Reader
    ) throws -> [CaseFile] {
        try files(
            """
            is_private = 0 AND mask IS NULL AND EXISTS (
                SELECT 1 FROM deviations_case report JOIN deviations_case main ON main.id = report.merged_into
                JOIN deviations_entry step ON step.id = report.merged_after
                WHERE report.id = \(reportKey) AND main.id = deviations_file.case_id
                    AND deviations_file.author <> main.reporter AND deviations_file.at > step.at)
            ORDER BY at, number, id
            """, key, vault, in: reader)
    }

    /// How many files each of these cases has; those without are left out.
    static func fileCounts(ofCases caseKeys: [Int64], in reader: Reader) throws -> [Int64: Int] {
        if caseKeys.isEmpty { return [:] }
        let counts = try reader.query(
            """
            SELECT case_id, count(*) FROM deviations_file
            WHERE case_id IN (\(SQL.list(caseKeys))) AND mask IS NULL GROUP BY case_id
            """
        ) { ($0.int64(0), $0.int(1)) }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    static func files(
        _ condition: SQL, _ key: CaseKey, _ vault: SealedFiles, in reader: Reader
    ) throws -> [CaseFile] {
        let rows = try reader.query(
            "SELECT id, preview, author, at, is_private, mask FROM deviations_file WHERE \(condition)"
        ) { row in
            (row.text(0), row.textOrNil(1), row.text(2), row.time(3), row.bool(4), row.textOrNil(5) != nil)
        }
        return try rows.compactMap { id, preview, author, at, isPrivate, isHidden in
            try vault.file(id, by: key, in: reader).map {
                CaseFile(
                    file: $0, preview: preview, author: author, at: at, isPrivate: isPrivate, isHidden: isHidden)
            }
        }
    }

    /// Forgets the files of a case; what they hold goes with its key.
    public static func removeFiles(ofCase caseKey: Int64, in tx: Transaction) throws {
        try tx.execute("DELETE FROM deviations_file WHERE case_id = \(caseKey)")
    }

    // MARK: Files of a report that is not sent yet

    /// The key by which the files of the draft `id` are sealed, and its case later: the one that there is, or `fresh`.
    ///
    /// nil when the draft is somebody else's, or has been sent.
    static func draftKey(
        _ id: String, of reporter: String, or fresh: CaseKey.ID, at now: Timestamp, in tx: Transaction
    ) throws -> CaseKey.ID? {
        if try tx.first("SELECT 1 FROM deviations_case WHERE uid = \(id)", { $0.int(0) }) != nil { return nil }
        try tx.execute(
            """
            INSERT INTO deviations_draft (uid, reporter, key_id, at) VALUES (\(id), \(reporter), \(fresh), \(now))
            ON CONFLICT (uid) DO UPDATE SET at = excluded.at WHERE deviations_draft.reporter = excluded.reporter
            """)
        return try tx.first("SELECT key_id FROM deviations_draft WHERE uid = \(id) AND reporter = \(reporter)") {
            CaseKey.ID($0.bytes(0))
        } ?? nil
    }

    /// The draft has become a case, which has its key from now on.
    ///
    /// - Returns: whether it was there.
    @discardableResult
    static func removeDraft(_ id: String, in tx: Transaction) throws -> Bool {
        try tx.execute("DELETE FROM deviations_draft WHERE uid = \(id)") > 0
    }

    /// Forgets a draft of the reporter's, files and all.
    static func drop(draft id: String, of reporter: String, _ vault: Vault, in tx: Transaction) throws {
        try drop("uid = \(id) AND reporter = \(reporter)", vault, in: tx)
    }

    /// Forgets what nobody has gone on with for three days.
    static func dropDrafts(at now: Timestamp, _ vault: Vault, in tx: Transaction) throws {
        try drop("at < \(now.adding(seconds: -3 * 86_400))", vault, in: tx)
    }

    private static func drop(_ drafts: SQL, _ vault: Vault, in tx: Transaction) throws {
        for (id, key) in try tx.query(
            "SELECT uid, key_id FROM deviations_draft WHERE \(drafts)", { ($0.text(0), CaseKey.ID($0.bytes(1))) })
        {
            if let key { try vault.destroy(key, in: tx) }
            try removeDraft(id, in: tx)
        }
    }
}
