import EventBus
import EventKit
import Storage
import Vault

/// A receiver of events over HTTPS, as an administrator has set it up.
struct Webhook: Sendable {
    enum State: String, Sendable, CaseIterable { case active, paused }

    /// Why it was paused, if not by hand.
    enum Cause: String, Sendable, CaseIterable {
        /// The receiver said that it wants nothing more (410).
        case gone
        /// Nothing has arrived for long.
        case failing
    }

    let id: String
    var label: String
    var address: String
    var topics: [TopicPattern]
    var state: State
    var cause: Cause?
    /// Attempts in a row that failed, and since when.
    var failures: Int
    var failingSince: Timestamp?
    /// Only what comes later in the log is sent.
    let after: Int64
    let keyID: CaseKey.ID
    /// Sealed, as is the one before.
    var secret: [UInt8]
    var oldSecret: [UInt8]?
    /// Until then the old one is valid too.
    var oldUntil: Timestamp?
    var version: Int
    let createdAt: Timestamp

    func wants(_ event: LoggedEvent) -> Bool {
        event.position > after && topics.contains { $0.matches(event.event.type) }
    }
}

/// The key of a webhook's secret is gone, or the row damaged.
struct WebhookUnreadable: Error, CustomStringConvertible {
    let description = "the secret of a webhook cannot be read; give it a new one by deleting and adding it"
}

/// What an administrator says of a webhook.
struct WebhookDraft: Sendable {
    var label: String
    var address: String
    var topics: [TopicPattern]
}

/// An event that waits for its receiver.
struct WebhookJob: Codable, Sendable {
    static let queue = "webhooks"

    let hook: String
    /// The event's.
    let id: String
    /// The event as it stands in the log: it may have gone from there when its turn comes.
    let body: String

    /// What all jobs of a webhook begin with.
    static func prefix(of hook: String) -> String { "webhook|\(hook)|" }

    /// One for each webhook and event. With the type, which is all that can be told of it when it is done.
    static func key(_ hook: String, _ event: Event) -> String { prefix(of: hook) + "\(event.id)|\(event.type)" }

    /// The parts of a key.
    static func parts(of key: String) -> (hook: String, event: String, type: String)? {
        let parts = key.split(separator: "|").map(String.init)
        return parts.count == 4 ? (parts[1], parts[2], parts[3]) : nil
    }
}

/// What a test of a webhook says; in no log.
struct WebhookTested: EventPayload {
    static let type = "webhooks.tested.v1"
    /// The webhook's id.
    let hook: String
}
