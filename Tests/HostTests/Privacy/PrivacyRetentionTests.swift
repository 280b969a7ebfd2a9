import HTTPTypes
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import Host

/// What was asked and answered is kept for its time and no longer.
@Suite(.timeLimit(.minutes(5))) struct PrivacyRetentionTests {
    private func look(_ host: HostHarness) async throws {
        try await PrivacyRetention(
            database: host.base.database, vault: host.base.vault, clock: host.clock.clock,
            months: host.base.settings.privacyMonths, logger: host.base.logger
        ).look()
    }

    private func pass(_ months: Int, _ days: Int64, _ host: HostHarness) {
        host.clock.advance(seconds: (Int64(months) * 365 / 12 + days) * 86_400)
    }

    @Test(arguments: Engine.all)
    func `a decided request goes with its answer, its extracts, its log and its key, and an open one stays`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.caseAboutDagny()
            let unni = try await host.answering()
            let (old, open) = (try await unni.register(), try await unni.register("erasure"))
            _ = try await unni.add(id, to: old)
            _ = try await unni.extract(id, of: old)
            #expect(try await unni.decide(old).status == .ok)
            _ = try await host.api("dagny").get("/api/v1/me/data")
            let page = try await host.browser("dagny").get("/me/data/requests/\(old)").text
            #expect(page.contains("slettes etter tirsdag 27. november 2029"))
            let key = try await host.base.database.read {
                try $0.first("SELECT key_id FROM privacy_request WHERE id = \(old)") { $0.bytes(0) }
            }
            pass(36, -3, host)
            try await look(host)
            #expect(try await host.rows("privacy_request") == 2)
            #expect(try await host.rows("privacy_case") == 1)
            pass(0, 6, host)
            try await look(host)
            #expect(try await host.rows("privacy_request") == 1)
            #expect(try await host.rows("privacy_case") == 0)
            let left = try await host.base.database.read {
                try $0.query("SELECT request, act FROM privacy_act ORDER BY id") {
                    "\($0.textOrNil(0) ?? "-") \($0.text(1))"
                }
            }
            #expect(left == ["\(open) requested"])
            let destroyed = try await host.base.database.read {
                try $0.first("SELECT COUNT(*) FROM vault_destroy WHERE key_id = \(key)") { $0.int(0) }
            }
            #expect(destroyed == 1)
            #expect(try await host.answering().client.get(unni.path(old)).status == .notFound)
            #expect(try await host.browser("dagny").get("/me/data/requests/\(old)").status == .notFound)
            #expect(try await host.answering().read(open).state == "open")
        }
    }

    @Test func `more than are deleted at once go in one round, and the months are a setting`() async throws {
        try await HostHarness.with(
            modules: [Deviations.self], environment: ["TRIVSEL_PRIVACY_KEPT_MONTHS": "1"]
        ) { host in
            let unni = try await host.answering()
            let request = try await unni.register()
            #expect(try await unni.decide(request, "refused", ground: "others").status == .ok)
            try await host.base.database.write { tx in
                for number in 0..<250 {
                    try tx.execute(
                        """
                        INSERT INTO privacy_request (id, version, kind, person, received_on, due_on, state, decided_on, key_id, sealed)
                        SELECT \("r\(number)"), version, kind, person, received_on, due_on, state, decided_on, key_id, sealed
                        FROM privacy_request WHERE id = \(request)
                        """)
                    try PrivacyStore.log(
                        .exported, by: "dagny", concerning: "dagny", at: host.clock.now, in: tx)
                }
            }
            pass(1, 3, host)
            try await look(host)
            #expect(try await host.rows("privacy_request") == 0)
            #expect(try await host.rows("privacy_act") == 0)
        }
    }

    @Test func `everybody reads for how long, in each language, and why`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            for (language, words) in [
                ("nb", "36 måneder etter at kravet er avgjort"), ("nn", "36 månader etter at kravet er avgjort"),
                ("en", "36 months after the request is decided"),
            ] {
                let page = try await host.visitor(language: language).get("/privacy").text
                #expect(page.contains(words) && page.contains("§ 9") && page.contains("82"), "\(language)")
            }
        }
    }

    @Test func `no list and no round reads a whole table`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let queries: [SQL] = [
                "SELECT id FROM privacy_request WHERE state = 'open' AND (due_on, id) > ('2026-12-01', 'a') ORDER BY due_on, id LIMIT 50",
                "SELECT id FROM privacy_request WHERE decided_on IS NOT NULL AND (decided_on, id) < ('2026-12-01', 'a') ORDER BY decided_on DESC, id DESC LIMIT 50",
                "SELECT id FROM privacy_request WHERE decided_on < '2026-12-01' ORDER BY decided_on, id LIMIT 100",
                "SELECT id FROM privacy_act WHERE request IS NULL AND at < 5 ORDER BY at LIMIT 100",
                "SELECT request FROM privacy_case WHERE module = 'deviations' AND object = 'a'",
                "SELECT request FROM privacy_act WHERE module = 'deviations' AND object = 'a' AND request IS NOT NULL",
            ]
            for query in queries {
                let plan = try await host.base.database.read {
                    try $0.query("EXPLAIN QUERY PLAN \(query)") { $0.text(3) }
                }.joined(separator: "; ")
                #expect(plan.contains("USING") && !plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "\(plan)")
            }
        }
    }
}
