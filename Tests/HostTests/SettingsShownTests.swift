import DeviationsModule
import Foundation
import ModuleKit
import Testing
import WhistleblowingModule

@testable import Host

@Suite struct SettingsShownTests {
    @Test(arguments: [
        ("postgres://u:pass@h1:5432,h2:5432/db", "postgres://u:<redacted>@h1:5432,h2:5432/db"),
        ("smtp://post@example.org:p:a/s@s@mail:587", "smtp://post@example.org:<redacted>@mail:587"),
        ("postgres://h:5432/db", "postgres://h:5432/db"),
        ("postgres://u@h/db", "postgres://u@h/db"),
        (
            "postgres://h/db?user=u&password=s&sslmode=require",
            "postgres://h/db?user=u&password=<redacted>&sslmode=require"
        ),
        ("postgres://h/db?SSLPassword=s", "postgres://h/db?SSLPassword=<redacted>"),
        ("sqlite:/srv/a@b:c", "sqlite:/srv/a@b:c"),
    ])
    func `a password inside an address is hidden and the rest shown`(value: String, shown: String) throws {
        #expect(Redaction.hidingPasswords(in: value) == shown)
    }

    @Test func `a secret setting is never shown, nor named in a refusal`() throws {
        let secret = [
            Setting("deviations.token", .text, default: "", secret: true, "x"),
            Setting("deviations.pin", .integer(0...9), default: 0, secret: true, "x"),
        ]
        let folder = try SettingsFolder()
        let shown = try folder.load(["TRIVSEL_DEVIATIONS_TOKEN": "hush"], modules: secret).resolved()
        #expect(shown.first { $0.key == "deviations.token" }?.value == "<redacted>")
        #expect(folder.refusal(["TRIVSEL_DEVIATIONS_PIN": "1234"], modules: secret)?.contains("1234") == false)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.8.9.10", true), ("localhost", true), ("::1", true), ("[::1]", true),
        ("LOCALHOST", true),
        ("0.0.0.0", false), ("::", false), ("127.evil.example", false), ("127.0.0.1.example", false),
        ("127.0.0", false),
        ("", false), ("10.0.0.1", false), ("127.0.0.+1", false),
    ])
    func `a loopback address is one that only this machine reaches`(host: String, loopback: Bool) {
        #expect(Loopback.contains(host: host) == loopback)
    }

    @Test(arguments: [
        ("127.0.0.1", "", true, true), ("127.0.0.1", "http://127.0.0.1:8080", true, true),
        ("::1", "http://[::1]:8080/", true, true),
        ("127.0.0.1", "https://trivsel.example.no", true, false),
        ("127.0.0.1", "https://localhost@evil.example", true, false),
        ("0.0.0.0", "", true, false), ("127.0.0.1", "", false, false),
    ])
    func `demo people are offered on a loopback address only`(host: String, url: String, on: Bool, offered: Bool) throws
    {
        let settings = try SettingsFolder().load([
            "TRIVSEL_HTTP_HOST": host, "TRIVSEL_HTTP_PUBLIC_URL": url, "TRIVSEL_SIGN_IN_DEMO": String(on),
        ])
        #expect(settings.offersDemoSignIn == offered)
    }

    @Test(arguments: [("deviatons", "deviations"), ("welfrae", "welfare"), ("meeting", "meetings"), ("budget", nil)])
    func `the nearest name is offered, a far one is not`(word: String, name: String?) {
        #expect(nearest(to: word, in: ["deviations", "meetings", "welfare"]) == name)
    }

    /// The repository's own Config folder.
    static let config = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Config")
        .standardized

    @Test func `Config/trivsel.yaml holds every setting of host and modules with its default and comment`() throws {
        let file = try String(contentsOf: Self.config.appending(path: "trivsel.yaml"), encoding: .utf8)
        let modules = Deviations.manifest.settings + Whistleblowing.manifest.settings
        let expected = SettingsDocument.text(
            of: Settings.registry + modules, required: ["modules.enabled": ["deviations", "whistleblowing"]])
        let head = file.split(separator: "\n", omittingEmptySubsequences: false).prefix { $0.hasPrefix("#") }.joined(
            separator: "\n")
        #expect(
            file.dropFirst(head.count + 1) == expected[...], "below its head the file should read:\n\(expected)")
    }

    @Test func `Config/production.yaml holds only what differs`() throws {
        let folder = try SettingsFolder([
            "production.yaml": String(contentsOf: Self.config.appending(path: "production.yaml"), encoding: .utf8)
        ])
        let plain = try folder.load()
        let production = try folder.load(["TRIVSEL_CONFIG": "production.yaml"])
        let set = zip(plain.resolved(), production.resolved()).filter { $1.source.hasPrefix("production.yaml") }
        #expect(!set.isEmpty)
        for (usual, changed) in set { #expect(usual.value != changed.value, "\(changed.key) is the default") }
        #expect(!production.offersDemoSignIn)
    }
}
