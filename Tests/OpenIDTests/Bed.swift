import OpenID
import Synchronization
import TrivselTesting

/// A provider that does what the test says, and our side of it; time stands still until the test moves it.
struct Bed: Sendable {
    final class Time: Sendable {
        let seconds = Mutex<Int64>(1_790_000_000)
        var now: Int64 { seconds.withLock(\.self) }
        func advance(_ more: Int64) { seconds.withLock { $0 += more } }
    }

    let there: TestProvider
    let here: Provider
    let web: Web
    let time: Time

    /// `answer`: how long our side waits for an answer.
    static func with(
        secret: String? = "hemmelig", affiliation: String = "claims", answer: Duration = .seconds(10),
        _ body: (Bed) async throws -> Void
    ) async throws {
        let time = Time()
        let now: @Sendable () -> Int64 = { time.now }
        try await TestProvider.with(now: now) { there in
            there.state.withLock { $0.secret = secret }
            try await Web.with(limit: answer) { web in
                let source: Registration.AffiliationSource =
                    switch affiliation {
                    case "extended": .extendedUserinfo(there.issuer + "/extended")
                    case "groups": .groups(there.issuer + "/groups")
                    default: .claims
                    }
                let registration = Registration(
                    issuer: there.issuer, clientID: TestProvider.clientID, clientSecret: secret,
                    scopes: ["profile", "email"], redirect: "http://127.0.0.1/sign-in/test/callback",
                    affiliation: source)
                try await body(
                    Bed(there: there, here: Provider(registration, web: web) { time.now }, web: web, time: time))
            }
        }
    }

    /// The code with which a browser comes back.
    func code(_ login: Login, acr: [String] = []) async throws -> String {
        let back = try await there.visit(try await here.signIn(login, language: "nn", acr: acr))
        return String(back.split(separator: "code=")[1].prefix { $0 != "&" })
    }

    /// A whole sign-in.
    @discardableResult
    func signIn(acr: [String] = []) async throws -> Identity {
        let login = Login(secret: "a secret of 256 bits")
        return try await here.identity(code: try await code(login, acr: acr), login, acr: acr)
    }

    func set(_ fault: TestProvider.Fault) { there.state.withLock { $0.fault = fault } }

    func count(of what: String) -> Int { there.state.withLock { $0.asked[what] ?? 0 } }
}
