import Crypto
import EventKit
import Foundation
public import Storage

/// Hands sealed payloads from one module to another, with no event and, once all is done, no trace of either on the other's side.
///
/// The recipient may be switched off: then they wait.
public struct Outbox: Sendable {
    /// How far a payload has come.
    public enum State: Sendable, Hashable {
        case waiting
        /// The recipient has it for good; the sender is about to be told.
        case taken
    }

    let vault: Vault
    let sender: String
    let recipient: String
    let key: Curve25519.KeyAgreement.PublicKey

    /// Offers a payload of at most 64 MiB as part of the transaction.
    ///
    /// - Parameter id: of the sender's making, by chance and not after its subject.
    /// - Returns: false when one with this id is under way already; then nothing is changed. Once it is completed the vault remembers no
    ///   id: the sender must see from its own state, in this transaction, that it has none to offer.
    /// - Throws: ``VaultError`` (`tooLarge`) or `StorageError`.
    @discardableResult
    public func offer(_ id: String, _ payload: [UInt8], in tx: Transaction) throws -> Bool {
        guard payload.count <= HandoverSeal.maximum else {
            throw VaultError(.tooLarge, "a hand-over holds at most \(HandoverSeal.maximum >> 20) MiB")
        }
        var isNew = true
        try HandoverSeal.seal(payload, id, to: key) { number, sealed, opening in
            if number == 0 { isNew = try insert(id, opening, parts: HandoverSeal.count(of: payload), tx) }
            guard isNew else { return }
            try tx.execute(
                "INSERT INTO vault_handover_part (handover, number, sealed) VALUES (\(id), \(number), \(sealed))")
        }
        guard isNew else { return false }
        KillPoint.pass("handover.offering")
        tx.afterCommit { [moved = vault.handoverMoved] in
            KillPoint.pass("handover.offered")
            moved.send()
        }
        return true
    }

    private func insert(_ id: String, _ opening: [UInt8], parts: Int, _ tx: Transaction) throws -> Bool {
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        return try tx.execute(
            """
            INSERT INTO vault_handover (id, sender, recipient, opening, parts, is_taken, at)
            VALUES (\(id), \(sender), \(recipient), \(opening), \(parts), 0, \(now)) ON CONFLICT (id) DO NOTHING
            """) == 1
    }

    /// How far it has come; nil when there is none, or it is completed.
    public func state(of id: String, in reader: Reader) throws -> State? {
        try reader.first("SELECT is_taken FROM vault_handover WHERE id = \(id) AND sender = \(sender)") {
            $0.bool(0) ? .taken : .waiting
        }
    }

    /// Takes an offer back.
    ///
    /// - Returns: false when it was taken already, or is not there.
    public func cancel(_ id: String, in tx: Transaction) throws -> Bool {
        try tx.execute("DELETE FROM vault_handover WHERE id = \(id) AND sender = \(sender) AND is_taken = 0") == 1
    }

    /// A service that calls `completed` for each payload that was taken: its changes, and the end of every trace of the hand-over, are
    /// one transaction.
    public func completions(_ completed: @escaping @Sendable (_ id: String, Transaction) throws -> Void)
        -> HandoverReader
    {
        let condition: SQL = "sender = \(sender) AND recipient = \(recipient) AND is_taken = 1"
        return HandoverReader(vault, waiting: condition) { [data = vault.data] id in
            try await data.write { tx in
                // Another host may have been faster.
                guard try tx.execute("DELETE FROM vault_handover WHERE id = \(id) AND is_taken = 1") == 1 else {
                    return false
                }
                try completed(id, tx)
                KillPoint.pass("handover.completing")
                tx.afterCommit { KillPoint.pass("handover.completed") }
                return true
            }
        }
    }
}

extension Vault {
    /// The way from one module to another; each is named by its one word.
    public func outbox(from sender: String, to recipient: String) async throws -> Outbox {
        Outbox(vault: self, sender: sender, recipient: recipient, key: try await handoverKey(recipient).publicKey)
    }

    /// The recipient's key, made by who needs it first: a sender need not wait until the recipient is switched on.
    func handoverKey(_ recipient: String) async throws -> Curve25519.KeyAgreement.PrivateKey {
        let secret = try await table.named("handover/\(recipient)")
        return try secret.withUnsafeBytes { try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: Data($0)) }
    }
}
