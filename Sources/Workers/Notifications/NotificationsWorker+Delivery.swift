import EventBus
import EventKit
import Foundation
import Logging
import Metrics

/// One mail, from its job to its report.
extension NotificationsWorker {
    /// Sends the job's mail and tells the desk what became of it, which may answer with the next one.
    func deliver(_ job: TakenJob) async -> TakenJob? {
        let start = ContinuousClock.now
        defer { Timer(label: "trivsel_mail_seconds").record(duration: .now - start) }
        do {
            return try await send(job)
        } catch {
            // Another worker has the job by now, or this one is being cancelled: either way the desk settles it.
            note("unreported", job, level: .warning, reason: "\(error)")
            return nil
        }
    }

    private func send(_ job: TakenJob) async throws -> TakenJob? {
        do {
            let message = try compose(job)
            KillPoint.pass("worker.taken")
            try await loop.client.begin(job, messageID: message.messageID)
            KillPoint.pass("worker.begun")
            try await transport.send(message)
            KillPoint.pass("worker.sent")
        } catch let failure as MailFailure {
            try await report(failure, of: job)
            return nil
        }
        let next = try await loop.done(job)
        KillPoint.pass("worker.reported")
        note("sent", job, level: .info)
        return next
    }

    /// An attempt that may have succeeded leaves its Message-ID with the job; the mail keeps it.
    private func compose(_ job: TakenJob) throws(MailFailure) -> MailMessage {
        guard var mail = try? JSONDecoder().decode(Mail.self, from: Data(job.payload.utf8)) else {
            throw .permanent(reason: "mail-malformed")
        }
        mail.messageID = job.messageID ?? mail.messageID
        return try MailMessage(mail, from: sender, at: Date())
    }

    private func report(_ failure: MailFailure, of job: TakenJob) async throws {
        switch failure {
        case .temporary(let reason):
            try await loop.client.fail(job, reason: reason, retry: true)
            note("postponed", job, level: .warning, reason: reason)
        case .permanent(let reason):
            try await loop.client.fail(job, reason: reason, retry: false)
            note("refused", job, level: .error, reason: reason)
        case .ambiguous(let reason):
            // Nothing is reported: a lease that runs out in `sending` is what the desk knows how to settle.
            note("ambiguous", job, level: .error, reason: reason)
        }
    }

    /// Counts and logs an outcome; neither holds an address or a word of the mail.
    private func note(_ outcome: String, _ job: TakenJob, level: Logger.Level, reason: String? = nil) {
        Counter(label: "trivsel_mails_total", dimensions: [("outcome", outcome)]).increment()
        var metadata: Logger.Metadata = ["job": "\(job.job)", "attempt": "\(job.attempt)"]
        if let reason { metadata["reason"] = "\(reason)" }
        logger.log(level: level, "mail \(outcome)", metadata: metadata)
    }
}
