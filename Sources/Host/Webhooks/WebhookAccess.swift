import EventKit
import Foundation
import Hummingbird
import ModuleKit
import WebhookKit

/// Who may see to webhooks: they carry the events of the whole institution, so it takes a role there.
enum WebhookAccess {
    static let right: Right = "host.manage-webhooks"

    /// - Throws: `Problem` 401 or 403.
    static func visitor(_ context: AppContext) throws -> (visit: Visit, viewer: Viewer) {
        try context.visitor(with: right)
    }
}

/// What was typed or sent about a webhook, and what is wrong with it.
struct WebhookInput: Sendable {
    var label: String
    var address: String
    var topics: [String]

    private static let maxTopics = 50
    private static let queue = DispatchQueue(label: "trivsel.webhook-names")

    init(label: String, address: String, topics: [String]) {
        (self.label, self.address, self.topics) = (label.trimmed, address.trimmed, topics)
    }

    init(_ form: FormData) {
        self.init(
            label: form["label"], address: form["address"],
            topics: form["topics"].split { $0.isWhitespace || $0 == "," }.map(String.init))
    }

    /// Looks the address up as a worker will each time, so that a mistake shows at once.
    ///
    /// - Returns: what can be stored; nil with what is wrong.
    func checked(_ policy: AddressPolicy, _ language: Language) async -> (draft: WebhookDraft?, errors: [FieldError]) {
        let text = WebhookTexts[language]
        var errors: [FieldError] = []
        if !(1...100).contains(label.unicodeScalars.count) || label.unicodeScalars.contains(where: { $0.value < 32 }) {
            errors.append(FieldError("label", text.badLabel))
        }
        if let fault = await fault(policy) {
            errors.append(FieldError("address", text.faults[fault] ?? fault.rawValue))
        }
        let patterns = topics.compactMap { TopicPattern($0) }
        if patterns.isEmpty || patterns.count != topics.count || patterns.count > Self.maxTopics {
            errors.append(FieldError("topics", text.badTopics))
        }
        return errors.isEmpty ? (WebhookDraft(label: label, address: address, topics: patterns), []) : (nil, errors)
    }

    private func fault(_ policy: AddressPolicy) async -> ReceiverAddress.Fault? {
        let written = address
        return await withCheckedContinuation { continuation in
            // The resolver blocks.
            Self.queue.async {
                do throws(ReceiverAddress.Fault) {
                    _ = try ReceiverAddress(written, policy).numbers(policy)
                    continuation.resume(returning: nil)
                } catch { continuation.resume(returning: error) }
            }
        }
    }
}
