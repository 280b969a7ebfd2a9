import Foundation
import Testing

@testable import Workers

extension Mail {
    /// An ordinary mail, with what a test is about set otherwise.
    static func sample(
        to: String = "kari@example.org", subject: String = "Meldingen din er mottatt",
        paragraphs: [String] = ["Hei.", "Vi har fått meldingen din."], messageID: String = "<d-1@trivsel.example.org>"
    ) -> Mail {
        Mail(
            to: to, language: .nb, subject: subject, paragraphs: paragraphs,
            link: .init(url: "https://trivsel.example.org/deviations/42?a=1&b=2", label: "Åpne meldingen"),
            footer: "Du får denne meldingen fordi du meldte et avvik.", messageID: messageID)
    }

    func message() throws -> MailMessage {
        let sender = try #require(MailAddress("Trivsel NTNU <trivsel@example.org>"))
        return try MailMessage(self, from: sender, at: Date(timeIntervalSince1970: 1_795_767_330))
    }
}
