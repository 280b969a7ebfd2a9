import EventBus
import EventKit
import Foundation
import HTTPTypes
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault
import WebhookKit

@testable import Host

/// From the log to a worker's hands, and what follows from how it went.
@Suite(.timeLimit(.minutes(5))) struct WebhookEventTests {
    @Test(arguments: Engine.all)
    func `an event becomes one signed request for each webhook that wants it`(_ engine: Engine) async throws {
        try await Hooks.with(engine) { hooks in
            _ = try await hooks.host.report()
            let wants = try await hooks.add()
            let other = try await hooks.add("whistleblowing.*")
            try await hooks.report(1, for: wants)
            let taken = try await hooks.working { try await $0.take("webhooks", max: 32, wait: .zero) }
            #expect(taken.count == 1, "nothing from before, nothing for the other")
            let request = try #require(try taken.first?.request)
            let event = try #require(try await hooks.log().last)
            #expect(request.body == event.cloudEvent && request.id == event.event.id && event.position == 2)
            #expect(request.url == Hooks.address)
            #expect(request.timestamp == hooks.host.clock.now.milliseconds / 1000)
            let secret = try #require(wants.secret.flatMap { WebhookSecret($0) })
            #expect(
                request.signature == secret.signature(id: request.id, seconds: request.timestamp, body: request.body))
            #expect(try await hooks.jobs(other).isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `what a worker says is counted, and shown`(_ engine: Engine) async throws {
        try await Hooks.with(engine) { hooks in
            let hook = try await hooks.add()
            try await hooks.report(2, for: hook)
            try await hooks.working { worker in
                let first = try #require(try await worker.take("webhooks", max: 2).first)
                try await worker.fail(first, reason: "http-500", retry: true)
                #expect(try await hooks.shown(hook.id).failures == 1)
                let second = try #require(try await worker.take("webhooks", max: 2).first)
                try await worker.done(second, result: "http-204")
            }
            #expect(try await hooks.shown(hook.id).failures == 0)
            let sent = try await hooks.anders.get("/api/v1/webhooks/\(hook.id)/deliveries").text
            #expect(sent.contains(#""answer":"http-204""#) && sent.contains(#""answer":"http-500""#))
            let page = try await hooks.host.browser("anders").get("/admin/webhooks/\(hook.id)").text
            #expect(page.contains("http-204") && page.contains("http-500") && page.contains("deviations.received.v1"))
        }
    }

    @Test(arguments: Engine.all)
    func `a paused webhook gets nothing, and then everything in order`(_ engine: Engine) async throws {
        try await Hooks.with(engine) { hooks in
            let hook = try await hooks.add()
            try await hooks.report(2, for: hook)
            #expect(try await hooks.put(hook.id, Hooks.body(state: "paused")).status == .ok)
            try await hooks.report(2, for: hook)
            try await hooks.working { worker in
                #expect(try await worker.take("webhooks", max: 32, wait: .zero).isEmpty)
                #expect(try await hooks.host.base.jobs.oldestWaiting(in: ["webhooks"]) == ["webhooks": 0])
                #expect(try await hooks.put(hook.id, Hooks.body()).status == .ok)
                let taken = try await worker.doAll().map { try $0.request.id }
                let logged = try await hooks.log().map(\.event.id)
                #expect(taken == logged && taken.count == 4)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a job that slips through while its webhook is paused is given back and costs no attempt`(_ engine: Engine)
        async throws
    {
        try await Hooks.with(engine) { hooks in
            let hook = try await hooks.add()
            try await hooks.report(1, for: hook)
            try await hooks.execute("UPDATE webhooks_hook SET state = 'paused'")
            let taken = try await hooks.working { try await $0.take("webhooks", wait: .zero) }
            #expect(taken.isEmpty)
            let job = try #require(try await hooks.jobs(hook).first)
            #expect(job.state == .waiting && job.attempts == 0 && job.said == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `deleting a webhook drops what waits, and nothing of its secret is left`(_ engine: Engine) async throws {
        try await Hooks.with(engine) { hooks in
            let hook = try await hooks.add()
            try await hooks.report(2, for: hook)
            try await hooks.working { worker in
                let inHand = try #require(try await worker.take("webhooks").first)
                let stored = try await hooks.host.base.database.read { try WebhookTable.all(in: $0).first?.keyID }
                let key = try #require(stored)
                #expect(try await hooks.anders.delete("/api/v1/webhooks/\(hook.id)").status == .noContent)
                #expect(try await worker.take("webhooks", wait: .zero).isEmpty)
                await #expect(throws: BusError.self) { try await worker.fail(inHand, reason: "http-500", retry: true) }
                #expect(try await hooks.host.base.vault.key(key) == nil)
            }
            let states = try await hooks.host.base.database.read {
                try $0.query("SELECT state, payload FROM bus_job WHERE queue = 'webhooks'") { $0.text(0) + $0.text(1) }
            }
            #expect(states == ["dropped", "dropped"])
            #expect(try await hooks.anders.get("/api/v1/webhooks/\(hook.id)").status == .notFound)
            _ = try await hooks.host.report()
        }
    }

    @Test(arguments: Engine.all)
    func `a receiver that wants nothing more pauses its webhook, and administrators are told`(_ engine: Engine)
        async throws
    {
        try await Hooks.with(engine) { hooks in
            let hook = try await hooks.add()
            try await hooks.report(2, for: hook)
            try await hooks.working { worker in
                let job = try #require(try await worker.take("webhooks").first)
                try await worker.fail(job, reason: "http-410", retry: false)
                #expect(try await worker.take("webhooks", wait: .zero).isEmpty)
            }
            let shown = try await hooks.shown(hook.id)
            #expect(shown.state == "paused" && shown.pausedBecause == "gone")
            let host = hooks.host.base.services(for: WebhookAlarm.module, clock: hooks.host.clock.clock)
            let count = try await host.database.read { try WebhookTable.countPaused(in: $0) }
            try await WebhookAlarm.alarm.report(count, host)
            let mail = try await hooks.mail()
            let keys = try await host.database.read {
                try $0.query("SELECT key FROM bus_job WHERE key LIKE '%webhooks-paused%'") {
                    $0.text(0)
                }
            }
            #expect(keys.count == 1 && !keys[0].contains("anders"), "\(keys)")
            #expect(mail.contains("anders") && mail.contains("/admin/webhooks") && !mail.contains("127.0.0.1:9"))
        }
    }

    @Test(arguments: Engine.all)
    func `one that fails for an hour pauses by itself; one that fails a few times rests`(_ engine: Engine) async throws
    {
        try await Hooks.with(engine) { hooks in
            let hook = try await hooks.add()
            try await hooks.report(5, for: hook)
            try await hooks.working { worker in
                for _ in 0..<3 {
                    let job = try #require(try await worker.take("webhooks", max: 3).first)
                    try await worker.fail(job, reason: "webhook-connect", retry: true)
                }
                #expect(try await worker.take("webhooks", wait: .zero).isEmpty, "the others wait as long")
                #expect(try await hooks.shown(hook.id).state == "active")
                // As after an hour, ten seconds of which are over.
                try await hooks.execute(
                    "UPDATE webhooks_hook SET failures = 9, failing_since = failing_since - 3600000")
                try await hooks.execute("UPDATE bus_job SET not_before = 0 WHERE queue = 'webhooks'")
                let job = try #require(try await worker.take("webhooks").first)
                try await worker.fail(job, reason: "webhook-connect", retry: true)
                let shown = try await hooks.shown(hook.id)
                #expect(shown.state == "paused" && shown.pausedBecause == "failing" && shown.failures == 10)
                #expect(try await worker.take("webhooks", wait: .zero).isEmpty)
                try await hooks.put(hook.id, Hooks.body())
                #expect(try await worker.doAll().map(\.attempt) == [1, 1, 1, 1, 1])
                #expect(try await hooks.shown(hook.id).pausedBecause == nil)
            }
        }
    }

    @Test func `a secret that is asked for twice by mistake is renewed once, and told once`() async throws {
        try await Hooks.with { hooks in
            struct Renewed: Decodable { let secret: String?, oldSecretUntil: String }
            let hook = try await hooks.add()
            let path = "/api/v1/webhooks/\(hook.id)/secret"
            let headers: HTTPFields = [.init("Idempotency-Key")!: "one-key-of-mine"]
            let first = try await hooks.anders.post(path, "", headers: headers).json(Renewed.self)
            hooks.host.clock.advance(seconds: 60)
            let again = try await hooks.anders.post(path, "", headers: headers).json(Renewed.self)
            #expect(first.secret != nil && again.secret == nil && again.oldSecretUntil == first.oldSecretUntil)
            let secrets = [first.secret ?? "", hook.secret ?? ""].compactMap { WebhookSecret($0) }
            try #require(Set(secrets).count == 2)
            try await hooks.report(1, for: hook)
            try await hooks.working { worker in
                let request = try #require(try await worker.take("webhooks").first).request
                let expected = secrets.map {
                    $0.signature(id: request.id, seconds: request.timestamp, body: request.body)
                }
                #expect(request.signature == expected.joined(separator: " "))
            }
        }
    }

    @Test func `a new secret signs beside the old one for a day`() async throws {
        try await Hooks.with { hooks in
            struct Renewed: Decodable { let secret: String }
            let hook = try await hooks.add()
            let renewed = try await hooks.anders.post("/api/v1/webhooks/\(hook.id)/secret", "").json(Renewed.self)
            let secrets = [renewed.secret, hook.secret ?? ""].compactMap { WebhookSecret($0) }
            try #require(Set(secrets).count == 2)
            try await hooks.report(1, for: hook)
            try await hooks.working { worker in
                let job = try #require(try await worker.take("webhooks").first)
                let request = try job.request
                let expected = secrets.map {
                    $0.signature(id: request.id, seconds: request.timestamp, body: request.body)
                }
                #expect(request.signature == expected.joined(separator: " "))
                try await worker.fail(job, reason: "http-500", retry: true)
                hooks.host.clock.advance(seconds: 86_400)
                try await hooks.execute("UPDATE bus_job SET not_before = 0 WHERE queue = 'webhooks'")
                let later = try #require(try await worker.take("webhooks").first).request
                #expect(later.timestamp == request.timestamp + 86_400 && later.id == request.id)
                #expect(
                    later.signature == secrets[0].signature(id: later.id, seconds: later.timestamp, body: later.body))
            }
        }
    }
}

extension WorkerClient {
    /// Takes what there is of one webhook, one after the other, as the desk gives it.
    fileprivate func doAll() async throws -> [TakenJob] {
        var all: [TakenJob] = []
        while let job = try await take("webhooks", max: 32, wait: .zero).first {
            try await done(job)
            all.append(job)
        }
        return all
    }
}

extension Hooks {
    /// All events so far.
    fileprivate func log() async throws -> [LoggedEvent] {
        try await host.base.log.read(
            after: 0, matching: [TopicPattern("*")].compactMap(\.self), limit: 10, maxBytes: 1 << 20
        ).events
    }

    /// The mail that a notifications worker gets.
    fileprivate func mail() async throws -> String {
        let key = try KeyFile.read(KeyFiles(dataDirectory: host.base.settings.dataDirectory).notifications)
        let client = try WorkerClient(key, logger: host.base.logger)
        var all = ""
        while case let jobs = try await client.take("notifications", max: 32, wait: .zero), !jobs.isEmpty {
            for job in jobs {
                if job.key.contains("webhooks") { all += job.payload }
                try await client.done(job)
            }
        }
        await client.close()
        return all
    }
}
