import EventBus
import Foundation
import Host
import Logging
import Storage
import Testing
import TrivselTesting

/// A mail as a worker gets it.
struct WaitingMail: Decodable {
    struct Link: Decodable { let url: String }
    let to, language, subject: String
    let paragraphs: [String]
    let link: Link
}

extension HostHarness {
    /// The mails a worker gets when it takes all there is, over the real desk.
    func takenMails(waitingFor count: Int) async throws -> [WaitingMail] {
        try await eventually("\(count) mails wait") { try await mailJobs().count >= count }
        let path = KeyFiles(dataDirectory: base.settings.dataDirectory).notifications
        let worker = try WorkerClient(
            try KeyFile.read(path), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        var mails: [WaitingMail] = []
        var isOver = false
        while !isOver {
            // With time to answer: a take that has to be asked again has lost what it took.
            let jobs = try await worker.take("notifications", max: 32, wait: .seconds(5))
            for job in jobs {
                mails.append(try JSONDecoder().decode(WaitingMail.self, from: Data(job.payload.utf8)))
                try await worker.done(job)
            }
            isOver = try await mailJobs().allSatisfy { $0.state != "waiting" }
        }
        await worker.close()
        return mails
    }

    /// What there is of mails to send, in the order in which they came.
    func mailJobs() async throws -> [(state: String, payload: String, reason: String?)] {
        try await base.database.read {
            try $0.query("SELECT state, payload, reason FROM bus_job ORDER BY id") {
                (state: $0.text(0), payload: $0.text(1), reason: $0.textOrNil(2))
            }
        }
    }
}
