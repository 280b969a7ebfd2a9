import EventBus
import Foundation
import Logging
import Testing
import TrivselTesting

@testable import Workers

/// A worker between a real desk and a real mail server.
@Suite(.timeLimit(.minutes(5))) struct NotificationsWorkerTests {
    @Test func `a job becomes a mail, and is done`() async throws {
        try await TestDesk.with { desk in
            let server = try await SMTPServer(.plain)
            let log = RecordedLog()
            try await desk.serving {
                try await desk.working(server.settings, log: log) {
                    try await desk.add(.sample())
                    _ = try #require(await log.next("mail sent"))
                }
            }
            #expect(try await server.mail().subject == "Meldingen din er mottatt")
            let job = try #require(try await desk.jobs.find(key: "1"))
            #expect(job.state == .done)
            #expect(job.messageID == "<d-1@trivsel.example.org>")
        }
    }

    @Test(arguments: [
        ("temporary@example.org", "mail postponed", Job.State.waiting, "smtp-451"),
        ("permanent@example.org", "mail refused", .parked, "smtp-550"),
        ("no address\r\nBcc: x@example.org", "mail refused", .parked, "mail-address"),
    ])
    func `a mail that is refused is reported with a code and nothing personal`(
        to: String, message: String, state: Job.State, reason: String
    ) async throws {
        try await TestDesk.with { desk in
            let server = try await SMTPServer(.plain)
            let log = RecordedLog()
            try await desk.serving {
                try await desk.working(server.settings, log: log) {
                    try await desk.add(.sample(to: to))
                    _ = try #require(await log.next(message))
                }
            }
            let job = try #require(try await desk.jobs.find(key: "1"))
            #expect(job.state == state)
            #expect(job.reason == reason)
            #expect(log.lines.allSatisfy { !"\($0)".contains("example.org") && !"\($0)".contains("Meldingen") })
        }
    }

    @Test func `a job that is no mail is parked`() async throws {
        try await TestDesk.with { desk in
            let folder = try ScratchFolder()
            let log = RecordedLog()
            let settings = try MailSettings(from: "t@example.org", smtpURL: nil, folder: folder.path)
            try await desk.serving {
                try await desk.working(settings, log: log) {
                    try await desk.add(payload: #"{"to":"a@example.org"}"#)
                    _ = try #require(await log.next("mail refused"))
                }
            }
            #expect(try await desk.jobs.find(key: "1")?.reason == "mail-malformed")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test func `a mail server that is down is tried again later`() async throws {
        try await TestDesk.with { desk in
            let first = try await SMTPServer(.plain)
            let log = RecordedLog()
            await first.stop()
            try await desk.serving {
                try await desk.working(first.settings, log: log) {
                    try await desk.add(.sample())
                    #expect(await log.next("mail postponed")?.metadata["reason"] == "smtp-connect")
                    let second = try await SMTPServer(.plain, port: first.port)
                    desk.pass(seconds: 11)
                    #expect(await log.next("mail sent")?.metadata["attempt"] == "2")
                    #expect(try await second.mail().to == ["kari@example.org"])
                }
            }
        }
    }

    @Test func `a required mail whose fate is unknown is sent again under its Message-ID`() async throws {
        try await TestDesk.with { desk in
            let server = try await SMTPServer(.plain)
            let log = RecordedLog()
            try await desk.serving {
                try await desk.working(server.settings, log: log) {
                    try await desk.add(.sample(to: "silent@example.org"), required: true)
                    _ = try #require(await log.next("mail ambiguous"))
                    desk.pass(seconds: JobStore.leaseSeconds + 1)
                    _ = try #require(await log.next("mail ambiguous"))
                }
            }
            let ids = [try await server.mail().header("Message-ID"), try await server.mail().header("Message-ID")]
            #expect(ids == ["<d-1@trivsel.example.org>", "<d-1@trivsel.example.org>"])
        }
    }

    @Test func `another mail whose fate is unknown is parked`() async throws {
        try await TestDesk.with { desk in
            let server = try await SMTPServer(.plain)
            let log = RecordedLog()
            try await desk.serving {
                try await desk.working(server.settings, log: log) {
                    try await desk.add(.sample(to: "silent@example.org"), key: "1", required: false)
                    _ = try #require(await log.next("mail ambiguous"))
                    desk.pass(seconds: JobStore.leaseSeconds + 1)
                    try await desk.add(.sample(), key: "2")
                    _ = try #require(await log.next("mail sent"))
                }
            }
            let job = try #require(try await desk.jobs.find(key: "1"))
            #expect(job.state == .parked)
            #expect(job.reason == "ambiguous")
        }
    }

    @Test func `a graceful stop finishes the mail in hand and takes no other`() async throws {
        try await TestDesk.with { desk in
            let server = try await SMTPServer(.plain)
            let log = RecordedLog()
            try await desk.serving {
                try await desk.add(.sample(to: "slow@example.org"), key: "1")
                try await desk.add(.sample(), key: "2")
                try await withThrowingTaskGroup { group in
                    group.addTask {
                        // Stops the worker as soon as the server holds the mail.
                        try await desk.working(server.settings, log: log) { try await server.held() }
                    }
                    _ = await log.next("notifications worker stops")
                    try server.release()
                    try await group.waitForAll()
                }
            }
            #expect(try await server.mail().to == ["slow@example.org"])
            #expect(try await desk.jobs.find(key: "1")?.state == .done)
            #expect(try await desk.jobs.find(key: "2")?.attempts == 0)
        }
    }

    @Test func `a mail that was sent while the host was away is reported when it is back`() async throws {
        try await TestDesk.with { desk in
            let server = try await SMTPServer(.plain)
            let log = RecordedLog()
            try await desk.working(server.settings, log: log) {
                try await desk.serving {
                    try await desk.add(.sample(to: "slow@example.org"), key: "1")
                    try await server.held()
                }
                try server.release()
                #expect(try await server.mail().to == ["slow@example.org"])
                try await desk.serving {
                    _ = try #require(await log.next("mail sent"))
                    try await desk.add(.sample(), key: "2")
                    _ = try #require(await log.next("mail sent"))
                }
            }
            #expect(try await desk.jobs.find(key: "1")?.state == .done)
            #expect(try await desk.jobs.find(key: "1")?.attempts == 1)
            #expect(try await server.mail().to == ["kari@example.org"])
        }
    }

    @Test func `the lease is renewed while a mail takes long`() async throws {
        try await TestDesk.with { desk in
            let server = try await SMTPServer(.plain)
            let log = RecordedLog()
            try await desk.serving {
                try await desk.working(server.settings, log: log) {
                    try await desk.add(.sample(to: "slow@example.org"))
                    try await server.held()
                    desk.pass(seconds: JobStore.leaseSeconds - 1)
                    // Within ten seconds of the worker's own clock.
                    try await eventually("the lease is renewed") {
                        try await desk.jobs.find(key: "1")?.changedAt == desk.clock.now
                    }
                    desk.pass(seconds: JobStore.leaseSeconds - 1)
                    #expect(try await desk.jobs.take(NotificationsWorker.queue, max: 1, worker: "other").isEmpty)
                    try server.release()
                    _ = try #require(await log.next("mail sent"))
                }
                #expect(try await desk.jobs.find(key: "1")?.state == .done)
            }
        }
    }

    @Test func `two workers share the mails, each sent once`() async throws {
        try await TestDesk.with { desk in
            let server = try await SMTPServer(.plain)
            var subjects: [String] = []
            try await desk.serving {
                for number in 1...20 {
                    let to = number <= 2 ? "slow@example.org" : "kari@example.org"
                    try await desk.add(.sample(to: to, subject: "Nummer \(number)"), key: "\(number)")
                }
                try await desk.working(server.settings, log: RecordedLog()) {
                    try await desk.working(server.settings, log: RecordedLog()) {
                        // Two mails in hand at once are two workers at work.
                        for _ in 1...2 { try await server.held() }
                        for _ in 1...2 { try server.release() }
                        for _ in 1...20 { subjects.append(try await server.mail().subject) }
                    }
                }
            }
            #expect(Set(subjects) == Set((1...20).map { "Nummer \($0)" }))
            #expect(try await desk.jobs.counts().isEmpty)
        }
    }

    @Test func `a key that does not cover the queue ends the worker with an error`() async throws {
        try await TestDesk.with { desk in
            var credentials = desk.credentials
            let pair = try await desk.keys.make("other", topics: [], work: ["others"])
            (credentials.name, credentials.publicKey, credentials.secretKey) = ("other", pair.publicKey, pair.secretKey)
            let server = try await SMTPServer(.plain)
            let worker = try NotificationsWorker(credentials, mail: server.settings, logger: RecordedLog().logger)
            try await desk.serving {
                let error = await #expect(throws: BusError.self) { try await worker.run() }
                #expect(error?.code == .denied)
            }
        }
    }
}
