import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// A case on its way to whistleblowing that does not get there at once.
@Suite(.timeLimit(.minutes(5))) struct LeavingTests {
    private static let both: [any FeatureModule.Type] = [Deviations.self, Whistleblowing.self]

    private struct Row: Equatable {
        let version: Int
        let title, description: [UInt8]
        let lockedTo: String?
    }

    private func row(_ id: String, _ host: HostHarness) async throws -> Row? {
        try await host.base.database.read {
            try $0.first("SELECT version, title, description, locked_to FROM deviations_case WHERE uid = \(id)") {
                Row(
                    version: $0.int(0), title: $0.bytesOrNil(1) ?? [], description: $0.bytesOrNil(2) ?? [],
                    lockedTo: $0.textOrNil(3))
            }
        }
    }

    private func reRegister(_ id: String, _ way: Way, _ host: HostHarness, along: String? = nil) async throws -> Answer
    {
        let answers: KeyValuePairs = [
            "isDeviation": "no", "holdsSensitiveData": "yes", "isCensurable": "yes", "reason": "Et varsel",
        ]
        let together: KeyValuePairs = [
            "isDeviation": "no", "holdsSensitiveData": "yes", "isCensurable": "yes", "reason": "Et varsel",
            "along": along ?? "",
        ]
        return try await host.send("triage", on: id, by: "ingrid", way, along == nil ? answers : together)
    }

    private func isEmptied(_ id: String, _ host: HostHarness) async throws -> Bool {
        try await host.rows("deviations_case", where: "uid = '\(id)' AND ending = 'outside-scope'") == 1
    }

    private func turnOn(_ module: String, _ host: HostHarness) async throws {
        let anders = try await host.browser("anders")
        try await anders.get("/admin/modules")
        #expect(try await anders.post("/admin/modules", ["module": module, "enabled": "yes"]).status == .seeOther)
    }

    @Test(arguments: Way.allCases)
    func
        `given the vault is unreachable, when re-registration is confirmed, then the deviation is unchanged and locked to the intake officer; retrying creates exactly one case`(
            way: Way
        ) async throws
    {
        try await TestDatabase.with(.postgres) { keys in
            let environment = ["TRIVSEL_VAULT_KEYS": "\(keys.url)"]
            try await HostHarness.with(modules: Self.both, environment: environment) { host in
                let id = try await host.report()
                let before = try #require(try await row(id, host))
                #expect(try await host.seen(id, by: "ingrid", way).status == .ok)
                try await keys.away {
                    let refused = try await reRegister(id, way, host)
                    #expect(refused.status == (way == .api ? .serviceUnavailable : .unprocessableContent))
                    let text = way == .api ? try refused.json(ProblemBody.self).detail : refused.text
                    #expect(text.contains("Meldingen er uendret, og bare du ser den. Prøv igjen om litt"), "\(text)")
                    let locked = try #require(try await row(id, host))
                    #expect(locked.lockedTo == "ingrid" && before.lockedTo == nil)
                    #expect(locked.title == before.title && locked.description == before.description)
                    #expect(locked.version == before.version)
                    #expect(try await !host.seen(id, by: "dagny", way).isTaken)
                }
                try await eventually("it is not there for others") {
                    try await host.seen(id, by: "dagny", way).status == .notFound
                }
                try await eventually("the vault is there again") { try await reRegister(id, way, host).isTaken }
                try await eventually("the deviation is empty") { try await isEmptied(id, host) }
                _ = try await reRegister(id, way, host)
                #expect(try await host.rows("whistleblowing_case") == 1)
                let keeper = try await host.browser("vigdis")
                #expect(try await Whistle.cases(keeper).count == 1)
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `called back in time it is a deviation as before, and no whistleblow follows`(way: Way) async throws {
        try await HostHarness.with(modules: Self.both, enabled: ["deviations"]) { host in
            let (id, other) = (try await host.report(), try await host.report(by: "ola"))
            let before = try #require(try await row(id, host))
            #expect(try await reRegister(id, way, host).isTaken)
            #expect(try await host.seen(id, by: "dagny", way).status == .notFound)
            let back = try await host.send("triage", on: id, by: "ingrid", way, ["callBack": "yes"])
            #expect(back.isTaken, "\(back.text)")
            #expect(try await row(id, host) == before)
            #expect(try await host.seen(id, by: "dagny", way).status == .ok)
            try await host.act("notes", on: id, by: "ingrid", #"{"text":"Likevel et avvik"}"#)
            // Whatever goes after it gets there, and it does not.
            #expect(try await reRegister(other, way, host).isTaken)
            try await turnOn("whistleblowing", host)
            try await eventually("the other is there") { try await isEmptied(other, host) }
            #expect(try await host.rows("whistleblowing_case") == 1)
            #expect(try await host.seen(id, by: "dagny", way).status == .ok)
        }
    }

    @Test(arguments: Way.allCases)
    func `what the other side has taken is not called back`(way: Way) async throws {
        try await HostHarness.with(modules: Self.both, enabled: ["deviations"]) { host in
            let (id, part) = (try await host.report(), try await host.report(by: "ola"))
            try await host.act("merges", on: id, by: "ingrid", "{\"cases\":[\"\(part)\"]}")
            #expect(try await reRegister(id, way, host, along: part).isTaken)
            // The other side has taken one of the two, and not yet the other: the case waits for both.
            try await host.base.database.write { tx in
                try tx.execute(
                    """
                    UPDATE vault_handover SET is_taken = 1 WHERE id IN (SELECT handover FROM deviations_leaving
                        WHERE case_id = (SELECT id FROM deviations_case WHERE uid = \(id)))
                    """)
            }
            let late = try await host.send("triage", on: id, by: "ingrid", way, ["callBack": "yes"])
            switch way {
            case .api:
                #expect(late.status == .conflict)
                #expect(try late.json(ProblemBody.self).type.hasSuffix("taken-already"), "\(late.text)")
            case .page:
                #expect(late.status == .unprocessableContent)
                #expect(late.text.contains("Varslingsmottaket har den allerede."), "\(late.text)")
            }
            #expect(try await row(id, host)?.lockedTo == "ingrid")
        }
    }
}
