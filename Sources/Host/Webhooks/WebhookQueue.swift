import EventBus
import EventKit
import Foundation
import ModuleKit
import Storage
import WebhookKit

/// Events on their way to webhooks: from the log into the queue, signed when a worker takes them, and what follows from how it went.
struct WebhookQueue: Sendable {
    /// A webhook that has failed so often in a row rests: its other events wait as long as the one that failed.
    static let restsAfter = 3
    /// One that has failed so often in a row, for so many seconds, pauses.
    static let pausesAfter = (failures: 10, seconds: Int64(3600))

    let webhooks: Webhooks
    let clock: Clock

    var queue: WorkQueue {
        WorkQueue(
            name: WebhookJob.queue, prepare: { try await prepare($0) }, handleReport: { try follow($0, in: $1) })
    }

    /// One job for each webhook that wants the event.
    func handle(_ event: LoggedEvent, in tx: Transaction) throws {
        for hook in try WebhookTable.locked(in: tx) where hook.wants(event) {
            try webhooks.enqueue(event, for: hook, in: tx)
        }
    }

    /// The request, signed for this attempt; nil when the webhook is no more.
    ///
    /// - Throws: `JobIsHeld` when it is paused.
    private func prepare(_ job: Job) async throws -> String? {
        let waiting = try JSONDecoder().decode(WebhookJob.self, from: Data(job.payload.utf8))
        let found = try await webhooks.database.read { try WebhookTable.find(waiting.hook, in: $0) }
        guard let hook = found else { return nil }
        guard hook.state == .active else { throw JobIsHeld() }
        let now = clock.now
        let request = WebhookRequest(
            url: hook.address, id: waiting.id, seconds: now.milliseconds / 1000, body: waiting.body,
            secrets: try await webhooks.secrets(of: hook, at: now))
        return String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
    }

    /// What a worker's report says of the receiver.
    private func follow(_ job: Job, in tx: Transaction) throws {
        guard let id = WebhookJob.parts(of: job.key)?.hook, var hook = try WebhookTable.find(id, in: tx) else { return }
        if job.state == .done {
            if hook.failures > 0 { try WebhookTable.count(failures: 0, since: nil, of: id, in: tx) }
            return
        }
        (hook.failures, hook.failingSince) = (hook.failures + 1, hook.failingSince ?? job.changedAt)
        if hook.state == .active, let cause = cause(of: hook, after: job) {
            try webhooks.set(.paused, of: &hook, cause: cause, in: tx)
            try WebhookTable.update(hook, by: "", at: job.changedAt, in: tx)
        } else {
            try WebhookTable.count(failures: hook.failures, since: hook.failingSince, of: id, in: tx)
            let rest = hook.state == .paused ? Webhooks.never : hook.failures < Self.restsAfter ? nil : job.notBefore
            if let rest {
                try webhooks.jobs.postpone(WebhookJob.queue, keys: WebhookJob.prefix(of: id), until: rest, in: tx)
            }
        }
    }

    /// Why it is to pause now; nil when it is not.
    private func cause(of hook: Webhook, after job: Job) -> Webhook.Cause? {
        if job.reason == "http-410" { return .gone }
        guard hook.failures >= Self.pausesAfter.failures, let since = hook.failingSince else { return nil }
        return job.changedAt >= since.adding(seconds: Self.pausesAfter.seconds) ? .failing : nil
    }
}
