import Storage
import Vault

extension DeviationStore {
    /// Hides a file of the case with this key, and removes its preview.
    ///
    /// - Returns: what it was called; nil when the case shows no such file.
    static func hide(
        file: String, as mask: String, inCase caseKey: Int64, by key: CaseKey, _ vault: SealedFiles, in tx: Transaction
    ) throws -> String? {
        let shown = try files("id = \(file) AND case_id = \(caseKey) AND mask IS NULL", key, vault, in: tx)
        guard let found = shown.first else { return nil }
        if let preview = found.preview { try vault.remove(preview, in: tx) }
        try tx.execute("UPDATE deviations_file SET mask = \(mask), preview = NULL WHERE id = \(file)")
        return found.file.name
    }

    /// The file of the case that the mask hides; nil when it hides none.
    static func file(
        hiddenBy mask: String, inCase caseKey: Int64, by key: CaseKey, _ vault: SealedFiles, in reader: Reader
    ) throws -> SealedFile? {
        try files("mask = \(mask) AND case_id = \(caseKey)", key, vault, in: reader).first?.file
    }
}
