import ModuleKit
import OpenID

/// One provider of `signIn.providers`, as the settings have it.
public struct ProviderSettings: Sendable, Hashable {
    /// As it stands in addresses and in the keys of its settings.
    public let name: String
    /// What people know it as.
    public let title: String
    public let issuer, clientID: String
    let secret: String
    let secretFile: String
    public let scopes: [String]
    /// What the provider calls a sign-in with two factors; empty when it is not asked for one.
    public let twoFactors: [String]
    let affiliation: Registration.AffiliationSource
    let knownBy: KnownBy

    /// What of the provider's claims tells which person of the directory somebody is who signs in for the first time.
    enum KnownBy: String, CaseIterable { case nothing, username, subject }

    init(_ name: String, _ values: SettingValues) throws {
        func text(_ key: String) throws -> String { try values.text("signIn.\(name).\(key)") }
        self.name = name
        title = try text("title").nonEmpty ?? name
        issuer = try text("issuer")
        clientID = try text("clientId")
        (secret, secretFile) = (try text("clientSecret"), try text("clientSecretFile"))
        scopes = try values.list("signIn.\(name).scopes")
        twoFactors = try values.list("signIn.\(name).twoFactors")
        let address = try text("affiliationUrl")
        affiliation =
            switch try text("affiliation") {
            case "extended-userinfo":
                .extendedUserinfo(address.nonEmpty ?? "https://api.dataporten.no/userinfo/v1/userinfo")
            case "groups": .groups(address.nonEmpty ?? "https://groups-api.dataporten.no/groups/me/groups")
            default: .claims
            }
        knownBy = KnownBy(rawValue: try text("knownBy")) ?? .nothing
        guard secret.isEmpty || secretFile.isEmpty else {
            throw SettingsError("signIn.\(name) has both clientSecret and clientSecretFile; keep one.")
        }
        for (key, address) in [("issuer", issuer), ("affiliationUrl", address)] where !address.isEmpty {
            guard SafeAddress.contains(address) else {
                throw SettingsError("signIn.\(name).\(key) takes an https:// address, or one of this machine.")
            }
        }
    }
}

extension Settings {
    private static let names = "signIn.providers"

    /// The settings of the provider of this name.
    static func provider(_ name: String) -> [Setting] {
        func key(_ last: String) -> String { "signIn.\(name).\(last)" }
        return [
            Setting(
                key("issuer"), .address(["https://", "http://"]), default: nil,
                "Where the provider is, exactly as it calls itself; Feide's is https://auth.dataporten.no. Required."),
            Setting(
                key("clientId"), .text, default: nil, "What this installation is called at the provider. Required."),
            Setting(
                key("clientSecret"), .text, default: "", secret: true,
                "The secret that the provider gave it; for the environment or a file that only the service reads."),
            Setting(
                key("clientSecretFile"), .text, default: "",
                "A file that holds nothing but that secret. Empty both: the client has none."),
            Setting(key("title"), .text, default: "", "What people know it as. Empty: its name here."),
            Setting(
                key("scopes"), .list, default: ["openid", "profile", "email"],
                "What to ask for; with Feide [openid, profile, email, userid-feide, groups-org]."),
            Setting(
                key("twoFactors"), .list, default: [],
                "The acr of a sign-in with two factors, which the roles intake officer, case handler, vault keeper, administrator and auditor then demand; Feide's is urn:mace:feide.no:auth:level:fad08:3. Empty: the provider is not asked, and they demand none."
            ),
            Setting(
                key("affiliation"), .choice(["claims", "extended-userinfo", "groups"]), default: "claims",
                "Where it says whether somebody is a student or employed: in claims, or at Feide's extended userinfo or groups API."
            ),
            Setting(
                key("affiliationUrl"), .address(["https://", "http://"]), default: "",
                "The address of that. Empty: Feide's own."),
            Setting(
                key("knownBy"), .choice(ProviderSettings.KnownBy.allCases.map(\.rawValue)), default: "nothing",
                "By what somebody who comes for the first time is one of the people whom directory sync brought: username (eduPersonPrincipalName), subject (sub is their external id), or nothing. Only for a provider that lets nobody choose theirs; Feide's is username."
            ),
        ]
    }

    /// Those of `declared`, and after the list of providers the settings of each of them.
    static func withProviders(_ declared: [Setting], in sources: [any SettingsSource]) throws -> [Setting] {
        try declared.flatMap { setting in
            guard setting.key == names else { return [setting] }
            guard case .list(let found) = try sources.lazy.compactMap({ try $0.value(of: setting) }).first else {
                return [setting]
            }
            for (index, name) in found.enumerated() {
                let isName = name.wholeMatch(of: /[a-z][a-z0-9]{0,30}/) != nil
                guard isName, !["demo", "providers"].contains(name), !found.prefix(index).contains(name) else {
                    throw SettingsError(
                        "\(names) takes names of lowercase letters and digits, each once, such as [feide], not “\(name)”."
                    )
                }
            }
            return [setting] + found.flatMap(provider)
        }
    }

    /// The providers, checked as far as that can be done without asking them.
    static func providers(
        _ values: SettingValues, host: String, publicURL: String?
    ) throws -> [ProviderSettings] {
        let found = try values.list(names).map { try ProviderSettings($0, values) }
        guard !found.isEmpty else { return [] }
        guard let publicURL else {
            if Loopback.contains(host: host) { return found }
            throw SettingsError("\(names) needs http.publicUrl: the providers send people back there.")
        }
        guard SafeAddress.contains(publicURL) else {
            throw SettingsError("\(names) needs an http.publicUrl that begins with https://, or is this machine's.")
        }
        return found
    }
}
