/// The keys of one provider, fetched when a token names one that is not known: at most twice a minute.
actor KeySet {
    private static let pause: Int64 = 30
    /// Older ones may have been withdrawn.
    private static let lifetime: Int64 = 3600

    private let web: Web
    private let now: @Sendable () -> Int64
    private var keys: [(id: String?, key: VerificationKey)] = []
    private var fetched: Int64?
    private var tried: Int64?
    private var isFetching = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// `now` in seconds.
    init(web: Web, now: @escaping @Sendable () -> Int64) { (self.web, self.now) = (web, now) }

    /// The key with this id and algorithm; without an id the only one there is.
    func key(_ id: String?, _ algorithm: String, at address: String) async throws(OpenIDError) -> VerificationKey {
        if isFresh, let key = known(id, algorithm) { return key }
        if isDue { try await fetch(address) }
        guard isFresh else { throw .unavailable(.keys) }
        guard let key = known(id, algorithm) else { throw .token(.unknownKey) }
        return key
    }

    private func known(_ id: String?, _ algorithm: String) -> VerificationKey? {
        let fitting = keys.filter { $0.key.algorithm == algorithm && (id == nil || $0.id == id) }
        return fitting.count == 1 ? fitting.first?.key : nil
    }

    private var isFresh: Bool { fetched.map { (0..<Self.lifetime).contains(now() - $0) } ?? false }

    private var isDue: Bool { isFetching || !(tried.map { (0..<Self.pause).contains(now() - $0) } ?? false) }

    /// Those who come meanwhile wait for the same answer.
    private func fetch(_ address: String) async throws(OpenIDError) {
        if isFetching { return await withCheckedContinuation { waiting.append($0) } }
        (isFetching, tried) = (true, now())
        defer {
            isFetching = false
            for one in waiting { one.resume() }
            waiting = []
        }
        let bytes: [UInt8]
        do { bytes = try await web.get(address, for: .keys) } catch {
            // A browser that went away says nothing about the provider.
            if Task.isCancelled { tried = nil }
            throw error
        }
        guard let found = VerificationKey.set(from: bytes) else { throw .malformed(.keys) }
        (keys, fetched) = (found, now())
    }
}
