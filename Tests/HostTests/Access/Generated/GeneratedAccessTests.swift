import HTTPTypes
import ModuleKit
import Testing
import TrivselTesting

@testable import DeviationsModule
@testable import Host
@testable import WhistleblowingModule

/// Every address that the host knows, called as everybody on everything: the answers are the policy’s.
@Suite(.serialized, .timeLimit(.minutes(40))) struct GeneratedAccessTests {
    /// So many callers at once.
    private static let width = 4
    private static let settings = ["TRIVSEL_WEBHOOKS_ALLOWED_NETWORKS": "127.0.0.0/8"]
    private static let modules: [any FeatureModule.Type] = [Deviations.self, Whistleblowing.self]
    private static let policy = HostPolicy.all(modules.map { $0.manifest })

    private func sweep(
        _ engine: Engine, _ modules: [any FeatureModule.Type] = modules, by actors: [AccessActor] = AccessWorld.actors
    ) async throws -> AccessFindings {
        var found = AccessFindings()
        try await HostHarness.with(engine, modules: modules, environment: Self.settings) { host in
            let routes = try await host.routes(modules).filter { $0.method != .head }
            let world = try await AccessWorld(host, policy: Self.policy)
            found = try await withThrowingTaskGroup(of: AccessFindings.self) { tasks in
                var all = AccessFindings()
                for (index, actor) in actors.enumerated() {
                    if index >= Self.width, let one = try await tasks.next() { all.add(one) }
                    tasks.addTask { try await AccessSweep(world, actor, routes).run() }
                }
                for try await one in tasks { all.add(one) }
                return all
            }
        }
        return found
    }

    @Test(arguments: Engine.all)
    func `nobody gets what the policy does not give them, nor can tell that it exists`(_ engine: Engine) async throws {
        let began = ContinuousClock.now
        let found = try await sweep(engine)
        print("access on \(engine): \(found.calls) calls, \(found.leakCount) leaks, \(began.duration(to: .now))")
        #expect(found.undescribed.sorted() == [])
        #expect(found.leaks.isEmpty, "\(AccessFindings.lines(found.leaks))")
        #expect(found.refusals.isEmpty, "\(AccessFindings.lines(found.refusals))")
        #expect(found.calls >= 10_000)
    }

    @Test(arguments: [LooseDeviations.self, LooseWhistleblowing.self] as [any FeatureModule.Type])
    func `a rule that is looser than the policy is found`(_ loose: any FeatureModule.Type) async throws {
        let modules = Self.modules.map { $0.manifest.id == loose.manifest.id ? loose : $0 }
        let actors = AccessWorld.actors.filter { ["acc-idle-handler", "acc-keeper-gjovik"].contains($0.id) }
        let found = try await sweep(.sqlite, modules, by: actors)
        #expect(found.leakCount > 10)
        #expect(found.undescribed.sorted() == [])
    }

    @Test func `a route that nobody has described is found`() {
        #expect(RouteRules.rule(HostHarness.Route(method: .get, path: "/deviations/{id}/diary")) == nil)
    }
}
