import ModuleKit
import OpenID
import Testing

@testable import Host

@Suite struct ProviderSettingsTests {
    private static let feide = [
        "TRIVSEL_SIGN_IN_PROVIDERS": "feide", "TRIVSEL_SIGN_IN_FEIDE_ISSUER": "https://auth.dataporten.no",
        "TRIVSEL_SIGN_IN_FEIDE_CLIENT_ID": "id", "TRIVSEL_SIGN_IN_FEIDE_CLIENT_SECRET": "hush",
    ]

    @Test func `several providers are read from file and environment, and no secret is shown`() throws {
        let folder = try SettingsFolder([
            "Config/trivsel.yaml": """
            signIn:
              providers: [feide, idporten]
              feide:
                issuer: https://auth.dataporten.no
                clientId: one
                twoFactors: ["urn:mace:feide.no:auth:level:fad08:3"]
                affiliation: groups
              idporten:
                issuer: https://idporten.no
                clientId: two
                title: ID-porten
            """
        ])
        let settings = try folder.load(["TRIVSEL_SIGN_IN_FEIDE_CLIENT_SECRET": "hush"])
        #expect(settings.providers.map(\.name) == ["feide", "idporten"])
        #expect(settings.providers.map(\.title) == ["feide", "ID-porten"])
        #expect(settings.providers.map(\.clientID) == ["one", "two"])
        #expect(settings.providers.first?.twoFactors == ["urn:mace:feide.no:auth:level:fad08:3"])
        #expect(settings.providers.first?.affiliation == .groups("https://groups-api.dataporten.no/groups/me/groups"))
        #expect(!settings.resolved().contains { $0.value.contains("hush") })
        #expect(settings.resolved().first { $0.key == "signIn.feide.clientSecret" }?.value == "<redacted>")
        #expect(!settings.offersDemoSignIn)
    }

    @Test(arguments: [
        (
            ["TRIVSEL_SIGN_IN_PROVIDERS": "Feide"],
            "signIn.providers takes names of lowercase letters and digits, each once, such as [feide], not “Feide”."
        ),
        (
            ["TRIVSEL_SIGN_IN_PROVIDERS": "demo"],
            "signIn.providers takes names of lowercase letters and digits, each once, such as [feide], not “demo”."
        ),
        (
            ["TRIVSEL_SIGN_IN_PROVIDERS": "feide,feide"],
            "signIn.providers takes names of lowercase letters and digits, each once, such as [feide], not “feide”."
        ),
        (
            ["TRIVSEL_SIGN_IN_FEIDE_ISSUER": "http://auth.dataporten.no"],
            "signIn.feide.issuer takes an https:// address, or one of this machine."
        ),
        (
            ["TRIVSEL_SIGN_IN_FEIDE_CLIENT_SECRET_FILE": "f"],
            "signIn.feide has both clientSecret and clientSecretFile; keep one."
        ),
        (
            ["TRIVSEL_SIGN_IN_FEIDE_AFFILIATION": "none"],
            "TRIVSEL_SIGN_IN_FEIDE_AFFILIATION: signIn.feide.affiliation takes one of claims, extended-userinfo, groups, not “none”."
        ),
        (
            ["TRIVSEL_HTTP_HOST": "0.0.0.0"],
            "signIn.providers needs http.publicUrl: the providers send people back there."
        ),
        (
            ["TRIVSEL_HTTP_PUBLIC_URL": "http://trivsel.example.no"],
            "signIn.providers needs an http.publicUrl that begins with https://, or is this machine's."
        ),
        (
            ["TRIVSEL_SIGN_IN_FEIDE_CLIENTID": "x"],
            "there is no setting TRIVSEL_SIGN_IN_FEIDE_CLIENTID; did you mean TRIVSEL_SIGN_IN_FEIDE_CLIENT_ID?"
        ),
    ])
    func `what cannot work stops the start with one line`(_ change: [String: String], _ line: String) throws {
        #expect(try SettingsFolder().refusal(Self.feide.merging(change) { _, last in last }) == line)
    }

    @Test func `issuer and client are required, and a provider that is not named has no settings`() throws {
        let folder = try SettingsFolder()
        #expect(
            folder.refusal(["TRIVSEL_SIGN_IN_PROVIDERS": "feide"])
                == "signIn.feide.issuer is required: set it in Config/trivsel.yaml or as TRIVSEL_SIGN_IN_FEIDE_ISSUER.")
        var other = Self.feide
        other["TRIVSEL_SIGN_IN_PROVIDERS"] = "other"
        #expect(folder.refusal(other)?.hasPrefix("there is no setting TRIVSEL_SIGN_IN_FEIDE") == true)
    }

    @Test func `a session counts as long as its provider is there, and the demo's only without one`() throws {
        let settings = try SettingsFolder().load(
            Self.feide.merging(["TRIVSEL_SIGN_IN_FEIDE_TWO_FACTORS": "high"]) { $1 })
        let policy = SessionPolicy(settings.providers)
        #expect(policy.hasTwoFactors(provider: "feide", acr: "high") == true)
        #expect(policy.hasTwoFactors(provider: "feide", acr: "low") == false)
        #expect(policy.hasTwoFactors(provider: "feide", acr: nil) == false)
        #expect(policy.hasTwoFactors(provider: "gone", acr: "high") == nil)
        #expect(policy.hasTwoFactors(provider: nil, acr: nil) == nil)
        #expect(SessionPolicy().hasTwoFactors(provider: nil, acr: nil) == true)
    }
}
