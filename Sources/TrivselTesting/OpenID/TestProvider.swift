import Crypto
import Foundation
import Hummingbird
import Logging
import NIOCore
public import Synchronization

/// An OpenID Connect provider of our own, over real HTTP on a port of its own: signs in whoever the test names, checks PKCE, client and
/// redirect address, and does wrong what it is told to.
///
/// Made without the code that it tests: its tokens are written and signed here.
public final class TestProvider: Sendable {
    /// Something done wrong. All but `none` must end without a session.
    public enum Fault: String, Sendable, CaseIterable {
        case none
        case algorithmNone, hmacWithPublicKey, unknownKey, otherKey, criticalHeader
        case otherIssuer, otherAudience, twoAudiences, otherParty, expired, issuedInFuture, notYet, noNonce, otherNonce,
            lowACR
        case noSubject, otherUserinfo, otherIssuerMetadata, insecureMetadata
        case hangingKeys, hugeKeys, movedToken, brokenToken
    }

    public struct State: Sendable {
        public var fault = Fault.none
        public var subject = "76a7a061-3c55-430d-8ee0-6f82ec42501f"
        /// What is said of the person in userinfo.
        public var userinfo: [String: JSONText] = ["name": "Kari Nordmann", "email": "kari@ntnu.test"]
        /// What is said in the ID token beside what has to be.
        public var token: [String: JSONText] = [:]
        /// What Feide's two further addresses answer.
        public var extended: JSONText = [:]
        public var groups: JSONText = []
        /// The secret that the client must show; nil for one without.
        public var secret: String? = "hemmelig"
        /// What the next token says, whatever is asked for; what was asked for first when nil.
        public var acr: String?
        public var isRSA = false
        /// So often each path was asked for.
        public internal(set) var asked: [String: Int] = [:]
        /// The last request for a sign-in and at the end of a session, by field.
        public internal(set) var lastSignIn: [String: String] = [:]
        public internal(set) var lastSignOut: [String: String] = [:]
        var codes: [String: [String: String]] = [:]
        var tokens: Set<String> = []
        var port = 0
    }

    public static let clientID = "trivsel-test"
    public let state = Mutex(State())
    let keys: TestKeys
    let now: @Sendable () -> Int64

    public var issuer: String { state.withLock { "http://127.0.0.1:\($0.port)" } }

    private init(now: @escaping @Sendable () -> Int64) throws { (self.now, keys) = (now, try TestKeys()) }

    /// Runs one while `body` runs. `now` is in seconds since 1970.
    public static func with(
        now: @escaping @Sendable () -> Int64, isolation: isolated (any Actor)? = #isolation,
        _ body: (TestProvider) async throws -> Void
    ) async throws {
        let provider = try TestProvider(now: now)
        let ready = AsyncStream.makeStream(of: Int.self)
        let server = Application(
            router: provider.router(), configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { ready.continuation.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "provider") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { ready.continuation.finish() }
                do { try await server.run() } catch is CancellationError {}
            }
            for await port in ready.stream {
                provider.state.withLock { $0.port = port }
                try await body(provider)
                break
            }
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
    }

    /// The browser's part: what the provider answers to the address it was sent to, which is where it goes next.
    public func visit(_ address: String) async throws -> String {
        let answer = try await Client(port: state.withLock(\.port)).send(
            .get, "/" + address.split(separator: "/").dropFirst(2).joined(separator: "/"))
        guard let next = answer.location else { throw NeverCame(description: "no redirect: \(answer.text)") }
        return next
    }
}

/// Text, number or list, as JSON.
public enum JSONText: Sendable, Encodable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral, ExpressibleByIntegerLiteral
{
    case text(String)
    case number(Int64)
    case list([JSONText])
    case object([String: JSONText])

    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int64) { self = .number(value) }
    public init(arrayLiteral elements: JSONText...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, JSONText)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }

    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .text(let text): try value.encode(text)
        case .number(let number): try value.encode(number)
        case .list(let list): try value.encode(list)
        case .object(let fields): try value.encode(fields)
        }
    }

    var data: Data { get throws { try JSONEncoder().encode(self) } }
}
