import EventKit
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// A file with a virus, by the forms that people use, with a real clamd.
@Suite(.timeLimit(.minutes(5))) struct VirusFormTests {
    private static let refusals = [
        ("nb", "det er funnet virus i den"), ("nn", "det er funne virus i ho"), ("en", "a virus was found in it"),
    ]

    private func stored(_ host: HostHarness) async throws -> Int {
        try await host.base.database.read {
            try $0.first("SELECT (SELECT COUNT(*) FROM vault_file) + (SELECT COUNT(*) FROM vault_file_part)") {
                $0.int(0)
            }
        } ?? -1
    }

    private func withClamd(_ body: (HostHarness) async throws -> Void) async throws {
        try await Clamd.run { socket in
            let settings = ["TRIVSEL_ATTACHMENTS_CLAMD": "unix:\(socket)"]
            try await HostHarness.with(modules: [Deviations.self, Whistleblowing.self], environment: settings) { host in
                try await body(host)
            }
        }
    }

    @Test func `a virus in the form of a report is refused in the reader's language, and nothing of it is stored`()
        async throws
    {
        try await withClamd { host in
            let visitor = host.visitor()
            for (language, reason) in Self.refusals {
                let answer = try await visitor.post(
                    Whistle.path,
                    list: [
                        ("language", language), ("step", "check"), ("as", "anonymous"), ("seed", "0123456789"),
                        ("category", "threats"), ("campus", "trondheim"), ("title", Whistle.title),
                        ("description", Whistle.text), ("go", "send"),
                    ], files: [Browser.File("notat.txt", Clamd.eicar)])
                #expect(answer.status == .unprocessableContent, "\(language)")
                #expect(answer.text.contains(reason) && answer.text.contains("notat.txt"), "\(language)")
                #expect(answer.text.contains(Whistle.text))
            }
            let cases = try await host.base.database.read {
                try $0.first("SELECT COUNT(*) FROM whistleblowing_case") { $0.int(0) }
            }
            #expect(try await stored(host) == 0 && cases == 0)
        }
    }

    @Test func `on the page of a case it is refused as well, and through the API; a clean file is taken`() async throws
    {
        try await withClamd { host in
            let id = try await host.report()
            let kari = try await host.browser("kari")
            try await kari.get("/deviations/mine/\(id)")
            let refused = try await kari.post(
                "/deviations/mine/\(id)", ["act": "add-files"], files: [Browser.File("notat.txt", Clamd.eicar)])
            #expect(refused.status == .unprocessableContent && refused.text.contains(Self.refusals[0].1))
            #expect(try await stored(host) == 0)
            let path = "/api/v1/deviations/\(id)/files"
            let api = try await host.api("kari")
            let sent = try await api.post(
                path, bytes: Clamd.eicar, type: "application/octet-stream",
                headers: [.contentDisposition: "attachment; filename=\"notat.txt\""])
            #expect(sent.status == .unprocessableContent && sent.text.contains("virus"), "\(sent.text)")
            #expect(try await stored(host) == 0)
            let clean = try await api.post(
                path, bytes: Array("ren tekst fra API-et".utf8), type: "application/octet-stream",
                headers: [.contentDisposition: "attachment; filename=\"rent.txt\""])
            #expect(clean.status == .created, "\(clean.text)")
            let taken = try await kari.post(
                "/deviations/mine/\(id)", ["act": "add-files"],
                files: [Browser.File("notat.txt", Array("ren tekst".utf8))])
            #expect(taken.status == .seeOther, "\(taken.text)")
        }
    }
}
