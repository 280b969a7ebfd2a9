import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import Host

/// Whom directory sync brought before they first signed in.
@Suite struct ProviderMatchTests {
    private static let principal = "https://n.feide.no/claims/eduPersonPrincipalName"

    /// A host whose provider says that somebody is `dagny@ntnu.test`; the directory knows Dagny by that, and as 4711.
    private func with(
        _ engine: Engine = .sqlite, knownBy: String, _ body: (HostHarness, TestProvider) async throws -> Void
    ) async throws {
        let environment = ["TRIVSEL_SIGN_IN_TEST_KNOWN_BY": knownBy]
        try await ProviderBed.with(engine, environment: environment) { host, provider in
            provider.set {
                $0.userinfo = ["name": "D", "email": "x@y.test", Self.principal: "Dagny@ntnu.test"]
            }
            try await host.base.database.write {
                var dagny = try #require(try Directory.person("dagny", in: $0))
                (dagny.username, dagny.externalID) = ("dagny@ntnu.test", "4711")
                try Directory.put(dagny, in: $0)
            }
            try await body(host, provider)
        }
    }

    @Test(arguments: Engine.all)
    func `the user name leads to the person, whom the directory goes on describing`(_ engine: Engine) async throws {
        try await with(engine, knownBy: "username") { host, provider in
            try await host.visitor().signIn(at: provider)
            #expect(try await host.known == ["dagny"])
            #expect(try await host.person("dagny")?.email == "dagny@ntnu.test")
            // From then on it is the subject that counts.
            provider.set { $0.userinfo[Self.principal] = "dahl@ntnu.test" }
            try await host.visitor().signIn(at: provider)
            #expect(try await host.known == ["dagny"])
        }
    }

    @Test(arguments: Engine.all)
    func `a user name that somebody else has now leads to nobody's cases`(_ engine: Engine) async throws {
        try await with(engine, knownBy: "username") { host, provider in
            try await host.visitor().signIn(at: provider)
            provider.set { $0.subject = "another" }
            try await host.visitor().signIn(at: provider)
            let known = try await host.known
            #expect(known.count == 2 && known.first == "dagny" && known.last != "dagny")
        }
    }

    @Test func `the external id leads to the person only where the provider is said to use it`() async throws {
        for (setting, isDagny) in [("subject", true), ("username", false), ("nothing", false)] {
            try await with(knownBy: setting) { host, provider in
                provider.set {
                    $0.subject = "4711"
                    $0.userinfo = ["name": "Dagny Overhalden", "email": "dagny@ntnu.test"]
                }
                try await host.visitor().signIn(at: provider)
                #expect(try await (host.known == ["dagny"]) == isDagny, "\(setting)")
            }
        }
    }

    @Test(arguments: ["nothing", "subject"])
    func `without that a user name and an address are no proof`(_ knownBy: String) async throws {
        try await with(knownBy: knownBy) { host, provider in
            provider.set { $0.userinfo["email"] = "dagny@ntnu.test" }
            try await host.visitor().signIn(at: provider)
            #expect(try await host.known != ["dagny"])
            let id = try #require(try await host.known.first)
            #expect(try await host.person(id)?.username == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `two who come as the same person at once are not both`(_ engine: Engine) async throws {
        try await with(engine, knownBy: "username") { host, provider in
            let (one, other) = (host.visitor(), host.visitor())
            let first = try await one.leave(for: provider)
            provider.set { $0.subject = "another" }
            let second = try await other.leave(for: provider)
            try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for (browser, path) in [(one, first), (other, second)] {
                    group.addTask { try await browser.get(path).status }
                }
                for try await status in group { #expect(status == .seeOther) }
            }
            #expect(try await host.known.count { $0 == "dagny" } <= 1)
        }
    }

    @Test(arguments: Engine.all)
    func `who has left is told so, before and after the first sign-in`(_ engine: Engine) async throws {
        try await with(engine, knownBy: "username") { host, provider in
            let dagny = host.visitor(language: "en")
            func leave() async throws {
                host.clock.advance(seconds: 1)
                let now = host.clock.now
                _ = try await host.base.database.write {
                    try Sessions.end(person: "dagny", by: "sync", at: now, in: $0)
                }
            }
            try await leave()
            let refused = try await dagny.signIn(at: provider)
            #expect(refused.status == .forbidden && refused.text.contains("The institution says that you have left"))
            #expect(try await host.known.isEmpty)
            try await host.base.database.write { try Directory.revive(person: "dagny", in: $0) }
            try await dagny.signIn(at: provider)
            #expect(try await dagny.isSignedIn)
            try await leave()
            #expect(try await !dagny.isSignedIn)
            #expect(try await dagny.signIn(at: provider).status == .forbidden)
        }
    }

    @Test func `who comes without directory sync is known by the user name from then on`() async throws {
        try await with(knownBy: "username") { host, provider in
            provider.set { $0.userinfo[Self.principal] = "ny@ntnu.test" }
            try await host.visitor().signIn(at: provider)
            let id = try #require(try await host.known.first)
            #expect(try await host.person(id)?.username == "ny@ntnu.test")
        }
    }
}
