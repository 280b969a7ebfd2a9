import Synchronization

/// What belongs to one institution alone, and whose it is: nothing is shared, so that nothing is seen by a forgotten condition.
public final class TenantClaims: Sendable {
    private let owners = Mutex<[String: String]>([:])

    public init() {}

    /// Takes what these settings name, and lets go of what the tenant had before.
    ///
    /// - Parameter epoch: of its log, which tells a database however its address is written; nil while that is not known.
    /// - Throws: `StartFailure` when something of it is another's; nothing has changed then.
    public func take(_ settings: Settings, for tenant: String, logOf epoch: String? = nil) throws {
        let claims = Self.claims(settings) + (epoch.map { ["database log \($0)"] } ?? [])
        try owners.withLock { owners in
            for claim in claims {
                guard let other = owners[claim], other != tenant else { continue }
                let what = claim.prefix { $0 != " " }
                throw StartFailure("its \(what) is that of the tenant \(other); give each its own")
            }
            owners = owners.filter { $0.value != tenant }
            for claim in claims { owners[claim] = tenant }
        }
    }

    func release(_ tenant: String) { owners.withLock { $0 = $0.filter { $0.value != tenant } } }

    private static func claims(_ settings: Settings) -> [String] {
        var claims = [
            "database \(settings.databaseURL)", "database \(settings.vaultKeysURL)",
            "data.directory \(settings.dataDirectory)", "vault.destroyedLog \(settings.destroyedLog)",
            "installation.name \(settings.installationName)",
        ]
        if let name = settings.hostName { claims.append("host \(name)") }
        if settings.masterKeys == nil { claims.append("vault.masterKeyFile \(settings.masterKeyFile)") }
        // The system chooses another port for each of these.
        let chosen = [settings.feedEndpoint, settings.deskEndpoint].filter { $0.hasSuffix(":*") || $0.hasSuffix(":0") }
        for endpoint in Set([settings.feedEndpoint, settings.deskEndpoint]).subtracting(chosen) {
            claims.append("endpoint \(endpoint)")
        }
        return claims
    }
}
