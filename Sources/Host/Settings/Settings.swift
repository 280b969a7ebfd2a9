public import Attachments
public import CalendarKit
public import EventBus
public import Logging
public import ModuleKit
public import WebhookKit

/// The values this process runs with, checked.
public struct Settings: Sendable {
    public let installationName: String
    /// The names as written; which of them exist is for the host to say.
    public let modulesEnabled: [String]
    /// Of a host that serves several institutions; nil when it serves one.
    public let tenantsDirectory: String?
    let statusPort: Int
    public let httpHost: String
    /// 0 when the system is to choose.
    public let httpPort: Int
    /// Without a slash at its end; nil when not set.
    public let publicURL: String?
    /// Where links lead: the public address, or else the one that is listened on.
    public var site: String { site(port: httpPort) }
    /// The same for the port that the system chose.
    public func site(port: Int) -> String {
        publicURL ?? "\(certificateFiles == nil ? "http" : "https")://\(httpHost):\(port)"
    }
    /// Nil: somebody else ends TLS.
    let certificateFiles: ServerCertificate.Files?
    /// Those whose word for where a request comes from is taken.
    let trustedProxies: [Network]
    /// How many requests a second are taken; 0 for no limit.
    let limitsPerSecond: [RequestLimits.Kind: Int]
    /// Where the quick exit leads from the host's own pages.
    public let exitURL: String
    /// Relative to the working directory, as every path here.
    public let dataDirectory: String
    public let databaseURL: String
    /// The role that may alter tables, and that the host does not run as; nil when it does.
    let databaseOwnerURL: String?
    let vaultKeysOwnerURL: String?
    /// The keys that wrap the cases' own.
    public let masterKeyFile: String
    /// The keys themselves, a line each; nil when they are in the file.
    let masterKeys: String?
    /// The one that is made when it is missing.
    let ownMasterKeyFile: String
    /// Where the cases' keys are kept: never where the data is.
    public let vaultKeysURL: String
    /// The file of destroyed keys' ids.
    public let destroyedLog: String
    public let attachmentLimits: Attachments.Limits
    /// Nil: files are not searched for viruses.
    public let clamd: ClamdAddress?
    public let feedEndpoint: String
    public let deskEndpoint: String
    /// What clients get: every host's feed and desk.
    public let publicEndpoints: BusEndpoints
    /// How long the oldest work of a queue may wait before that is an alarm.
    public let stallSeconds: Int64
    /// Nil: mails become files.
    public let smtpURL: String?
    public let mailFrom: String
    public let mailCAFile: String?
    /// Where webhooks may be sent.
    public let webhookPolicy: AddressPolicy
    public let webhookCAFile: String?
    public let closedDays: [ClosedDay]
    public let logLevel: Logger.Level
    /// How long a graceful stop may take.
    public let stopLimit: Duration
    /// `events.keptDays`.
    public let eventDays: Int
    /// `privacy.keptMonths`.
    public let privacyMonths: Int
    /// How long lines of the audit trail are kept.
    let auditMonths: Int
    /// Those that people sign in with.
    public let providers: [ProviderSettings]
    /// True when the demo people may be offered at sign-in: it is on, there is no provider, and nobody but this machine can reach the
    /// server.
    public let offersDemoSignIn: Bool

    /// Every value by key, the modules' own with them.
    public let values: SettingValues
    private let entries: [ResolvedSetting]
    /// Which of several institutions on a host these are the settings of.
    public let tenant: String?
    /// True for those of a process that serves several institutions, which are no institution's own.
    public var isForTenants: Bool { tenantsDirectory != nil && tenant == nil }

    init(
        _ entries: [(setting: Setting, value: Setting.Value, source: String)], tenant: String? = nil
    ) throws {
        self.tenant = tenant
        let values = SettingValues(
            .init(entries.map { ($0.setting.key, $0.value) }, uniquingKeysWith: { _, last in last }))
        func optional(_ key: String) throws -> String? { try values.text(key).nonEmpty }

        installationName = try values.text("installation.name")
        modulesEnabled = try values.list("modules.enabled")
        tenantsDirectory = try optional("tenants.directory")
        statusPort = try values.integer("tenants.statusPort")
        httpHost = try values.text("http.host")
        httpPort = try values.integer("http.port")
        publicURL = try optional("http.publicUrl").map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        trustedProxies = try Self.networks("http.trustedProxies", values)
        limitsPerSecond = [
            .session: try values.integer("limits.sessionPerSecond"),
            .token: try values.integer("limits.tokenPerSecond"),
            .address: try values.integer("limits.addressPerSecond"),
            .strangersWrites: try values.integer("limits.strangersWritesPerSecond"),
        ]
        certificateFiles = try Self.certificateFiles(
            optional("http.tls.certificateFile"), optional("http.tls.keyFile"), publicURL: publicURL)
        exitURL = try values.text("help.exitUrl")
        dataDirectory = try values.text("data.directory")
        databaseURL = try optional("database.url") ?? "sqlite:\(dataDirectory)/trivsel.sqlite"
        databaseOwnerURL = try optional("database.ownerUrl")
        vaultKeysOwnerURL = try optional("vault.keysOwnerUrl")
        masterKeys = try values.list("vault.masterKeys").joined(separator: "\n").nonEmpty
        ownMasterKeyFile = "\(dataDirectory)/keys/master.key"
        masterKeyFile = try optional("vault.masterKeyFile") ?? ownMasterKeyFile
        vaultKeysURL = try optional("vault.keys") ?? "sqlite:\(dataDirectory)/keys.sqlite"
        destroyedLog = try optional("vault.destroyedLog") ?? "\(dataDirectory)/destroyed-keys.log"
        attachmentLimits = Attachments.Limits(
            bytes: try values.integer("attachments.maxMegabytes") << 20,
            files: try values.integer("attachments.maxFiles"))
        clamd = try optional("attachments.clamd").map { text in
            guard let address = ClamdAddress(text) else {
                throw SettingsError("attachments.clamd takes unix:/<path> or tcp://<host>:<port>, not \(text)")
            }
            return address
        }
        feedEndpoint = try values.text("feed.endpoint")
        deskEndpoint = try values.text("desk.endpoint")
        publicEndpoints = BusEndpoints(
            feed: try Self.publicAddresses("feed", values) ?? feedEndpoint,
            desk: try Self.publicAddresses("desk", values) ?? deskEndpoint)
        stallSeconds = Int64(try values.integer("work.stallSeconds"))
        smtpURL = try optional("mail.smtpUrl")
        mailFrom = try values.text("mail.from")
        mailCAFile = try optional("mail.caFile")
        webhookPolicy = AddressPolicy(
            allowsHTTP: try values.flag("webhooks.allowHttp"),
            allowed: try Self.networks("webhooks.allowedNetworks", values))
        webhookCAFile = try optional("webhooks.caFile")
        closedDays = try values.list("calendar.closedDays").compactMap(ClosedDay.init)
        logLevel = Logger.Level(rawValue: try values.text("log.level")) ?? .info
        eventDays = try values.integer("events.keptDays")
        privacyMonths = try values.integer("privacy.keptMonths")
        auditMonths = try values.integer("audit.keptMonths")
        stopLimit = .seconds(try values.integer("stop.seconds"))
        providers = try Self.providers(values, host: httpHost, publicURL: publicURL)
        // A proxy on this machine makes a loopback address public, so the public address counts too.
        offersDemoSignIn =
            try values.flag("signIn.demo") && providers.isEmpty && Loopback.contains(host: httpHost)
            && publicURL.map(Loopback.contains(url:)) ?? true
        self.values = values
        let derived: [String: Setting.Value] = [
            "database.url": .text(databaseURL), "vault.masterKeyFile": .text(masterKeyFile),
            "vault.keys": .text(vaultKeysURL), "vault.destroyedLog": .text(destroyedLog),
        ]
        self.entries = entries.map { setting, value, source in
            ResolvedSetting(setting: setting, value: derived[setting.key] ?? value, source: source)
        }
    }

    private static func certificateFiles(
        _ certificate: String?, _ key: String?, publicURL: String?
    ) throws -> ServerCertificate.Files? {
        guard certificate != nil || key != nil else { return nil }
        guard let certificate, let key else {
            throw SettingsError("http.tls.certificateFile and http.tls.keyFile go together: set both or neither.")
        }
        guard publicURL?.hasPrefix("https://") ?? true else {
            throw SettingsError("http.publicUrl begins with https:// when there is an http.tls.certificateFile.")
        }
        return ServerCertificate.Files(certificate: certificate, key: key)
    }

    private static func networks(_ key: String, _ values: SettingValues) throws -> [Network] {
        try values.list(key).map { text in
            guard let network = Network(text) else {
                throw SettingsError("\(key) takes networks such as 10.1.0.0/16, not \(text)")
            }
            return network
        }
    }

    /// The addresses that clients are told, comma separated; nil when none are set.
    private static func publicAddresses(_ which: String, _ values: SettingValues) throws -> String? {
        let key = "\(which).publicEndpoints"
        let addresses = try values.list(key)
        for address in addresses {
            guard address.hasPrefix("tcp://") || address.hasPrefix("ipc://"),
                BusEndpoints(feed: address, desk: address).canBeReached
            else {
                throw SettingsError("\(key) takes addresses that clients can connect to, such as tcp://10.0.0.5:5561.")
            }
        }
        return addresses.joined(separator: ",").nonEmpty
    }

    /// The name in the address at which browsers reach this installation, without its port; nil when not set.
    public var hostName: String? { publicURL.flatMap { HostName.of(url: $0) } }

    /// Only this machine can reach the server: a loopback address.
    public var isLoopback: Bool { Loopback.contains(host: httpHost) }

    /// Every setting with its value and where it comes from, secrets and passwords hidden.
    public func resolved() -> [ResolvedSetting] { entries }
}

extension String {
    var nonEmpty: String? { isEmpty ? nil : self }
}
