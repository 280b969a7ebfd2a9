import EventBus
import EventKit
import ModuleKit
import Storage
import Vault
import WebhookKit

/// What administrators do with webhooks; what is done with the events is in WebhookQueue.swift.
struct Webhooks: Sendable {
    /// The name of the reader that turns events into jobs.
    static let reader = "webhooks"
    /// For so long the old secret stays valid beside a new one.
    static let overlap: Int64 = 86_400
    /// When jobs of a paused webhook are due.
    static let never = JobStore.never

    let database: Database
    let vault: Vault
    let log: EventLog
    let jobs: JobStore
    /// Where events may be sent.
    let policy: AddressPolicy
    let installation: String
    let site: String

    private static func place(_ hook: String) -> CaseKey.Place { CaseKey.Place("webhooks.secret", row: hook) }

    /// A webhook that is not stored yet, and its secret.
    func made(_ draft: WebhookDraft, at time: Timestamp) async throws -> (Webhook, WebhookSecret) {
        // What has happened so far is nobody's business; from the first webhook on the log is read.
        try await LogReader.skipHistory(name: Self.reader, log: log, database: database)
        let (id, key, secret) = (Identifier.make(at: time), try await vault.newKey(), WebhookSecret.make())
        let hook = Webhook(
            id: id, label: draft.label, address: draft.address, topics: draft.topics, state: .active, cause: nil,
            failures: 0, failingSince: nil, after: try await log.bounds().head, keyID: key.id,
            secret: try key.seal(secret.text, as: Self.place(id)), oldSecret: nil, oldUntil: nil, version: 1,
            createdAt: time)
        return (hook, secret)
    }

    /// Those that are valid at `time`, the newest first.
    ///
    /// - Throws: `WebhookUnreadable`, `VaultError`.
    func secrets(of hook: Webhook, at time: Timestamp) async throws -> [WebhookSecret] {
        guard let key = try await vault.key(hook.keyID) else { throw WebhookUnreadable() }
        let old = hook.oldUntil.map { time < $0 } ?? false ? hook.oldSecret : nil
        return try [hook.secret, old].compactMap(\.self).map { sealed in
            guard let secret = WebhookSecret(try key.open(sealed, as: Self.place(hook.id))) else {
                throw WebhookUnreadable()
            }
            return secret
        }
    }

    /// A new secret, sealed; the one before is to be kept beside it.
    func newSecret(for hook: Webhook) async throws -> (secret: WebhookSecret, sealed: [UInt8]) {
        guard let key = try await vault.key(hook.keyID) else { throw WebhookUnreadable() }
        let secret = WebhookSecret.make()
        return (secret, try key.seal(secret.text, as: Self.place(hook.id)))
    }

    /// Stops it, or lets it go on: what came meanwhile is sent then, in order.
    func set(_ state: Webhook.State, of hook: inout Webhook, cause: Webhook.Cause? = nil, in tx: Transaction) throws {
        (hook.state, hook.cause) = (state, state == .paused ? cause : nil)
        let prefix = WebhookJob.prefix(of: hook.id)
        switch state {
        case .paused: try jobs.postpone(WebhookJob.queue, keys: prefix, until: Self.never, in: tx)
        case .active:
            (hook.failures, hook.failingSince) = (0, nil)
            try jobs.hasten(WebhookJob.queue, keys: prefix, in: tx)
            tx.afterCommit { [jobs] in jobs.wake() }
        }
    }

    /// Nothing more is sent, and its secret is destroyed.
    func delete(_ hook: Webhook, in tx: Transaction) throws {
        try jobs.forget(WebhookJob.queue, keys: WebhookJob.prefix(of: hook.id), in: tx)
        try WebhookTable.delete(hook.id, in: tx)
        try vault.destroy(hook.keyID, in: tx)
    }

    /// Sends an event that says nothing, to this webhook alone.
    ///
    /// - Returns: the event's id.
    func test(_ hook: Webhook, at time: Timestamp, in tx: Transaction) throws -> String {
        let event = try Event(WebhookTested(hook: hook.id), subject: hook.id, at: time)
        let logged = LoggedEvent(
            event: event, position: 0, previous: 0, epoch: "", source: "/trivsel/\(installation)/webhooks",
            dataSchema: site + LoggedEvent.schemaPath(of: event.type))
        try enqueue(logged, for: hook, in: tx)
        tx.afterCommit { [jobs] in jobs.wake() }
        return event.id
    }

    /// Adds the job unless it was ever there; one for a paused webhook waits.
    func enqueue(_ logged: LoggedEvent, for hook: Webhook, in tx: Transaction) throws {
        let job: JSON = #"{"hook":\#(hook.id),"id":\#(logged.event.id),"body":\#(logged.cloudEvent)}"#
        try jobs.enqueue(
            WebhookJob.queue, key: WebhookJob.key(hook.id, logged.event), payload: job.text, required: false,
            notBefore: hook.state == .paused ? Self.never : nil, lane: hook.id, in: tx)
    }
}
