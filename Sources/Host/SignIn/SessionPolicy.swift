/// What a sign-in counts for, as the settings stand now.
public struct SessionPolicy: Sendable {
    /// By provider, what it calls a sign-in with two factors.
    private let twoFactors: [String: [String]]

    public init(_ providers: [ProviderSettings] = []) {
        twoFactors = Dictionary(providers.map { ($0.name, $0.twoFactors) }) { first, _ in first }
    }

    /// Whether a sign-in was with all the factors that roles demand; nil when it counts no more.
    ///
    /// A session of a provider that is gone does not count, nor one of the demo once there is a provider.
    func hasTwoFactors(provider: String?, acr: String?) -> Bool? {
        guard let provider else { return twoFactors.isEmpty ? true : nil }
        return twoFactors[provider].map { $0.isEmpty || acr.map($0.contains) ?? false }
    }

    /// The same for a token, which keeps counting.
    func hasTwoFactors(token: Bool) -> Bool { token || twoFactors.values.allSatisfy(\.isEmpty) }
}
