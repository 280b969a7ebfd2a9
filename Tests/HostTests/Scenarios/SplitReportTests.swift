import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting

/// A report that holds both a deviation and a whistleblow, and answers of triage that are refused.
@Suite struct SplitReportTests {
    private static let both: [any FeatureModule.Type] = [Deviations.self, Whistleblowing.self]
    private static let reason = "Delen om veilederen leses av andre."

    private func report(_ host: HostHarness) async throws -> String {
        let body = HostHarness.reportBody(
            title: "Støy og trusler", description: "Viften bråker. Veilederen truer oss.")
        return try await host.api("kari").post("/api/v1/deviations", body).json(CaseReceipt.self).id
    }

    private func split(_ id: String, _ way: Way, keeping kept: String = "Viften bråker.", _ host: HostHarness)
        async throws -> Answer
    {
        try await host.send(
            "triage", on: id, by: "ingrid", way,
            [
                "isDeviation": "yes", "holdsSensitiveData": "no", "isCensurable": "part", "reason": Self.reason,
                "keptTitle": "Støy i auditoriet", "keptText": kept, "whistleblowText": "Veilederen truer oss.",
            ])
    }

    @Test(arguments: Way.allCases)
    func `a report that holds both is split, and neither side says that there is another`(way: Way) async throws {
        try await HostHarness.with(modules: Self.both) { host in
            let id = try await report(host)
            let number = try await host.number(of: id)
            let missing = try await split(id, way, keeping: "", host)
            #expect(missing.status == .unprocessableContent)
            #expect(
                way == .page ? missing.text.contains("href=\"#triage-keptText\"") : missing.wrongFields == ["keptText"])
            #expect(try await host.rows("deviations_leaving") == 0)
            let taken = try await split(id, way, host)
            #expect(taken.isTaken, "\(taken.text)")
            try await eventually("the part has gone") { try await host.rows("deviations_leaving") == 0 }
            #expect(try await host.rows("whistleblowing_case") == 1)

            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            let vault = try await keeper.get(address).text
            #expect(vault.contains("Veilederen truer oss.") && !vault.contains("Viften bråker"))
            #expect(!vault.contains(id) && !vault.contains(number))
            for seenBy in Way.allCases {
                let kept = try await host.seen(id, by: "ingrid", seenBy)
                #expect(kept.status == .ok && kept.text.contains("Viften bråker."), "\(seenBy)")
                let whistle = address.split(separator: "/").last.map(String.init) ?? address
                for word in ["truer", "Veilederen", "trusler", Self.reason, whistle] {
                    #expect(!kept.text.contains(word), "\(seenBy) \(word)")
                }
                // It goes on as a deviation that has been assessed.
                #expect(kept.text.contains(seenBy == .page ? "Støy i auditoriet" : "\"leaving\":false"))
            }
            try await host.act("assignments", on: id, by: "ingrid", #"{"handler":"hamid"}"#)
            #expect(try await host.rows("whistleblowing_case") == 1)
        }
    }

    @Test(arguments: Way.allCases)
    func `what is censurable does not leave without a reason to the reporter, and is not rejected instead`(way: Way)
        async throws
    {
        try await HostHarness.with(modules: Self.both) { host in
            let id = try await report(host)
            let silent = try await host.send(
                "triage", on: id, by: "ingrid", way,
                ["isDeviation": "no", "holdsSensitiveData": "yes", "isCensurable": "yes", "reason": ""])
            #expect(silent.status == .unprocessableContent)
            #expect(way == .page ? silent.text.contains("href=\"#triage-reason\"") : silent.wrongFields == ["reason"])
            let rejected = try await host.send(
                "rejection", on: id, by: "ingrid", way,
                ["isDeviation": "no", "holdsSensitiveData": "yes", "isCensurable": "yes", "reason": "Nei"])
            switch way {
            case .api:
                #expect(rejected.status == .conflict)
                #expect(try rejected.json(ProblemBody.self).type.hasSuffix("censurable"))
            case .page:
                #expect(rejected.status == .unprocessableContent)
                #expect(rejected.text.contains("href=\"#rejection-isCensurable\""))
            }
            #expect(try await host.rows("whistleblowing_case") == 0)
            #expect(try await host.seen(id, by: "kari", .api).text.contains("\"status\":\"received\""))
        }
    }
}
