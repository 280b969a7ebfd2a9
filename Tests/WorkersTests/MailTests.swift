import Foundation
import Testing

@testable import Workers

/// The form of a message, without a server.
@Suite struct MailTests {
    @Test func `a message has the headers of an automatic mail`() throws {
        let lines = String(decoding: try Mail.sample().message().bytes, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.first == "Date: Fri, 27 Nov 2026 08:15:30 +0000")
        #expect(lines.contains("Message-ID: <d-1@trivsel.example.org>"))
        #expect(lines.contains("Auto-Submitted: auto-generated"))
        #expect(lines.contains("To: kari@example.org"))
        #expect(lines.contains("Content-Language: nb"))
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 +0000"), (1_835_413_567.9, "Tue, 29 Feb 2028 05:06:07 +0000"),
        (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 +0000"),
    ])
    func `a date is as RFC 5322 says, in UTC`(seconds: Double, text: String) throws {
        let sender = try #require(MailAddress("t@example.org"))
        let message = try MailMessage(.sample(), from: sender, at: Date(timeIntervalSince1970: seconds))
        #expect(String(decoding: message.bytes, as: UTF8.self).hasPrefix("Date: \(text)\r\n"))
    }

    @Test func `every line is ASCII, short, and ended by CRLF`() throws {
        let long = String(repeating: "Læringsmiljøet på Gløshaugen 🌱 ", count: 60)
        let mail = Mail.sample(subject: long, paragraphs: [long, String(repeating: "x", count: 5000), "slutt = \t "])
        let bytes = try mail.message().bytes
        #expect(bytes.allSatisfy { $0 < 0x80 })
        #expect(bytes.suffix(2) == [13, 10])
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.replacing("\r\n", with: "").unicodeScalars.allSatisfy { $0 != "\r" && $0 != "\n" })
        #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.count <= 78 })
    }

    @Test(arguments: [
        "a@b.no\r\nBcc: x@y.no", "a@b.no\nX: y", "a b@c.no", "a@b@c.no", "@b.no", "a@", "a", "", "<a@b.no>\r\n",
        "Kari <a@b.no>",
        "a@b..no", "å@b.no", "a@b.no>", "a@b.no\0",
    ])
    func `an address that is not one is refused`(address: String) {
        #expect(throws: MailFailure.permanent(reason: "mail-address")) { try Mail.sample(to: address).message() }
    }

    @Test(arguments: ["", "Hei\r\nBcc: x@y.no", "Hei\nX", "Hei\rX", "Hei\u{2028}X", "Hei\0"])
    func `a subject that would forge a header is refused`(subject: String) {
        #expect(throws: MailFailure.permanent(reason: "mail-subject")) { try Mail.sample(subject: subject).message() }
    }

    @Test(arguments: ["", "<a>", "a@b", "<a@b>\r\nX: y", "<a b@c>", "<a@b@c>", "<<a@b>>"])
    func `a Message-ID that is not one is refused`(id: String) {
        #expect(throws: MailFailure.permanent(reason: "mail-message-id")) { try Mail.sample(messageID: id).message() }
    }

    @Test(arguments: ["javascript:alert(1)", "", "http://", "https://a b", "https://a.no\r\nx", "data:text/html,x"])
    func `only a web address is linked to`(url: String) {
        var mail = Mail.sample()
        mail.link.url = url
        #expect(throws: MailFailure.permanent(reason: "mail-link")) { try mail.message() }
    }

    @Test(arguments: [
        ("trivsel@ntnu.no", nil, "trivsel@ntnu.no"), (" Trivsel <trivsel@ntnu.no> ", "Trivsel", "trivsel@ntnu.no"),
        ("\"Trivsel, NTNU\" <t@ntnu.no>", "Trivsel, NTNU", "t@ntnu.no"), ("<t@ntnu.no>", nil, "t@ntnu.no"),
    ])
    func `a sender may have a name`(text: String, name: String?, address: String) {
        #expect(MailAddress(text)?.name == name)
        #expect(MailAddress(text)?.address == address)
    }

    @Test func `words of the mail are escaped in HTML`() {
        var mail = Mail.sample(subject: "a <b> & c", paragraphs: ["<script>alert(\"1\")</script>\nlinje to"])
        mail.link.label = "'x'"
        let html = MailHTML.page(mail)
        #expect(!html.contains("<script>"))
        #expect(html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;<br>\nlinje to"))
        #expect(html.contains("<title>a &lt;b&gt; &amp; c</title>"))
        #expect(html.contains("href=\"https://trivsel.example.org/deviations/42?a=1&amp;b=2\""))
        #expect(html.contains("&#39;x&#39;"))
    }

    @Test func `a mail is read from the host's JSON`() throws {
        let json = """
            {"to":"a@b.no","language":"nn","subject":"Emne","paragraphs":["Ein","To"],
             "link":{"url":"https://x.no/1","label":"Opne"},"footer":"Botn","messageID":"<1@x.no>"}
            """
        let mail = try JSONDecoder().decode(Mail.self, from: Data(json.utf8))
        #expect(mail.language == .nn)
        #expect(mail.link == .init(url: "https://x.no/1", label: "Opne"))
        #expect(mail.paragraphs == ["Ein", "To"])
    }
}
