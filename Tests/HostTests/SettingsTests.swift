import CalendarKit
import Foundation
import Logging
import ModuleKit
import Testing

@testable import Host

/// A folder with settings files, gone with the value.
final class SettingsFolder {
    let path = NSTemporaryDirectory() + "settings-" + UUID().uuidString

    init(_ files: [String: String] = [:]) throws {
        for (name, text) in files {
            let file = URL(filePath: "\(path)/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Loads with modules.enabled set, unless `environment` sets it.
    func load(_ environment: [String: String] = [:], modules: [Setting] = []) throws -> Settings {
        let environment = environment.merging(["TRIVSEL_MODULES_ENABLED": "deviations"]) { given, _ in given }
        return try Settings.load(modules: modules, environment: environment, directory: path)
    }

    /// The line that stops the start; nil when it does not stop.
    func refusal(_ environment: [String: String] = [:], modules: [Setting] = []) -> String? {
        do {
            _ = try load(environment, modules: modules)
            return nil
        } catch { return "\(error)" }
    }
}

@Suite struct SettingsTests {
    @Test func `the environment goes before an overlay, an overlay before the file, the file before the default`()
        throws
    {
        let folder = try SettingsFolder([
            "Config/trivsel.yaml": "http:\n  port: 1\n  host: localhost\nlog:\n  level: debug\n",
            "Config/one.yaml": "http:\n  port: 2\n  publicUrl: https://one.example/\n",
            "Config/two.yaml": "http:\n  publicUrl: https://two.example/\n",
        ])
        let settings = try folder.load([
            "TRIVSEL_CONFIG": "Config/one.yaml, Config/two.yaml", "TRIVSEL_LOG_LEVEL": "error",
        ])
        #expect(settings.httpPort == 2)
        #expect(settings.httpHost == "localhost")
        #expect(settings.publicURL == "https://two.example")
        #expect(settings.logLevel == .error)
        #expect(settings.feedEndpoint == "tcp://127.0.0.1:5561")
        let sources = Dictionary(uniqueKeysWithValues: settings.resolved().map { ($0.key, $0.source) })
        #expect(sources["http.port"] == "Config/one.yaml:2")
        #expect(sources["http.host"] == "Config/trivsel.yaml:3")
        #expect(sources["log.level"] == "TRIVSEL_LOG_LEVEL")
        #expect(sources["stop.seconds"] == "default")
    }

    @Test func `what may hold a secret is read from a file that its variable with _FILE names`() throws {
        let folder = try SettingsFolder(["url": "postgres://u:hemmelig@h/d\n", "keys": "firstkey,secondkey\n"])
        let settings = try folder.load([
            "TRIVSEL_DATABASE_URL_FILE": "url", "TRIVSEL_VAULT_MASTER_KEYS_FILE": "\(folder.path)/keys",
        ])
        #expect(settings.databaseURL == "postgres://u:hemmelig@h/d" && settings.masterKeys == "firstkey\nsecondkey")
        #expect(!settings.resolved().contains { $0.value.contains("hemmelig") || $0.value.contains("firstkey") })
    }

    @Test(arguments: Settings.registry.filter { !$0.isSecret })
    func `every setting is read from its environment variable`(setting: Setting) throws {
        let samples: [String: String] = [
            "modules.enabled": "a,b", "signIn.demo": "false", "calendar.closedDays": "02-29", "log.level": "trace",
            "http.publicUrl": "https://x", "database.url": "postgres://h/d", "vault.keys": "postgres://h/k",
            "mail.smtpUrl": "smtp://h",
            "feed.endpoint": "ipc://f", "desk.endpoint": "ipc://d", "http.port": "0", "stop.seconds": "7",
            "feed.publicEndpoints": "tcp://h:1,tcp://g:1", "desk.publicEndpoints": "ipc:///d",
            "events.keptDays": "30", "attachments.maxMegabytes": "25", "work.stallSeconds": "60",
            "privacy.keptMonths": "12", "audit.keptMonths": "120",
            "attachments.maxFiles": "3", "attachments.clamd": "unix:/c",
            "webhooks.allowedNetworks": "10.1.0.0/16", "webhooks.allowHttp": "true", "help.exitUrl": "https://y",
            "signIn.providers": "", "database.ownerUrl": "postgres://o@h/d", "vault.keysOwnerUrl": "postgres://o@h/k",
            "tenants.statusPort": "0",
            "http.trustedProxies": "10.1.0.0/16",
        ]
        let sample = samples[setting.key] ?? (setting.key.hasPrefix("limits.") ? "7" : "x")
        // Neither of these two goes without the other.
        let both =
            setting.key.hasPrefix("http.tls.")
            ? ["TRIVSEL_HTTP_TLS_CERTIFICATE_FILE": sample, "TRIVSEL_HTTP_TLS_KEY_FILE": sample] : [:]
        let entry = try SettingsFolder().load(both.merging([setting.variable: sample]) { $1 }).resolved()
            .first { $0.key == setting.key }
        #expect(entry?.value == sample)
        #expect(entry?.source == setting.variable)
    }

    @Test func `a hump of a key becomes an underscore of its variable`() {
        #expect(Setting("http.publicUrl", .text, default: "", "x").variable == "TRIVSEL_HTTP_PUBLIC_URL")
        #expect(Settings.registry.map(\.variable).contains("TRIVSEL_MAIL_CA_FILE"))
    }

    @Test func `lists are taken in a file and in the environment, spaces and empty items aside`() throws {
        let folder = try SettingsFolder(["Config/trivsel.yaml": "calendar:\n  closedDays: [12-24, 2026-12-28]\n"])
        let settings = try folder.load(["TRIVSEL_MODULES_ENABLED": " deviations, welfare ,"])
        #expect(settings.modulesEnabled == ["deviations", "welfare"])
        let day = try #require(ClosedDay("2026-12-28"))
        #expect(settings.closedDays == [.everyYear(month: 12, day: 24), day])
    }

    @Test func `no module at all may be enabled, but it must be said, except by a worker`() throws {
        #expect(try SettingsFolder().load(["TRIVSEL_MODULES_ENABLED": ""]).modulesEnabled == [])
        let folder = try SettingsFolder()
        #expect(throws: SettingsError.self) { try Settings.load(environment: [:], directory: folder.path) }
        let worker = try Settings.load(required: false, environment: [:], directory: folder.path)
        #expect(worker.modulesEnabled == [])
    }

    @Test func `with no database named it is a file in the data directory`() throws {
        let settings = try SettingsFolder().load(["TRIVSEL_DATA_DIRECTORY": "/srv/trivsel"])
        #expect(settings.databaseURL == "sqlite:/srv/trivsel/trivsel.sqlite")
        #expect(settings.resolved().first { $0.key == "database.url" }?.value == "sqlite:/srv/trivsel/trivsel.sqlite")
    }

    @Test func `a module reads its own settings`() throws {
        let folder = try SettingsFolder([
            "Config/trivsel.yaml": "deviations:\n  replyDays: 14\n  draft:\n    kept: [a, b]\n"
        ])
        let modules = [
            Setting("deviations.replyDays", .integer(1...60), default: 28, "x"),
            Setting("deviations.draft.kept", .list, default: [], "x"),
            Setting("deviations.title", .text, default: "none", "x"),
            Setting("deviations.open", .flag, default: false, "x"),
        ]
        let values = try folder.load(["TRIVSEL_DEVIATIONS_OPEN": "true"], modules: modules).values
        #expect(try values.integer("deviations.replyDays") == 14)
        #expect(try values.list("deviations.draft.kept") == ["a", "b"])
        #expect(try values.text("deviations.title") == "none")
        #expect(try values.flag("deviations.open"))
        #expect(throws: UndeclaredSetting.self) { try values.integer("deviations.title") }
        #expect(throws: UndeclaredSetting.self) { try values.text("deviations.unknown") }
    }

    @Test func `an empty file or section sets nothing`() throws {
        let folder = try SettingsFolder([
            "Config/trivsel.yaml": "# nothing\n", "more.yaml": "mail:\n  # smtpUrl: smtp://x\n",
        ])
        #expect(try folder.load(["TRIVSEL_CONFIG": "more.yaml"]).smtpURL == nil)
    }
}
