import Foundation
import Testing

@testable import Workers

/// What a real mail server gets, and what becomes of its answers.
@Suite struct SMTPTests {
    private static let login = "trivsel:hemmelig%20%C3%A6%C3%B8%C3%A5@"

    private func transport(_ server: SMTPServer, _ scheme: String = "smtp", login: String = "", trusting: Bool = true)
        throws -> SMTPTransport
    {
        SMTPTransport(
            try SMTPSettings(
                url: "\(scheme)://\(login)127.0.0.1:\(server.port)", caFile: trusting ? server.caFile : nil))
    }

    @Test func `a mail arrives with both alternatives`() async throws {
        let server = try await SMTPServer(.plain)
        let transport = try transport(server)
        try await transport.send(Mail.sample().message())
        let mail = try await server.mail()
        #expect(mail.from == "trivsel@example.org")
        #expect(mail.to == ["kari@example.org"])
        #expect(mail.parts == ["text/plain", "text/html"])
        #expect(mail.text.contains("Vi har fått meldingen din."))
        #expect(mail.text.contains("Åpne meldingen:\nhttps://trivsel.example.org/deviations/42?a=1&b=2\n"))
        #expect(mail.html.contains("<html lang=\"nb\">"))
        #expect(mail.html.contains(">Åpne meldingen</a>"))
        #expect(mail.header("From") == "Trivsel NTNU <trivsel@example.org>")
        #expect(mail.header("Message-ID") == "<d-1@trivsel.example.org>")
        #expect(mail.defects.isEmpty)
        await transport.close()
    }

    @Test func `letters beyond ASCII survive`() async throws {
        let server = try await SMTPServer(.plain)
        let transport = try transport(server)
        let words = "Blåbærsyltetøy på 🏔️ – «ærlig» 👩🏽‍🎓 = 100 % "
        let subject = String(repeating: words, count: 5)
        let dots = ".\n..\n.en linje som begynner med punktum\nFrom noen"
        try await transport.send(Mail.sample(subject: subject, paragraphs: [subject, dots]).message())
        let mail = try await server.mail()
        #expect(mail.subject == subject)
        #expect(mail.text.hasPrefix("\(subject)\n\n\(dots)\n\n"))
        #expect(mail.html.contains(words))
        #expect(mail.defects.isEmpty)
        await transport.close()
    }

    @Test func `the server gets the bytes that a folder would`() async throws {
        let server = try await SMTPServer(.plain)
        let folder = try ScratchFolder()
        let message = try Mail.sample(paragraphs: [".", String(repeating: "lang linje ", count: 2000)]).message()
        let (smtp, files) = (try transport(server), try FileTransport(folder: "\(folder.path)/mail"))
        try await smtp.send(message)
        try await files.send(message)
        let received = try await server.mail()
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/mail")
        let file = try #require(FileManager.default.contents(atPath: "\(folder.path)/mail/\(names[0])"))
        #expect(names.count == 1)
        #expect(file == Data(message.bytes))
        #expect(received.raw == file)
        await smtp.close()
    }

    @Test func `many mails share one connection`() async throws {
        let server = try await SMTPServer(.plain)
        let transport = try transport(server)
        for number in 1...20 { try await transport.send(Mail.sample(subject: "Nummer \(number)").message()) }
        for number in 1...20 {
            let mail = try await server.mail()
            #expect(mail.subject == "Nummer \(number)")
            #expect(mail.connection == 1)
        }
        await transport.close()
    }

    @Test(arguments: [("smtp+starttls", SMTPServer.Mode.starttls), ("smtp", .starttls), ("smtps", .tls)])
    func `a server with TLS and a login takes mails`(scheme: String, mode: SMTPServer.Mode) async throws {
        let server = try await SMTPServer(mode)
        let transport = try transport(server, scheme, login: Self.login)
        try await transport.send(Mail.sample().message())
        #expect(try await server.mail().to == ["kari@example.org"])
        await transport.close()
    }

    @Test(arguments: [("smtp+starttls", SMTPServer.Mode.starttls), ("smtps", .tls)])
    func `a certificate that is not trusted is refused`(scheme: String, mode: SMTPServer.Mode) async throws {
        let server = try await SMTPServer(mode)
        let transport = try transport(server, scheme, login: Self.login, trusting: false)
        await #expect(throws: MailFailure.temporary(reason: "smtp-tls")) {
            try await transport.send(Mail.sample().message())
        }
    }

    @Test(arguments: ["smtp+starttls://", "smtp://trivsel:x@"])
    func `a server without STARTTLS gets neither password nor mail when TLS is required`(start: String) async throws {
        let server = try await SMTPServer(.plain)
        let transport = SMTPTransport(try SMTPSettings(url: "\(start)127.0.0.1:\(server.port)"))
        await #expect(throws: MailFailure.temporary(reason: "smtp-tls")) {
            try await transport.send(Mail.sample().message())
        }
    }

    @Test(arguments: ["trivsel:feil@", ""])
    func `a wrong or missing login leaves the mail waiting`(login: String) async throws {
        let server = try await SMTPServer(.starttls)
        let transport = try transport(server, "smtp+starttls", login: login)
        await #expect(throws: MailFailure.temporary(reason: "smtp-login")) {
            try await transport.send(Mail.sample().message())
        }
    }

    @Test(arguments: [
        ("temporary", MailFailure.temporary(reason: "smtp-451")), ("permanent", .permanent(reason: "smtp-550")),
        ("final", .permanent(reason: "smtp-554")),
    ])
    func `a refusal tells whether to try again, and the next mail goes through`(local: String, failure: MailFailure)
        async throws
    {
        let server = try await SMTPServer(.plain)
        let transport = try transport(server)
        await #expect(throws: failure) { try await transport.send(Mail.sample(to: "\(local)@example.org").message()) }
        try await transport.send(Mail.sample().message())
        #expect(try await server.mail().to == ["kari@example.org"])
        await transport.close()
    }

    @Test func `a server that took the mail and never answered is told apart`() async throws {
        let server = try await SMTPServer(.plain)
        let transport = try transport(server)
        await #expect(throws: MailFailure.ambiguous(reason: "smtp-silent")) {
            try await transport.send(Mail.sample(to: "silent@example.org").message())
        }
        #expect(try await server.mail().to == ["silent@example.org"])
    }

    @Test func `a server that is down leaves the mail waiting`() async throws {
        let server = try await SMTPServer(.plain)
        let transport = try transport(server)
        await server.stop()
        await #expect(throws: MailFailure.temporary(reason: "smtp-connect")) {
            try await transport.send(Mail.sample().message())
        }
    }

    @Test func `a server that was restarted between two mails is connected to again`() async throws {
        let first = try await SMTPServer(.plain)
        let transport = try transport(first)
        try await transport.send(Mail.sample().message())
        await first.stop()
        let second = try await SMTPServer(.plain, port: first.port)
        try await transport.send(Mail.sample(subject: "Etterpå").message())
        #expect(try await second.mail().subject == "Etterpå")
        await transport.close()
    }
}
