import Foundation
import ModuleKit
import Testing

@testable import Host

@Suite struct SettingsRefusalTests {
    @Test(arguments: [
        ("http:\n  prt: 1\n", "Config/trivsel.yaml:2: there is no setting http.prt; did you mean http.port?"),
        ("htpt:\n  port: 1\n", "Config/trivsel.yaml:2: there is no setting htpt.port; did you mean http.port?"),
        (
            "http:\n  publicURL: x\n",
            "Config/trivsel.yaml:2: there is no setting http.publicURL; did you mean http.publicUrl?"
        ),
        ("smtpUrl: x\n", "Config/trivsel.yaml:1: there is no setting smtpUrl; did you mean mail.smtpUrl?"),
        ("colour: x\n", "Config/trivsel.yaml:1: there is no setting colour; Config/trivsel.yaml lists them all."),
        (
            "\nhttp:\n  port: 8O80\n",
            "Config/trivsel.yaml:3: http.port takes a whole number from 0 to 65535, not “8O80”."
        ),
        (
            "http:\n  port: 65536\n",
            "Config/trivsel.yaml:2: http.port takes a whole number from 0 to 65535, not “65536”."
        ),
        ("http:\n  port: [1]\n", "Config/trivsel.yaml:2: http.port takes a whole number from 0 to 65535."),
        ("http:\n  port:\n", "Config/trivsel.yaml:2: http.port has no value; give it one or take the line out."),
        ("http:\n  host: ''\n", "Config/trivsel.yaml:2: http.host takes one line of text."),
        ("http: 8080\n", "Config/trivsel.yaml:1: http is a section; put its settings below it, indented."),
        (
            "http:\n  port:\n    x: 1\n",
            "Config/trivsel.yaml:3: there is no setting http.port.x; did you mean http.port?"
        ),
        ("http.port: 1\nhttp:\n  port: 2\n", "Config/trivsel.yaml:3: http.port is set twice; keep one."),
        (
            "modules:\n  enabled: deviations\n",
            "Config/trivsel.yaml:2: modules.enabled takes a list, written [a, b] in a file and a,b in the environment."
        ),
        ("modules:\n  enabled: [{a: 1}]\n", "Config/trivsel.yaml:2: modules.enabled may list single values only."),
        ("- a\n", "Config/trivsel.yaml: write settings as “section:” and below it, indented, “key: value”."),
        ("? [a]\n: 1\n", "Config/trivsel.yaml:1: a key must be a word."),
    ])
    func `a faulty file stops the start with its line`(text: String, line: String) throws {
        #expect(try SettingsFolder(["Config/trivsel.yaml": text]).refusal() == line)
    }

    @Test(arguments: [
        "http:\n  port: [1\nlog:\n  level: info\n", "http:\n\tport: 1\n", "http:\n  port: 1\n   host: x\n",
        "a: 1\na: 2\n",
        "--- 1\n--- 2\n", "a: *b\n",
    ])
    func `broken YAML stops the start with its line`(text: String) throws {
        let line = try #require(try SettingsFolder(["Config/trivsel.yaml": text]).refusal())
        #expect(line.wholeMatch(of: /Config\/trivsel.yaml:\d+: this is not readable as YAML: .+\./) != nil, "\(line)")
    }

    @Test func `a file that is not UTF-8 stops the start`() throws {
        let folder = try SettingsFolder(["Config/trivsel.yaml": ""])
        try Data([0x61, 0x3A, 0x20, 0xC3, 0x28]).write(to: URL(filePath: folder.path + "/Config/trivsel.yaml"))
        let line = try #require(folder.refusal())
        #expect(line.hasPrefix("Config/trivsel.yaml: this is not readable as YAML: "))
    }

    @Test(arguments: [
        ("TRIVSEL_HTTP_PROT", "1", "there is no setting TRIVSEL_HTTP_PROT; did you mean TRIVSEL_HTTP_PORT?"),
        (
            "TRIVSEL_WORKER_KEYFILE", "x",
            "there is no setting TRIVSEL_WORKER_KEYFILE; did you mean TRIVSEL_WORKER_KEY_FILE?"
        ),
        ("TRIVSEL_HTTP_PORT", "", "TRIVSEL_HTTP_PORT: http.port takes a whole number from 0 to 65535, not “”."),
        ("TRIVSEL_HTTP_PORT", "-1", "TRIVSEL_HTTP_PORT: http.port takes a whole number from 0 to 65535, not “-1”."),
        ("TRIVSEL_HTTP_PORT", "a\nb", "TRIVSEL_HTTP_PORT: http.port takes a whole number from 0 to 65535, not “a b”."),
        ("TRIVSEL_SIGN_IN_DEMO", "maybe", "TRIVSEL_SIGN_IN_DEMO: signIn.demo takes true or false, not “maybe”."),
        (
            "TRIVSEL_LOG_LEVEL", "loud",
            "TRIVSEL_LOG_LEVEL: log.level takes one of trace, debug, info, notice, warning, error, critical, not “loud”."
        ),
        (
            "TRIVSEL_INSTALLATION_NAME", "NT NU",
            "TRIVSEL_INSTALLATION_NAME: installation.name takes lowercase letters, digits and hyphens, not “NT NU”."
        ),
        (
            "TRIVSEL_CALENDAR_CLOSED_DAYS", "12-32",
            "TRIVSEL_CALENDAR_CLOSED_DAYS: calendar.closedDays takes a list of days such as 12-24 or 2026-12-28, not “12-32”."
        ),
        (
            "TRIVSEL_WEBHOOKS_ALLOWED_NETWORKS", "10.1.0.0/16,10.2/16",
            "webhooks.allowedNetworks takes networks such as 10.1.0.0/16, not 10.2/16"
        ),
        (
            "TRIVSEL_HTTP_TRUSTED_PROXIES", "proxy.example",
            "http.trustedProxies takes networks such as 10.1.0.0/16, not proxy.example"
        ),
        (
            "TRIVSEL_DATABASE_URL_FILE", "nowhere",
            "TRIVSEL_DATABASE_URL_FILE: there is no file nowhere that can be read."
        ),
        (
            "TRIVSEL_HTTP_HOST_FILE", "nowhere",
            "there is no setting TRIVSEL_HTTP_HOST_FILE; Config/trivsel.yaml lists them all."
        ),
        (
            "TRIVSEL_HTTP_TLS_KEY_FILE", "key.pem",
            "http.tls.certificateFile and http.tls.keyFile go together: set both or neither."
        ),
        (
            "TRIVSEL_DATABASE_URL", "mysql://u:secret@h",
            "TRIVSEL_DATABASE_URL: database.url takes an address that begins with sqlite: or postgres:// or postgresql://."
        ),
    ])
    func `a faulty variable stops the start`(variable: String, value: String, line: String) throws {
        #expect(try SettingsFolder().refusal([variable: value]) == line)
    }

    @Test func `a broken value stops the start even where another source overrules it`() throws {
        let folder = try SettingsFolder(["Config/trivsel.yaml": "http:\n  port: x\n"])
        #expect(folder.refusal(["TRIVSEL_HTTP_PORT": "1"]) != nil)
    }

    @Test func `a file named in TRIVSEL_CONFIG must be there`() throws {
        let folder = try SettingsFolder()
        #expect(
            folder.refusal(["TRIVSEL_CONFIG": "no.yaml"])
                == "TRIVSEL_CONFIG: there is no file no.yaml in \(folder.path).")
    }

    @Test func `a folder is not a settings file`() throws {
        let folder = try SettingsFolder(["Config/more/x": ""])
        #expect(folder.refusal(["TRIVSEL_CONFIG": "Config/more"]) == "Config/more: it cannot be read as a file.")
    }

    @Test func `variables of tests and workers are let be`() throws {
        #expect(
            try SettingsFolder().refusal(["TRIVSEL_TEST_PYTHON": "x", "TRIVSEL_WORKER_KEY_FILE": "y", "OTHER": "z"])
                == nil)
    }

    @Test func `two settings may not share a variable`() throws {
        let twins = [Setting("a.bC", .text, default: "", "x"), Setting("a.b.c", .text, default: "", "x")]
        let line = try SettingsFolder().refusal(modules: twins)
        #expect(line == "The settings a.bC and a.b.c are declared with the same variable TRIVSEL_A_B_C.")
    }
}
