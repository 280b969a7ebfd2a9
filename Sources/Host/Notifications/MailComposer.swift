import EventBus
import EventKit
import Foundation
import ModuleKit
import Storage

/// Writes the mail of a waiting notice when a worker takes it: address and language as they are at that moment.
struct MailComposer: Sendable {
    let database: Database
    let site: Site

    /// What the worker needs to send it, as JSON; nil when there is nobody to send to or nothing to say any more.
    ///
    /// - Throws: `ModuleIsOff`, so that the job is tried again when the module is back.
    func compose(_ job: Job) async throws -> String? {
        let waiting = try JSONDecoder().decode(NoticeJob.self, from: Data(job.payload.utf8))
        guard let module = site.modules.first(where: { type(of: $0).manifest.id == waiting.module }) else {
            throw ModuleIsOff()
        }
        let recipient = try await database.read { try Directory.person(waiting.notice.recipient, in: $0) }
        guard let recipient, let mail = module.mail(for: waiting.notice, language: recipient.language) else {
            return nil
        }
        return json(mail, to: recipient, path: waiting.notice.path, messageID: messageID(of: job.key))
    }

    /// The same for every attempt at the same notice, so that a mail sent twice is known as one.
    private func messageID(of key: String) -> String {
        "<\(Secret.hash(key).prefix(32))@\(site.institution.lowercased()).trivsel>"
    }

    private func json(_ mail: MailText, to recipient: Person, path: String, messageID: String) -> String {
        let footer = HostTexts[recipient.language].mailFooter
        let json: JSON = #"""
            {"to":\#(recipient.email),"language":\#(recipient.language.rawValue),"subject":\#(mail.subject),\#
            "paragraphs":\#(mail.paragraphs),"link":{"url":\#(site.publicURL + path),"label":\#(mail.linkLabel)},\#
            "footer":\#(footer),"messageID":\#(messageID)}
            """#
        return json.text
    }
}

struct ModuleIsOff: Error, CustomStringConvertible {
    let description = "module is off"
}
