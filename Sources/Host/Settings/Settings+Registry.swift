public import ModuleKit

extension Settings {
    /// Every setting of the host, in the order of `Config/trivsel.yaml`.
    public static let registry: [Setting] = [
        Setting(
            "installation.name", .name, default: "local",
            "Names this installation in every event's source, /trivsel/<name>/<module>. Never change it afterwards."),
        Setting(
            "modules.enabled", .list, default: nil,
            "The modules to run. Required; the others keep their tables and have no page, route, handler or service."),
        Setting(
            "tenants.directory", .text, default: "",
            "A folder with a file of settings for each institution that this host serves, NAME.yaml: `trivsel tenant add` makes them. Empty: one institution, of these settings."
        ),
        Setting(
            "tenants.statusPort", .integer(0...65_535), default: 8081,
            "The port of this machine at which a host of several institutions shows /health and /metrics of them all."),
        Setting("http.host", .text, default: "127.0.0.1", "The address to listen on; 0.0.0.0 or :: for every network."),
        Setting(
            "http.port", .integer(0...65_535), default: 8080, "The port to listen on; 0 lets the system choose one."),
        Setting(
            "http.publicUrl", .address(["http://", "https://"]), default: "",
            "Where browsers reach this installation, for links in mails. Empty: http:// with the host and port above."),
        Setting(
            "http.tls.certificateFile", .text, default: "",
            "The certificate in PEM, and those that vouch for it, when no proxy ends TLS; read anew on SIGHUP. Empty: plain HTTP."
        ),
        Setting("http.tls.keyFile", .text, default: "", "Its key in PEM, which only the service reads."),
        Setting(
            "http.trustedProxies", .list, default: [],
            "Networks of the proxies whose X-Forwarded-For says where a request comes from, such as 127.0.0.1/32. Empty: nobody's word is taken."
        ),
        Setting(
            "limits.sessionPerSecond", .integer(0...100_000), default: 20,
            "Requests a second that one signed-in browser may send, and five times as many at once; 0 for no limit."),
        Setting(
            "limits.tokenPerSecond", .integer(0...100_000), default: 200,
            "The same for one API token."),
        Setting(
            "limits.addressPerSecond", .integer(0...100_000), default: 1000,
            "The same for one address, behind which a whole campus may be."),
        Setting(
            "limits.strangersWritesPerSecond", .integer(0...100_000), default: 100,
            "The same for what one address sends to be stored without signing in."),
        Setting(
            "data.directory", .text, default: "data", "The folder for files, keys and, with no mail server, mails."),
        Setting(
            "database.url", .address(["sqlite:", "postgres://", "postgresql://"]), default: "",
            "sqlite:<path> or postgres://<user>:<password>@<host>/<name>. Empty: trivsel.sqlite in the data directory."),
        Setting(
            "database.ownerUrl", .address(["postgres://", "postgresql://"]), default: "",
            "The same database as the role that owns it, for `trivsel migrate`; the host then runs as the role of database.url, which may read and write rows and nothing else. Empty: the host alters its tables itself."
        ),
        Setting(
            "vault.masterKeyFile", .text, default: "",
            "The keys that wrap the cases' own, one a line, the first for new ones. Empty: keys/master.key in the data directory, made at the first start."
        ),
        Setting(
            "vault.masterKeys", .list, default: [], secret: true,
            "The same keys themselves, for TRIVSEL_VAULT_MASTER_KEYS: then there is no file."),
        Setting(
            "vault.keys", .address(["sqlite:", "postgres://", "postgresql://"]), default: "",
            "The database of the cases' keys, never that of the data; hosts that share the data share it. Empty: keys.sqlite in the data directory."
        ),
        Setting(
            "vault.destroyedLog", .text, default: "",
            "A file to which the ids of destroyed keys are added, for a disk that neither the data nor their keys are on: restored backups lose those keys by it. Empty: destroyed-keys.log in the data directory."
        ),
        Setting(
            "vault.keysOwnerUrl", .address(["postgres://", "postgresql://"]), default: "",
            "What database.ownerUrl is, of the database of the cases' keys."),
        Setting(
            "attachments.maxMegabytes", .integer(1...100), default: 10, "The largest file that is taken, in MiB."),
        Setting("attachments.maxFiles", .integer(1...100), default: 10, "How many files a case may have."),
        Setting(
            "attachments.clamd", .address(["unix:/", "tcp://"]), default: "",
            "Where clamd listens, unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310; while it is away no file is taken. Empty: files are not searched for viruses."
        ),
        Setting(
            "feed.endpoint", .address(["tcp://", "ipc://"]), default: "tcp://127.0.0.1:5561",
            "Where the event feed listens (ZeroMQ)."),
        Setting(
            "feed.publicEndpoints", .list, default: [],
            "Where clients reach the feeds, one address for each host, for the keys they get. Empty: feed.endpoint."),
        Setting(
            "desk.endpoint", .address(["tcp://", "ipc://"]), default: "tcp://127.0.0.1:5562",
            "Where the desk listens, which gives replay and work (ZeroMQ)."),
        Setting(
            "desk.publicEndpoints", .list, default: [],
            "Where clients reach the desks, in the order in which they try them. Empty: desk.endpoint."),
        Setting(
            "events.keptDays", .integer(1...36_500), default: 400,
            "How many days events are kept at least, and jobs that are done; an event goes once every reader has read it too."
        ),
        Setting(
            "privacy.keptMonths", .integer(1...240), default: 36,
            "Months after the decision at which a request about personal data is deleted, with its answer and its log."),
        Setting(
            "audit.keptMonths", .integer(1...240), default: 60,
            "Months after which lines of the audit trail are removed, from the old end up to an anchor."),
        Setting(
            "work.stallSeconds", .integer(10...86_400), default: 600,
            "How many seconds work may wait for a worker before that is an alarm."),
        Setting(
            "mail.smtpUrl", .address(["smtp://", "smtp+starttls://", "smtps://"]), default: "",
            "smtp+starttls://<user>:<password>@<host>:587. Empty: each mail becomes a file in the data directory."),
        Setting("mail.from", .text, default: "trivsel@localhost", "The sender of every mail."),
        Setting(
            "mail.caFile", .text, default: "",
            "The certificates to check the mail server's against. Empty: the system's."),
        Setting(
            "webhooks.allowedNetworks", .list, default: [],
            "Internal networks that webhooks may be sent into beside the open Internet, such as 10.1.0.0/16; for host and worker."
        ),
        Setting(
            "webhooks.allowHttp", .flag, default: false,
            "Lets webhooks be sent unencrypted, to http:// addresses; for host and worker. Only for tests."),
        Setting(
            "webhooks.caFile", .text, default: "",
            "The certificates to check webhooks' receivers against. Empty: the system's."),
        Setting(
            "signIn.demo", .flag, default: true,
            "Offers the demo people at sign-in; only ever on a loopback address, and never beside a provider."),
        Setting(
            "signIn.providers", .list, default: [],
            "Names of your own for the OpenID Connect providers that people sign in with, such as [feide]."),
        Setting(
            "help.exitUrl", .address(["https://", "http://"]), default: "https://www.yr.no/",
            "Where the quick exit leads from the page of those one can turn to: a page that everybody looks at."),
        Setting(
            "calendar.closedDays", .days, default: ["12-24", "12-31"],
            "Days that are no working days beside weekends and public holidays: 12-24 each year, 2026-12-28 once."),
        Setting(
            "log.level", .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]), default: "info",
            "The least grave level that is logged."),
        Setting(
            "stop.seconds", .integer(1...600), default: 20,
            "How long a stop waits for requests and services to end before it cuts them off."),
    ]

    /// Variables that begin with `TRIVSEL_` and are no settings: which files to read, of which of several institutions, and where a
    /// worker's key is.
    static let reservedVariables = ["TRIVSEL_CONFIG", "TRIVSEL_TENANT", "TRIVSEL_WORKER_KEY_FILE"]
    /// What begins so is for tests and never looked at.
    static let testPrefix = "TRIVSEL_TEST_"
}
