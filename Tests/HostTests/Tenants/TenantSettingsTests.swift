import Logging
import Testing

@testable import Host

/// Where the settings of one of several institutions come from.
@Suite struct TenantSettingsTests {
    private static let file = "http:\n  publicUrl: https://Uni.example.no/\nlog:\n  level: error\n"

    private func load(_ file: String = Self.file, _ environment: [String: String] = [:]) throws -> Settings {
        let folder = try SettingsFolder([
            "Config/trivsel.yaml": "tenants:\n  directory: institutions\nmail:\n  from: all@example.no\n",
            "institutions/uni.yaml": file,
        ])
        return try folder.load(environment.merging(["TRIVSEL_TENANT": "uni"]) { given, _ in given })
    }

    @Test func `what its file says goes before all, and what it does not say is as in the others`() throws {
        let settings = try load(Self.file, ["TRIVSEL_LOG_LEVEL": "debug", "TRIVSEL_AUDIT_KEPT_MONTHS": "7"])
        #expect(settings.logLevel == .error && settings.mailFrom == "all@example.no" && settings.auditMonths == 7)
        #expect(settings.hostName == "uni.example.no" && settings.tenant == "uni" && !settings.isForTenants)
    }

    @Test func `no database, key, folder or socket of others is its own`() throws {
        let settings = try load(
            Self.file,
            [
                "TRIVSEL_DATABASE_URL": "postgres://h/all", "TRIVSEL_VAULT_KEYS": "postgres://h/keys",
                "TRIVSEL_VAULT_MASTER_KEY_FILE": "/all.key", "TRIVSEL_DATABASE_OWNER_URL": "postgres://o@h/all",
                "TRIVSEL_FEED_ENDPOINT": "tcp://127.0.0.1:1", "TRIVSEL_INSTALLATION_NAME": "all",
                "TRIVSEL_DATA_DIRECTORY": "/var/all", "TRIVSEL_VAULT_DESTROYED_LOG": "/all.log",
            ])
        #expect(settings.dataDirectory == "/var/all/tenants/uni")
        #expect(settings.destroyedLog == "/var/all/tenants/uni/destroyed-keys.log")
        #expect(settings.databaseURL == "sqlite:/var/all/tenants/uni/trivsel.sqlite")
        #expect(settings.vaultKeysURL == "sqlite:/var/all/tenants/uni/keys.sqlite")
        #expect(settings.masterKeyFile == "/var/all/tenants/uni/keys/master.key" && settings.databaseOwnerURL == nil)
        #expect(settings.feedEndpoint == "ipc:///var/all/tenants/uni/bus/feed" && settings.installationName == "uni")
    }

    @Test(arguments: [
        ("log:\n  level: error\n", "institutions/uni.yaml: http.publicUrl is required"),
        (file + "stop:\n  seconds: 3\n", "stop.seconds is the whole host's"),
        (
            "http:\n  publicUrl: https://uni.example.no/\n  tls:\n    keyFile: a.pem\n",
            "http.tls.keyFile is the whole host's"
        ),
        (file + "sotp:\n  seconds: 3\n", "there is no setting sotp.seconds"),
    ])
    func `a file that cannot be right is refused with its reason`(file: String, reason: String) throws {
        let error = try #require(throws: SettingsError.self) { try load(file) }
        #expect(error.description.contains(reason), "\(error)")
    }

    @Test func `others' providers need not be its own`() throws {
        let feide = ["TRIVSEL_SIGN_IN_PROVIDERS": "feide", "TRIVSEL_SIGN_IN_FEIDE_CLIENT_SECRET": "s"]
        #expect(try load(Self.file + "signIn:\n  providers: []\n", feide).providers.isEmpty)
    }

    @Test func `a database is known by its log, however its address is written`() throws {
        let claims = TenantClaims()
        let (north, south) = (
            try SettingsFolder().load(["TRIVSEL_DATA_DIRECTORY": "/n", "TRIVSEL_INSTALLATION_NAME": "n"]),
            try SettingsFolder().load([
                "TRIVSEL_DATA_DIRECTORY": "/s", "TRIVSEL_INSTALLATION_NAME": "s", "TRIVSEL_HTTP_PORT": "1",
                "TRIVSEL_FEED_ENDPOINT": "tcp://127.0.0.1:1", "TRIVSEL_DESK_ENDPOINT": "tcp://127.0.0.1:2",
            ])
        )
        try claims.take(north, for: "north", logOf: "one")
        try claims.take(south, for: "south")
        let refusal = #expect(throws: StartFailure.self) { try claims.take(south, for: "south", logOf: "one") }
        #expect("\(refusal.map { "\($0)" } ?? "")".contains("database is that of the tenant north"))
    }

    @Test func `of one institution nothing has changed`() throws {
        let settings = try SettingsFolder().load()
        #expect(
            !settings.isForTenants && settings.tenant == nil && settings.databaseURL == "sqlite:data/trivsel.sqlite")
        let refusal = try SettingsFolder().refusal(["TRIVSEL_TENANT": "uni"])
        #expect(refusal == "There are no tenants: tenants.directory is not set.")
    }
}
