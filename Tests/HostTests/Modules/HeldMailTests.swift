import EventBus
import Host
import Logging
import Storage
import Testing
import TrivselTesting

/// What a module had to tell somebody when it was switched off.
@Suite struct HeldMailTests {
    private func jobs(_ host: HostHarness) async throws -> [String] {
        try await host.base.database.read {
            try $0.query("SELECT state, attempts, reason FROM bus_job ORDER BY id") {
                "\($0.text(0)) \($0.int(1)) \($0.textOrNil(2) ?? "")"
            }
        }
    }

    @Test(arguments: Engine.all)
    func `mails of a module that is off wait for it, and that costs no attempt`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            _ = try await host.report()
            try await eventually("two mails wait") { try await jobs(host).count == 2 }
            let anders = try await host.browser("anders")
            try await anders.get("/admin/modules")
            try await anders.post("/admin/modules", ["module": "deviations", "enabled": "no"])
            let path = KeyFiles(dataDirectory: host.base.settings.dataDirectory).notifications
            let worker = try WorkerClient(
                try KeyFile.read(path), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            #expect(try await worker.take("notifications", max: 32, wait: .zero).isEmpty)
            await worker.close()
            #expect(try await jobs(host) == ["waiting 0 ", "waiting 0 "])
            let later = try await host.base.database.read {
                try $0.query("SELECT not_before > created_at FROM bus_job") { $0.bool(0) }
            }
            #expect(later == [true, true], "they were looked at")
        }
    }
}
