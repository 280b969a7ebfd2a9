import EventBus
import Foundation
import HTTPTypes
import Logging
import Storage
import TrivselTesting
import WebhookKit

@testable import Host

/// A host in which webhooks may be sent to this machine.
struct Hooks {
    /// What the API says of a webhook.
    struct Shown: Decodable {
        let id, label, address, state: String
        let topics: [String]
        let pausedBecause, secret: String?
        let failures: Int
    }

    static let address = "https://127.0.0.1:9/hook"
    let host: HostHarness
    let anders: APIClient

    static func with(_ engine: Engine = .sqlite, _ body: (Hooks) async throws -> Void) async throws {
        let environment = ["TRIVSEL_WEBHOOKS_ALLOWED_NETWORKS": "127.0.0.0/8"]
        try await HostHarness.with(engine, modules: [Deviations.self], environment: environment) { host in
            try await body(Hooks(host: host, anders: try await host.api("anders")))
        }
    }

    static func body(_ topics: String = "deviations.*", address: String = address, state: String = "active") -> String {
        #"{"label":"Statistikk","address":"\#(address)","topics":["\#(topics)"],"state":"\#(state)"}"#
    }

    func add(_ topics: String = "deviations.*") async throws -> Shown {
        try await anders.post("/api/v1/webhooks", Self.body(topics)).json(Shown.self)
    }

    func shown(_ id: String) async throws -> Shown { try await anders.get("/api/v1/webhooks/\(id)").json(Shown.self) }

    @discardableResult
    func put(_ id: String, _ json: String) async throws -> Answer {
        let seen = try await anders.get("/api/v1/webhooks/\(id)")
        return try await anders.put("/api/v1/webhooks/\(id)", json, headers: [.ifMatch: seen.headers[.eTag] ?? ""])
    }

    /// As the worker that the host has made a key for.
    func working<Value>(_ body: (WorkerClient) async throws -> Value) async throws -> Value {
        let key = try KeyFile.read(KeyFiles(dataDirectory: host.base.settings.dataDirectory).webhooks)
        let client = try WorkerClient(key, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        do {
            let value = try await body(client)
            await client.close()
            return value
        } catch {
            await client.close()
            throw error
        }
    }

    /// Reports `count` cases; returns when their events wait for this webhook.
    func report(_ count: Int, for hook: Shown) async throws {
        let before = try await jobs(hook).count
        for _ in 0..<count { _ = try await host.report() }
        try await eventually("\(count) jobs") { try await jobs(hook).count == before + count }
    }

    /// The webhook's jobs, the first first.
    func jobs(_ hook: Shown) async throws -> [JobStanding] {
        let jobs = host.base.jobs
        return try await host.base.database.read {
            try jobs.standing("webhooks", keys: "webhook|\(hook.id)|", limit: 100, in: $0)
        }.reversed()
    }

    func execute(_ sql: SQL) async throws { _ = try await host.base.database.write { try $0.execute(sql) } }
}

extension TakenJob {
    var request: WebhookRequest {
        get throws { try JSONDecoder().decode(WebhookRequest.self, from: Data(payload.utf8)) }
    }
}
