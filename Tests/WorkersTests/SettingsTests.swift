import EventBus
import Foundation
import Testing

@testable import Workers

/// What a worker can be started with.
@Suite struct SettingsTests {
    @Test(arguments: [
        ("smtp://mail.ntnu.no", "smtp://mail.ntnu.no:25"), ("smtp+starttls://mail.ntnu.no", "smtp://mail.ntnu.no:587"),
        ("smtps://u:p@mail.ntnu.no/", "smtps://mail.ntnu.no:465"),
        ("SMTP://mail.ntnu.no:2525", "smtp://mail.ntnu.no:2525"),
        ("smtp://[::1]:2525", "smtp://[::1]:2525"),
    ])
    func `an SMTP address has a port for each scheme`(url: String, plain: String) throws {
        #expect(try SMTPSettings(url: url).plainURL == plain)
    }

    @Test(arguments: [
        ("smtp://mail.ntnu.no", SMTPSettings.Security.startTLS), ("smtp://10.0.0.7", .startTLS),
        ("smtp://127.mail.ntnu.no", .startTLS), ("smtp://u:p@127.0.0.1", .startTLS), ("smtp://127.0.0.1", .none),
        ("smtp://localhost", .none), ("smtp://[::1]", .none), ("smtps://localhost", .fromTheStart),
    ])
    func `neither a password nor a mail leaves the machine in the clear`(
        url: String, security: SMTPSettings.Security
    ) throws {
        #expect(try SMTPSettings(url: url).security == security)
    }

    @Test(arguments: [
        "", "mail.ntnu.no", "http://mail.ntnu.no", "smtp://", "smtp://bare-user@mail.ntnu.no",
        "smtp://mail.ntnu.no/path",
        "smtp://mail.ntnu.no?x=hemmelig", "smtp://u:hemmelig@mail.ntnu.no:port", "imap://u:hemmelig@mail.ntnu.no",
    ])
    func `another address is refused in one line without the password`(url: String) {
        let error = #expect(throws: MailSettingsError.self) { try SMTPSettings(url: url) }
        #expect(error.map { !$0.message.contains("hemmelig") && !$0.message.contains("\n") } == true)
    }

    @Test func `settings print without user and password`() throws {
        let settings = try SMTPSettings(url: "smtps://trivsel:hemmelig@mail.ntnu.no")
        var dumped = ""
        dump(settings, to: &dumped)
        #expect("\(settings)" == "smtps://mail.ntnu.no:465")
        #expect(!dumped.contains("hemmelig") && !String(reflecting: settings).contains("hemmelig"))
    }

    @Test func `a missing certificate file is named`() {
        let error = #expect(throws: MailSettingsError.self) {
            try SMTPSettings(url: "smtps://a.no", caFile: "/no/such.pem")
        }
        #expect(error?.message == "the SMTP certificates cannot be read: /no/such.pem")
    }
}

/// What a worker knows its host by.
@Suite struct KeyFileTests {
    @Test func `a key file is what the command prints`() throws {
        let folder = try ScratchFolder()
        let json =
            #"{"name":"w","publicKey":"p","secretKey":"s","serverKey":"k","feed":"tcp://h:1","desk":"tcp://h:2"}"#
        try Data(json.utf8).write(to: URL(filePath: "\(folder.path)/key.json"))
        #expect(try KeyFile.read("\(folder.path)/key.json").desk == "tcp://h:2")
    }

    @Test(arguments: ["", "{}", "hemmelig"])
    func `another file is refused in one line that tells its path and nothing of it`(content: String) throws {
        let folder = try ScratchFolder()
        try Data(content.utf8).write(to: URL(filePath: "\(folder.path)/key.json"))
        let error = #expect(throws: KeyFile.Failure.self) { try KeyFile.read("\(folder.path)/key.json") }
        #expect(
            error?.message == "the worker's key file is not what `trivsel keys new` prints: \(folder.path)/key.json")
    }

    @Test func `a missing file is refused with how to make one`() {
        let error = #expect(throws: KeyFile.Failure.self) { try KeyFile.read("/no/such.json") }
        #expect(error?.message.contains("`trivsel keys new` prints one") == true)
    }
}
