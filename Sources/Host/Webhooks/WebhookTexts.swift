import EventBus
import ModuleKit
import WebhookKit

/// The words of the pages on webhooks. One file a language: WebhookTexts+nb.swift and its sisters.
struct WebhookTexts: TextSet {
    let title, lead, none, add, new, create, change, save: String
    let label, labelHint, address, addressHint, topics, topicsHint, state: String
    let active, paused, pause, resume, test, notWhilePaused: String
    let causes: [Webhook.Cause: String]
    /// How many attempts in a row.
    let failing: @Sendable (Int) -> String
    let secretLead, secretHint, goOn, newSecret, newSecretHint, delete, deleteHint, deleted: String
    /// By what was done.
    let told: [String: String]
    let last, nothingSent, event, answer, attempts, when: String
    let jobStates: [Job.State: String]
    let badLabel, badTopics, badState: String
    let faults: [ReceiverAddress.Fault: String]
    let alarmSubject, alarmText, alarmLink: String
}
