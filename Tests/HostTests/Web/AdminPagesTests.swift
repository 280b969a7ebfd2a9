import EventBus
import Foundation
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// What an administrator sees.
@Suite struct AdminPagesTests {
    private func run(_ body: (HostHarness, Browser) async throws -> Void) async throws {
        try await HostHarness.with(modules: [Alpha.self, Deviations.self], enabled: ["deviations"]) { host in
            try await body(host, try await host.browser("anders"))
        }
    }

    @Test func `each module with its state, topics and tables`() async throws {
        try await run { _, anders in
            let page = try await anders.get("/admin/modules").text
            let rows = page.split(separator: "<tr>").map(String.init)
            let alpha = try #require(rows.first { $0.contains("Leke alpha") })
            let deviations = try #require(rows.first { $0.contains("<b>Avvik</b>") })
            #expect(alpha.contains(">av</span>") && alpha.contains("alpha.rang.v1") && alpha.contains("alpha_heard"))
            #expect(
                deviations.contains(">på</span>") && deviations.contains("deviations.received.v1")
                    && deviations.contains("deviations_case"))
        }
    }

    @Test func `the log, the queue and the keys, but no secret`() async throws {
        try await run { host, anders in
            _ = try await host.report()
            try await eventually("a notice waits") {
                try await host.base.jobs.counts().contains { $0.queue == "notifications" }
            }
            let page = try await anders.get("/admin/events").text
            #expect(page.contains("notifications"))
            let key = try KeyFile.read(KeyFiles(dataDirectory: host.base.settings.dataDirectory).notifications)
            #expect(page.contains(key.publicKey.escaped) && !page.contains(key.secretKey.escaped))
        }
    }

    @Test func `how far each durable reader is behind, and that nobody reads`() async throws {
        try await run { host, anders in
            #expect(!(try await anders.get("/admin/events").text.contains("Faste lesere")))
            _ = try await host.report()
            try await host.base.database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO bus_durable (name, topics, epoch, fence, created_at)
                    VALUES ('totals', 'deviations.*', 'e', 0, 0)
                    """)
                try tx.execute("INSERT INTO bus_partition (reader, \"partition\", position) VALUES ('totals', 0, 0)")
            }
            let head = try await host.base.log.bounds().head
            let page = try await anders.get("/admin/events").text
            #expect(page.contains("<td>totals<td>deviations.*<td>\(head)<td>0"))
            #expect(page.contains("ingen leser"))
        }
    }

    @Test func `mails that were written as files, and no other file`() async throws {
        try await run { host, anders in
            let data = host.base.settings.dataDirectory
            try FileManager.default.createDirectory(atPath: "\(data)/mail", withIntermediateDirectories: true)
            try Data("To: kari\n\n<b>Hei</b>".utf8).write(to: URL(filePath: "\(data)/mail/2026-1.eml"))
            try Data("secret".utf8).write(to: URL(filePath: "\(data)/secret.eml"))
            #expect(try await anders.get("/admin/mail").text.contains("href=\"/admin/mail/2026-1.eml\""))
            #expect(try await anders.get("/admin/mail/2026-1.eml").text.contains("&lt;b&gt;Hei&lt;/b&gt;"))
            for name in [
                "..%2Fsecret.eml", "%2e%2e%2fsecret.eml", "..", "2026-2.eml", "..%2Fkeys%2Fserver.key", "%00.eml",
            ] {
                #expect(try await anders.get("/admin/mail/\(name)").status == .notFound, "\(name)")
            }
        }
    }

    @Test func `an administrator or editor of one faculty has nothing of the whole institution's`() async throws {
        try await run { host, _ in
            for role in [Role.administrator, .educationQuality] {
                try await host.grant(role, to: "berit", at: "ie")
                let berit = try await host.browser("berit")
                for path in [
                    "/admin", "/admin/modules", "/admin/events", "/admin/work", "/admin/mail", "/admin/deputies",
                    "/admin/help", "/admin/webhooks", "/privacy-requests", "/deviations/categories",
                    "/deviations/guideline/versions",
                ] {
                    #expect(try await berit.get(path).status == .forbidden, "\(role) \(path)")
                }
                let front = try await berit.get("/").text
                #expect(!front.contains("/admin/") && !front.contains("/deviations/categories"), "\(role)")
            }
        }
    }

    @Test(arguments: ["/admin/modules", "/admin/events", "/admin/mail", "/admin/mail/a.eml"])
    func `nobody else sees them`(_ path: String) async throws {
        try await run { host, _ in
            for person in ["kari", "ingrid", "dagny", "sissel"] {
                #expect(try await host.browser(person).get(path).status == .forbidden, "\(person)")
            }
            let answer = try await host.visitor().get(path)
            #expect(answer.location == "/sign-in?back=\(path)")
        }
    }
}

extension String {
    /// As it stands in a page.
    fileprivate var escaped: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing(
            "\"", with: "&quot;"
        )
        .replacing("'", with: "&#39;")
    }
}
