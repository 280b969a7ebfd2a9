import EventBus
import EventKit
import Foundation
import ModuleKit
import Storage

/// Writes the mail of a waiting notice when a worker takes it: address and language as they are at that moment.
struct MailComposer: Sendable {
    let database: Database
    let site: Site
    let directory: Directory
    let clock: Clock

    /// What the worker needs to send it, as JSON; nil when there is nobody to send to, nothing to say any more, or the recipient may not be
    /// told any more.
    ///
    /// Somebody who is kept from the case after this, while the worker hands the mail over, may still get it: what has been sent cannot
    /// be called back.
    ///
    /// - Throws: `JobIsHeld` while the module is off, however long that is: its mails wait for it.
    func compose(_ job: Job) async throws -> String? {
        let waiting = try JSONDecoder().decode(NoticeJob.self, from: Data(job.payload.utf8))
        if waiting.module == WebhookAlarm.module { return try await alarm(waiting.notice, job) }
        guard let module = site.modules.first(where: { type(of: $0).manifest.id == waiting.module }) else {
            throw JobIsHeld()
        }
        let now = clock.now
        let recipient = try await directory.read { reader, chart -> Person? in
            guard let person = try Directory.person(waiting.notice.recipient, in: reader) else { return nil }
            let viewer = Viewer(person: person, grants: chart.grants(of: person.id, at: now))
            let mayBeTold = try module.mayBeTold(viewer, of: waiting.notice, site.access(chart), in: reader)
            return mayBeTold ? person : nil
        }
        guard let recipient, let mail = module.mail(for: waiting.notice, language: recipient.language) else {
            return nil
        }
        return json(mail, to: recipient, path: waiting.notice.path, messageID: messageID(of: job.key))
    }

    /// What the host itself tells an administrator.
    private func alarm(_ notice: Notice, _ job: Job) async throws -> String? {
        let recipient = try await database.read { try Directory.person(notice.recipient, in: $0) }
        return recipient.map {
            json(WebhookAlarm.mail($0.language), to: $0, path: notice.path, messageID: messageID(of: job.key))
        }
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
