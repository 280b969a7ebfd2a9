import EventBus
import EventKit
import Foundation
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// What an administrator sees of work that was given up or stands still.
@Suite struct WorkPagesTests {
    private struct Ready: Decodable {
        let status: String
        let warnings: [String]
    }

    private func run(_ engine: Engine = .sqlite, _ body: (HostHarness, Browser, [Job]) async throws -> Void)
        async throws
    {
        try await HostHarness.with(engine, modules: [Alpha.self]) { host in
            let jobs = host.base.jobs
            try await host.base.database.write { tx in
                for key in ["a", "b", "c"] {
                    try jobs.enqueue(
                        "notifications", key: key, payload: #"{"about":"kari"}"#, required: key == "c", in: tx)
                }
            }
            for job in try await jobs.take("notifications", max: 3, worker: "w") {
                let claim = JobClaim(job: job.id, token: job.token ?? "")
                try await jobs.fail(claim, reason: "smtp-550 <b>", retry: false, queues: ["notifications"])
            }
            try await body(host, try await host.browser("anders"), try await jobs.parked())
        }
    }

    @Test(arguments: ["nb", "nn", "en"])
    func `each parked job with queue, reason and attempts, but not what it is about`(_ language: String) async throws {
        try await run { host, anders, parked in
            let page = try await anders.get("/admin/work", headers: [.acceptLanguage: language]).text
            for job in parked {
                #expect(page.contains("name=\"job\" value=\"\(job.id)\""))
                #expect(page.contains("/admin/work/drop?job=\(job.id)"))
            }
            #expect(page.contains("smtp-550 &lt;b&gt;") && !page.contains("kari"))
            #expect(try await anders.get("/admin/events").text.contains("<a href=\"/admin/work\">3</a>"))
        }
    }

    @Test(arguments: Engine.all)
    func `one is retried, one is dropped after a question, then all that are left`(engine: Engine) async throws {
        try await run(engine) { host, anders, parked in
            let jobs = host.base.jobs
            try await anders.get("/admin/work")
            let retried = try await anders.post("/admin/work", ["job": "\(parked[0].id)", "act": "retry"])
            #expect(retried.location == "/admin/work?done=retried")
            #expect(try await jobs.find(key: "a")?.state == .waiting)

            let question = try await anders.get("/admin/work/drop?job=\(parked[1].id)")
            #expect(question.status == .ok && question.text.contains("kan ikke angres"))
            #expect(try await jobs.find(key: "b")?.state == .parked)
            let dropped = try await anders.post("/admin/work", ["job": "\(parked[1].id)", "act": "drop"])
            #expect(dropped.location == "/admin/work?done=dropped")
            #expect(try await jobs.find(key: "b")?.reason == "dropped by anders")

            let all = try await anders.get("/admin/work/drop?queue=notifications")
            #expect(all.text.contains("1 oppdrag i køen «notifications»"))
            let through = try #require(all.value(ofHidden: "through"))
            try await anders.post("/admin/work", ["queue": "notifications", "through": through, "act": "drop"])
            #expect(try await jobs.find(key: "c")?.state == .dropped)
            #expect(try await anders.get("/admin/work").text.contains("Ingenting er satt til side."))
        }
    }

    @Test func `a job that somebody else decided on is said to be gone, and a broken form changes nothing`()
        async throws
    {
        try await run { host, anders, parked in
            let jobs = host.base.jobs
            try await anders.get("/admin/work")
            let id = "\(parked[0].id)"
            let forged = try await anders.post("/admin/work", ["job": id, "act": "drop"], token: .other("x"))
            #expect(forged.status == .unprocessableContent)
            let odd = try await anders.post("/admin/work", ["job": id, "act": "explode"])
            #expect(odd.status == .badRequest)
            #expect(try await jobs.find(key: "a")?.state == .parked)
            try await jobs.retry(.one(parked[0].id))
            let late = try await anders.post("/admin/work", ["job": id, "act": "drop"])
            #expect(late.status == .unprocessableContent && late.text.contains("ikke lenger satt til side"))
            #expect(try await anders.get("/admin/work/drop?job=\(id)").status == .notFound)
            #expect(try await anders.get("/admin/work/drop?queue=nonsense").status == .notFound)
        }
    }

    @Test(arguments: ["/admin/work", "/admin/work/drop?job=1"])
    func `nobody else sees them`(_ path: String) async throws {
        try await run { host, _, _ in
            for person in ["kari", "ingrid", "dagny", "sissel"] {
                #expect(try await host.browser(person).get(path).status == .forbidden, "\(person)")
            }
            let kari = try await host.browser("kari")
            #expect(try await kari.post("/admin/work", ["job": "1", "act": "drop"]).status == .forbidden)
        }
    }

    @Test func `a queue that stands still is on the page and in the readiness answer`() async throws {
        try await HostHarness.with(modules: [Alpha.self], environment: ["TRIVSEL_WORK_STALL_SECONDS": "60"]) { host in
            let anders = try await host.browser("anders")
            #expect(!(try await anders.get("/admin/events").text.contains("told late")))
            let jobs = host.base.jobs
            let before = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000) - 7_300_000)
            try await host.base.database.write { tx in
                try jobs.enqueue("notifications", key: "a", payload: "{}", required: false, notBefore: before, in: tx)
            }
            let page = try await anders.get("/admin/events").text
            #expect(page.contains("told late") && page.contains("har ventet i 2 timer"))
            try await eventually("the readiness answer warns") {
                let ready = try await host.stranger().get("/health/ready")
                let body = try ready.json(Ready.self)
                #expect(ready.status == .ok && body.status == "ready")
                return body.warnings.first?.hasPrefix("queue notifications: its oldest work has waited for 7") ?? false
            }
            #expect(try await jobs.take("notifications", max: 1, worker: "w").count == 1)
            try await eventually("the warning goes") {
                try await host.stranger().get("/health/ready").json(Ready.self).warnings.isEmpty
            }
        }
    }
}
