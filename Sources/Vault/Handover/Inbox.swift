import Crypto
import EventKit
public import Storage

extension Vault {
    /// A service that takes what is handed over to a module.
    ///
    /// - Parameter take: called once for each payload that is kept: its changes and the mark "taken" are one transaction. What it throws
    ///   leaves the payload waiting, to be tried again.
    public func inbox(
        of recipient: String, take: @escaping @Sendable (_ id: String, _ payload: [UInt8], Transaction) throws -> Void
    ) async throws -> HandoverReader {
        try await inbox(of: recipient, prepare: { $1 }, take: take)
    }

    /// The same, with what needs no transaction done before it, such as making a key or sealing files. May be called more than once.
    public func inbox<Prepared: Sendable>(
        of recipient: String, prepare: @escaping @Sendable (_ id: String, _ payload: [UInt8]) async throws -> Prepared,
        take: @escaping @Sendable (_ id: String, _ prepared: Prepared, Transaction) throws -> Void
    ) async throws -> HandoverReader {
        let key = try await handoverKey(recipient)
        return HandoverReader(self, waiting: "recipient = \(recipient) AND is_taken = 0") { [data, handoverMoved] id in
            // Opened before the transaction, which others wait for.
            guard let payload = try await Self.payload(id, by: key, in: data) else { return false }
            let prepared = try await prepare(id, payload)
            KillPoint.pass("handover.prepared")
            return try await data.write { tx in
                // Another host may have been faster, or the sender has taken it back.
                guard try tx.execute("UPDATE vault_handover SET is_taken = 1 WHERE id = \(id) AND is_taken = 0") == 1
                else { return false }
                try tx.execute("DELETE FROM vault_handover_part WHERE handover = \(id)")
                try take(id, prepared, tx)
                KillPoint.pass("handover.taking")
                tx.afterCommit {
                    KillPoint.pass("handover.taken")
                    handoverMoved.send()
                }
                return true
            }
        }
    }

    /// The opened payload, read part by part; nil when it is no longer there.
    private static func payload(
        _ id: String, by key: Curve25519.KeyAgreement.PrivateKey, in data: Database
    ) async throws -> [UInt8]? {
        let start = try await data.read { reader in
            try reader.first("SELECT opening, parts FROM vault_handover WHERE id = \(id) AND is_taken = 0") {
                ($0.bytes(0), $0.int(1))
            }
        }
        guard let (opening, parts) = start else { return nil }
        var opener = try HandoverSeal.Opener(id, opening, by: key)
        var payload: [UInt8] = []
        for number in 0..<parts {
            let sealed = try await data.read { reader in
                try reader.first("SELECT sealed FROM vault_handover_part WHERE handover = \(id) AND number = \(number)")
                { $0.bytes(0) }
            }
            guard let sealed else {
                // Taken meanwhile, or a part has been removed.
                if try await isWaiting(id, data) { throw VaultError.damaged }
                return nil
            }
            payload += try opener.open(sealed, isLast: number + 1 == parts)
        }
        return payload
    }

    private static func isWaiting(_ id: String, _ data: Database) async throws -> Bool {
        try await data.read {
            try $0.first("SELECT 1 FROM vault_handover WHERE id = \(id) AND is_taken = 0") { $0.int(0) }
        } != nil
    }
}
