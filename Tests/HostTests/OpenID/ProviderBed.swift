import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Synchronization
import TrivselTesting

/// A host whose people sign in with a provider of ours, called “test”.
enum ProviderBed {
    /// The provider's clock is the host's.
    private final class Hand: Sendable {
        let clock = Mutex<MovableClock?>(nil)
        var now: Int64 { (clock.withLock(\.self)?.now.milliseconds ?? 0) / 1000 }
    }

    static func with(
        _ engine: Engine = .sqlite, modules: [any FeatureModule.Type] = [Alpha.self],
        environment: [String: String] = [:], _ body: (HostHarness, TestProvider) async throws -> Void
    ) async throws {
        let hand = Hand()
        let now: @Sendable () -> Int64 = { hand.now }
        try await TestProvider.with(now: now) { provider in
            let own = [
                "TRIVSEL_SIGN_IN_PROVIDERS": "test", "TRIVSEL_SIGN_IN_TEST_ISSUER": provider.issuer,
                "TRIVSEL_SIGN_IN_TEST_CLIENT_ID": TestProvider.clientID,
                "TRIVSEL_SIGN_IN_TEST_CLIENT_SECRET": "hemmelig", "TRIVSEL_SIGN_IN_TEST_TITLE": "Prøve-ID",
                "TRIVSEL_SIGN_IN_TEST_TWO_FACTORS": "two,three",
            ]
            try await HostHarness.with(
                engine, modules: modules, environment: own.merging(environment) { _, given in given }
            ) { host in
                hand.clock.withLock { $0 = host.clock }
                try await body(host, provider)
            }
        }
    }
}

extension TestProvider {
    func set(_ change: @Sendable (inout State) -> Void) { state.withLock { change(&$0) } }
}

extension Browser {
    /// To the provider and as far back as the address that it sends the browser to.
    func leave(
        for provider: TestProvider, name: String = "test", back: String = "/", factors: Bool = false
    ) async throws -> String {
        let begun = try await get(
            "/sign-in/\(name)?back=\(back)\(factors ? "&factors=2" : "")", headers: Self.fromOurPage)
        guard begun.status == .seeOther, let address = begun.location else {
            throw NeverCame(description: "the sign-in did not begin: \(begun.status)")
        }
        let next = try await provider.visit(address)
        return "/" + next.split(separator: "/").dropFirst(2).joined(separator: "/")
    }

    /// What a browser says of a link on a page of ours.
    static var fromOurPage: HTTPFields { site("same-origin") }

    /// What a browser says of where a request comes from.
    static func site(_ value: String) -> HTTPFields {
        guard let name = HTTPField.Name("Sec-Fetch-Site") else { return [:] }
        return [name: value]
    }

    /// There and back; the answer to the return.
    @discardableResult
    func signIn(
        at provider: TestProvider, name: String = "test", back: String = "/", factors: Bool = false
    ) async throws -> Answer {
        let answer = try await get(try await leave(for: provider, name: name, back: back, factors: factors))
        if answer.status == .seeOther { try await get("/") }
        return answer
    }

    var isSignedIn: Bool {
        get async throws { try await get("/me/tokens").status == .ok }
    }
}

extension HostHarness {
    /// The people that identities belong to.
    var known: [String] {
        get async throws {
            try await base.database.read {
                try $0.query("SELECT person FROM host_identity ORDER BY made") { $0.text(0) }
            }
        }
    }

    func person(_ id: String) async throws -> Person? {
        try await base.database.read { try Directory.person(id, in: $0) }
    }
}
