import EventBus
import EventKit
public import ModuleKit
import Storage
import Vault

/// Turns a module's events into mails to be sent: one job for each (event, channel, recipient, template), so a replay
/// adds none.
public struct NoticeReader: Sendable {
    static let queue = "notifications"
    let module: any FeatureModule
    let jobs: JobStore
    /// What stands for a recipient in a job's key, which stays when the mail has gone and nobody may know whose it was.
    let lookups: LookupKey

    /// Kept apart for each module: one that is switched off for a while goes on where it was.
    var name: String { Self.name(type(of: module)) }

    private static func name(_ type: any FeatureModule.Type) -> String { "notices.\(type.manifest.id)" }

    /// Nobody is told of what the log holds so far.
    public static func skipHistory(of type: any FeatureModule.Type, in base: Foundations) async throws {
        try await LogReader.skipHistory(name: name(type), log: base.log, database: base.database)
    }

    /// The same for notices that a module sends by itself.
    static func post(of module: String, jobs: JobStore) -> NoticePost {
        NoticePost { notice, key, tx in
            let job = NoticeJob(module: module, notice: notice)
            try jobs.enqueue(
                queue, key: "\(module)|mail|\(key)", payload: job.json.text, required: notice.required, in: tx)
            tx.afterCommit { jobs.wake() }
        }
    }

    func handle(_ logged: LoggedEvent, in tx: Transaction) throws {
        for notice in try module.notices(of: logged, in: tx) {
            let recipient = lookups.token(notice.recipient, for: "notices")
            let key = "\(logged.event.id)|mail|\(recipient)|\(notice.template)"
            let job = NoticeJob(module: type(of: module).manifest.id, notice: notice)
            try jobs.enqueue(Self.queue, key: key, payload: job.json.text, required: notice.required, in: tx)
        }
    }
}

extension NoticeReader {
    /// A mail that went out: what it said is gone.
    struct Sent: Sendable, Hashable {
        let template: String
        let at: Timestamp
    }

    /// The mails that went to the recipient with this token, the latest first. Those held back would tell of what one must not know.
    static func sent(to token: String, in reader: Reader) throws -> [Sent] {
        try reader.query(
            """
            SELECT key, changed_at FROM bus_job
            WHERE queue = \(queue) AND state = 'done' AND key LIKE \("%|mail|\(token)|%") ORDER BY id DESC LIMIT 5000
            """
        ) { Sent(template: $0.text(0).split(separator: "|").last.map(String.init) ?? "", at: $0.time(1)) }
    }
}

extension FeatureModule {
    /// What kind of message a template is: the subject of its mails without the case's number; nil for another module's.
    func kind(ofMail template: String, _ language: Language) -> String? {
        let blank = Notice(
            to: "", template: template, path: "", facts: ["number": "", "date": "2000-01-01"], required: false)
        return mail(for: blank, language: language)?.subject.replacing(" ()", with: "")
    }
}

/// A notice as it waits in the queue.
struct NoticeJob: Codable, Sendable {
    let module: String
    let notice: Notice

    /// What `Decodable` reads; written by hand, since the writer of all cases waits for it.
    var json: JSON {
        let facts = notice.facts.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" as JSON }
        let list = facts.dropFirst().reduce(facts.first ?? "") { "\($0),\($1)" }
        return #"""
            {"module":\#(module),"notice":{"recipient":\#(notice.recipient),"template":\#(notice.template),"path":\#(notice.path),\#
            "facts":{\#(list)},"required":\#(notice.required)}}
            """#
    }
}
