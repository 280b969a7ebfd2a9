import Metrics
import ModuleKit
import NIOCore
import WebhookKit

/// How many requests one address, session and token may send. Counted by each host for itself, in memory.
///
/// Of whoever is counted only a hash is kept, Swift's own: SipHash with a key that each process makes at its start and tells nobody.
final class RequestLimits: Sendable {
    enum Kind: String, CaseIterable {
        case address, session, token
        /// What an address sends without signing in.
        case strangersWrites = "strangers-writes"
    }

    /// So many seconds' requests may come at once: a page, its assets and what a hasty reader opens beside it.
    private static let burst = 5

    private let buckets: [Kind: Buckets]
    private let proxies: Proxies
    private let clock: Clock

    /// - Parameter perSecond: what is not named, or 0, is not limited.
    init(_ perSecond: [Kind: Int], proxies: Proxies, clock: Clock) {
        buckets = perSecond.filter { $0.value > 0 }.mapValues {
            Buckets(Pace($0 * Self.burst, per: .seconds(Self.burst)))
        }
        (self.proxies, self.clock) = (proxies, clock)
    }

    /// - Throws: `Problem` 429.
    func take(_ kind: Kind, _ id: [UInt8], _ language: @autoclosure () -> Language) throws {
        guard let wait = buckets[kind]?.take(Self.hash(id), at: clock.ticks) else { return }
        Counter(label: "trivsel_requests_limited_total", dimensions: [("limit", kind.rawValue)]).increment()
        throw Problem.tooMany(language(), seconds: wait.components.seconds + 1)
    }

    /// The same for where it comes from; what came by no network is not limited.
    func take(_ kind: Kind, from context: AppContext, _ forwarded: [String], _ language: @autoclosure () -> Language)
        throws
    {
        guard buckets[kind] != nil, let peer = context.peer?.ipAddress.flatMap({ IPAddress($0) }) else { return }
        try take(kind, proxies.origin(of: peer, forwarded: forwarded).household, language())
    }

    private static func hash(_ id: [UInt8]) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(id)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}

extension Settings {
    func requestLimits(_ clock: Clock) -> RequestLimits {
        RequestLimits(limitsPerSecond, proxies: Proxies(trusted: trustedProxies), clock: clock)
    }
}
