import EventBus
import EventKit
import Foundation
import ModuleKit
import Storage

/// Writes the mail of a waiting notice when a worker takes it: address and language as they are at that moment.
struct MailComposer: Sendable {
    let database: Database
    let site: Site
    let publicURL: String

    /// What the worker needs to send it, as JSON; nil when there is nobody to send to or nothing to say any more.
    func compose(_ payload: String, messageID: String) async throws -> String? {
        let job = try JSONDecoder().decode(NoticeJob.self, from: Data(payload.utf8))
        let recipient = try await database.read { try Directory.person(job.notice.recipient, in: $0) }
        guard let recipient, let module = site.modules.first(where: { type(of: $0).manifest.id == job.module }),
            let mail = module.mail(for: job.notice, language: recipient.language)
        else { return nil }
        let footer = HostTexts[recipient.language].mailFooter
        let json: JSON = #"""
            {"to":\#(recipient.email),"language":\#(recipient.language.rawValue),"subject":\#(mail.subject),\#
            "paragraphs":\#(mail.paragraphs),"link":{"url":\#(publicURL + job.notice.path),"label":\#(mail.linkLabel)},\#
            "footer":\#(footer),"messageID":\#(messageID)}
            """#
        return json.text
    }
}
