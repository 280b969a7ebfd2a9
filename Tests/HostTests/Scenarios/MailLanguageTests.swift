import Host
import Testing
import TrivselTesting

/// In which language a mail is written.
@Suite struct MailLanguageTests {
    @Test(arguments: Engine.all)
    func `a worker gets each mail in the language of who is to read it`(_ engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let number = try await host.number(of: host.report(by: "priya"))
            let mails = try await host.takenMails(waitingFor: 2)
            let own = try #require(mails.first { $0.to.hasPrefix("priya@") })
            #expect(own.language == "en" && own.subject == "We have received your report (\(number))")
            let officer = try #require(mails.first { $0.to.hasPrefix("ingrid@") })
            #expect(officer.language == "nb" && officer.subject != own.subject)
        }
    }

    @Test func `it is the language that they have chosen by the time that it is sent`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let number = try await host.number(of: host.report())
            try await eventually("two mails wait") { try await host.mailJobs().count == 2 }
            try await host.browser("kari").post("/language", ["language": "nn"])
            let mails = try await host.takenMails(waitingFor: 2)
            let own = try #require(mails.first { $0.to.hasPrefix("kari@") })
            #expect(own.language == "nn" && own.subject == "Meldinga di er motteken (\(number))")
        }
    }
}
