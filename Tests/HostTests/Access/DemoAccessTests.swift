import DeviationsCore
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault

@testable import DeviationsModule

/// What the people of the demo may see and do with its three hundred cases.
@Suite struct DemoAccessTests {
    private struct List: Decodable {
        struct Item: Decodable { let id: String }
        let items: [Item]
        let next: String?
    }

    /// Everything the API lists for this person, page by page.
    private func listed(_ client: APIClient, _ query: String = "") async throws -> [String] {
        var ids: [String] = []
        var after: String?
        repeat {
            let list = try await client.get(
                "/api/v1/deviations?limit=200\(query)" + (after.map { "&after=\($0)" } ?? "")
            ).json(List.self)
            ids += list.items.map(\.id)
            after = list.next
        } while after != nil
        return ids
    }

    private func cases(_ host: HostHarness) async throws -> [Deviation] {
        let vault = CaseVault(host.base.vault, database: host.base.database)
        let ids = try await host.base.database.read {
            try $0.query("SELECT uid FROM deviations_case ORDER BY id") { $0.text(0) }
        }
        var all: [Deviation] = []
        for id in ids {
            let key = try await vault.key(of: id)
            let stored = try await host.base.database.read { try DeviationStore.load(id, key: key, in: $0) }
            if let stored { all.append(stored.deviation) }
        }
        return all
    }

    private func viewers(_ host: HostHarness) async throws -> [Viewer] {
        let chart = host.base.directory.chart
        let now = host.clock.now
        return try await host.base.database.read { try Directory.allPeople(limit: 100, in: $0) }
            .map { Viewer(person: $0, grants: chart.grants(of: $0.id, at: now)) }
    }

    @Test(arguments: Engine.all)
    func `everybody's list holds exactly the cases that they may read`(_ engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            try await host.loadDemo(Deviations.self)
            let cases = try await cases(host)
            let viewers = try await viewers(host)
            try #require(cases.count == 300 && viewers.count == 45)
            let access = Access(policy: DeviationsRights.policy, chart: host.base.directory.chart)
            for viewer in viewers {
                let readable = cases.filter { access.may(viewer, DeviationsRights.read, on: $0.accessObject) }.map(\.id)
                let listed = try await listed(try await host.api(viewer.person.id))
                #expect(Set(listed) == Set(readable), "\(viewer.person.id)")
                #expect(listed.count == readable.count, "\(viewer.person.id) is shown a case twice")
            }
        }
    }

    @Test func `no right reaches further in its scope than case by case`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            try await host.loadDemo(Deviations.self)
            let cases = try await cases(host)
            let access = Access(policy: DeviationsRights.policy, chart: host.base.directory.chart)
            for viewer in try await viewers(host) {
                for right in DeviationsRights.policy.flatMap(\.permissions).map(\.right) {
                    let scope = access.scope(of: viewer, right)
                    let wrong = cases.filter { deviation in
                        let object = deviation.accessObject
                        return scope.contains(object, for: viewer.person.id) != access.may(viewer, right, on: object)
                    }
                    #expect(wrong.isEmpty, "\(viewer.person.id) \(right)")
                }
            }
        }
    }

    @Test func `a search or a filter shows nobody more than they may read`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            try await host.loadDemo(Deviations.self)
            for person in ["kari", "hamid", "ingrid", "berit", "sissel", "anders"] {
                let client = try await host.api(person)
                let all = Set(try await listed(client))
                for query in [
                    "&status=closed", "&unit=hf", "&handler=hamid", "&reporter=ola", "&overdue=true",
                    "&order=newest",
                ] {
                    #expect(all.isSuperset(of: try await listed(client, query)), "\(person) \(query)")
                }
                let found = try await client.search(#"{"q":"eksamen","limit":200}"#).json(List.self)
                #expect(all.isSuperset(of: found.items.map(\.id)), "\(person)")
            }
        }
    }

    @Test(arguments: ["kari", "ola", "ingrid", "hamid", "dagny", "nils", "sissel", "unni", "anders", "berit"])
    func `an act is refused to whom the policy does not give it, and to nobody else`(_ person: String) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let ids = [
                try await host.report(), try await host.assignedCase(),
                try await host.report(by: "ola", unit: "hf-isl"),
            ]
            let client = try await host.api(person)
            let browser = try await host.browser(person)
            let chart = host.base.directory.chart
            let access = Access(policy: DeviationsRights.policy, chart: chart)
            let viewer = try #require(try await viewers(host).first { $0.person.id == person })
            for deviation in try await cases(host) where ids.contains(deviation.id) {
                for form in CaseForm.allCases {
                    // Version 0 is never the case's, so nothing is done to it.
                    let path = "/deviations/\(deviation.id)/\(form.rawValue)"
                    let object = deviation.accessObject
                    let answer = try await client.post("/api/v1\(path)", "{}", headers: [.ifMatch: "\"0\""])
                    let page = try await browser.post(path, ["version": "0"])
                    let expected: ([Int], [Int]) =
                        if !access.may(viewer, DeviationsRights.read, on: object) {
                            ([404], [404])
                        } else if !access.may(viewer, form.right, on: object) { ([403], [403]) } else {
                            ([409, 412, 422], [200, 422])
                        }
                    #expect(
                        expected.0.contains(answer.status.code), "\(person) \(form) \(deviation.unit): \(answer.status)"
                    )
                    #expect(
                        expected.1.contains(page.status.code), "\(person) \(form) \(deviation.unit): \(page.status)")
                }
            }
        }
    }
}
