import Foundation
import HTTPTypes
import Host
import Testing
import TrivselTesting

/// What was typed into a form that could not be taken comes back with the answer.
@Suite struct KeptFormTests {
    private static let text = "Sensor ble syk, og ingen «reserve» & <plan> finnes.\nVi ringer i morgen."
    private static let shown = "Sensor ble syk, og ingen «reserve» &amp; &lt;plan&gt; finnes.\nVi ringer i morgen."

    /// As a browser sends a form of ours.
    private func own(_ host: HostHarness) -> HTTPFields { [.origin: "http://127.0.0.1:\(host.port)"] }

    private func run(
        _ engine: Engine = .sqlite, _ body: (HostHarness, Browser, String) async throws -> Void
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self, Alpha.self]) { host in
            let id = try await host.assignedCase()
            let hamid = try await host.browser("hamid")
            try await hamid.get("/deviations/\(id)")
            try await body(host, hamid, id)
        }
    }

    @Test func `a note sent after the session has ended is sent again by who has signed in`() async throws {
        try await run { host, hamid, id in
            host.clock.advance(seconds: 9 * 3600)
            let path = "/deviations/\(id)/notes?view=mine"
            let lost = try await hamid.post(path, ["version": "3", "text": Self.text], headers: own(host))
            #expect(lost.status == .unauthorized)
            #expect(lost.headers[.cacheControl] == "no-store")
            #expect(lost.text.contains("Du må logge inn på nytt"))
            #expect(lost.text.contains("href=\"/sign-in?back=/signed-in\""))
            #expect(lost.text.contains("action=\"\(path)\""))
            #expect(lost.text.contains("\n\(Self.shown)</textarea>"))
            #expect(lost.value(ofHidden: "version") == "3")
            #expect(lost.formToken == "")

            let again = try await hamid.post(path, ["version": "3", "text": Self.text], headers: own(host))
            #expect(again.text.contains(Self.shown), "still not signed in")
            let there = try await hamid.post("/sign-in", ["person": "hamid", "back": "/signed-in"], token: .none)
            #expect(there.location == "/signed-in")
            #expect(try await hamid.get("/signed-in").text.contains("Du er logget inn som Hamid"))

            let seen = try await hamid.post(
                path, ["version": "3", "text": Self.text], token: .other(""), headers: own(host))
            #expect(seen.text.contains("\(Self.shown)</textarea>"))
            #expect(seen.text.contains("Det blir sendt som Hamid"))
            let version = seen.value(ofHidden: "version") ?? ""
            let stored = try await hamid.post(path, ["version": version, "text": Self.text], headers: own(host))
            #expect(stored.status == .seeOther)
            #expect(try await hamid.get("/deviations/\(id)").text.contains("Sensor ble syk"))
        }
    }

    @Test func `somebody else who signs in does not send it as theirs without seeing it, nor with the old token`()
        async throws
    {
        try await run { host, hamid, id in
            let old = try await hamid.get("/deviations/\(id)").formToken ?? ""
            try await hamid.signIn("ingrid")
            let before = try await host.snapshot()
            let answer = try await hamid.post(
                "/deviations/\(id)/notes", ["version": "3", "text": Self.text], token: .other(old), headers: own(host))
            #expect(answer.text.contains("Det blir sendt som Ingrid Tangvik"))
            #expect(answer.text.contains("\(Self.shown)</textarea>"))
            #expect(try await host.snapshot() == before)
            try await hamid.signIn("ola")
            let strange = try await hamid.post(
                "/deviations/\(id)/notes", ["version": "3", "text": Self.text], token: .other(old), headers: own(host))
            #expect(strange.status == .notFound)
            #expect(strange.text.contains("\(Self.shown)</textarea>"))
            #expect(strange.formToken?.isEmpty == false && !strange.text.contains(old))
            let form = strange.text.firstRange(of: "action=\"/deviations/").map { strange.text[$0.lowerBound...] } ?? ""
            #expect(form.contains("name=\"_token\" value=\"\""), "else it would be sent unseen")
        }
    }

    @Test func `every form keeps what was typed when nobody is signed in`() async throws {
        try await run { host, _, id in
            let pages = ["/sign-in", "/sign-out", "/language", "/alpha/ring/{subject}"]
            let forms = try await host.routes([Deviations.self])
                .filter { $0.method == .post && !$0.isForAPI && !pages.contains($0.path) }
            try #require(forms.count >= 14)
            for route in forms {
                let path = route.address(id: id)
                let answer = try await host.visitor(language: "en")
                    .post(path, ["text": Self.text, "dueOn": "2027-02-01"], token: .other(""), headers: own(host))
                #expect(answer.status == .unauthorized, "\(route)")
                #expect(answer.text.contains("You need to sign in again"), "\(route)")
                #expect(answer.text.contains("action=\"\(path)\"") && answer.text.contains(Self.shown), "\(route)")
                #expect(answer.value(ofHidden: "dueOn") == "2027-02-01", "\(route)")
            }
        }
    }

    @Test func `while the database is away a form can be sent again`() async throws {
        try await run(.postgres) { host, hamid, id in
            try await host.withoutDatabase {
                let answer = try await hamid.post(
                    "/deviations/\(id)/notes", ["version": "3", "text": Self.text], headers: own(host))
                #expect(answer.status == .serviceUnavailable)
                #expect(answer.headers[.retryAfter] == "5")
                #expect(answer.text.contains("\(Self.shown)</textarea>"))
                #expect(answer.text.contains("Send på nytt"))
            }
        }
    }

    @Test(arguments: [401, 403, 404, 429, 500, 503])
    func `whatever a page answers, what was sent with its form comes back with the token of the session`(_ status: Int)
        async throws
    {
        try await run { host, hamid, _ in
            let answer = try await hamid.post(
                "/alpha/refuse/\(status)", ["title": "Min lange tittel", "choice": "b"], headers: own(host))
            #expect(answer.status.code == status)
            #expect(answer.text.contains("Min lange tittel</textarea>"))
            #expect(answer.value(ofHidden: "choice") == "b")
            let form = answer.text.firstRange(of: "action=\"/alpha/").map { answer.text[$0.lowerBound...] } ?? ""
            #expect(form.contains("name=\"_token\" value=\"\(answer.formToken ?? "none")\""))
        }
    }

    @Test func `a text that is too long can be shortened`() async throws {
        try await run { host, hamid, id in
            let long = String(repeating: "lang tekst ", count: 100_000)
            let answer = try await hamid.post("/deviations/\(id)/notes", ["text": long], headers: own(host))
            #expect(answer.status == .contentTooLarge)
            #expect(answer.text.contains("Grensen er 1024 kB"))
            #expect(answer.text.contains("\n\(long)</textarea>"))
        }
    }

    @Test func `what cannot be read of it is marked in the reader's language`() async throws {
        try await run { host, _, id in
            let text = Array("Sensuren ".utf8) + [0xE6] + Array(" forsinket".utf8)
            let path = "/deviations/\(id)/notes"
            let words = [
                "nb": "Teksten har tegn vi ikke kan lese", "nn": "Teksten har teikn vi ikkje kan lese",
                "en": "The text has characters we cannot read",
            ]
            for (language, words) in words {
                let visitor = host.visitor(language: language)
                let sent = try await visitor.post(
                    path, fields: [("text", text)], token: .other(""), headers: own(host))
                #expect(sent.status == .unauthorized && sent.text.contains(words), "\(language)")
                var headers = own(host)
                headers[.contentType] = "multipart/form-data; boundary=x"
                let head = "\r\nContent-Disposition: form-data; name="
                let body =
                    Array("--x\(head)\"_token\"\r\n\r\n\r\n--x\(head)\"text\"\r\n\r\n".utf8) + text
                    + Array("\r\n--x--\r\n".utf8)
                let withFiles = try await visitor.send(.post, path, headers: headers, body: body)
                #expect(withFiles.status == .unauthorized && withFiles.text.contains(words), "\(language)")
            }
        }
    }

    @Test func `what a whistleblower has written comes back in the language they chose there, with the quick exit`()
        async throws
    {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let visitor = host.visitor()
            try await visitor.get(Whistle.path)
            let long = String(repeating: "lang tekst ", count: 100_000)
            let answer = try await visitor.post(
                Whistle.path,
                ["language": "en", "step": "tell", "as": "anonymous", "description": long, "go": "next"],
                headers: own(host))
            #expect(answer.status == .contentTooLarge && answer.text.contains("\n\(long)</textarea>"))
            #expect(answer.text.contains("The limit is 1024 kB") && answer.text.contains("<html lang=\"en\""))
            #expect(answer.text.contains("<title>Trivsel</title>") && answer.text.contains("data-exit"))
        }
    }

    @Test func `a form without end is refused`() async throws {
        try await run { host, hamid, id in
            let long = String(repeating: "lang tekst ", count: 400_000)
            let answer = try await hamid.post("/deviations/\(id)/notes", ["text": long], headers: own(host))
            #expect(answer.status == .contentTooLarge)
            #expect(answer.text.contains("Grensen er 1024 kB") && !answer.text.contains("<textarea"))
        }
    }

    @Test(arguments: [
        [:], ["Origin": "https://evil.example"], ["Origin": "null"], ["Sec-Fetch-Site": "cross-site"],
        ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "none"],
    ])
    func `what no page of ours has sent is not shown as a form to send`(_ given: [String: String]) async throws {
        try await run { host, _, id in
            let headers = HTTPFields(
                given.compactMap { pair in
                    HTTPField.Name(pair.key).map { HTTPField(name: $0, value: pair.value) }
                })
            let answer = try await host.visitor().post(
                "/deviations/\(id)/notes", ["text": Self.text], token: .other(""), headers: headers)
            #expect(answer.status == .unauthorized || answer.status == .forbidden)
            #expect(!answer.text.contains("Sensor ble syk") && !answer.text.contains("Send på nytt"))
        }
    }

    @Test func `it is never sent to another site`() async throws {
        try await run { host, _, id in
            let answer = try await host.visitor().post(
                "//evil.example/notes", ["text": Self.text], token: .other(""), headers: own(host))
            #expect(answer.status.code >= 400)
            #expect(!answer.text.contains("action=\"//") && !answer.text.contains("Sensor ble syk"))
        }
    }

    @Test func `passwords and tokens are not carried`() async throws {
        try await run { host, _, id in
            let answer = try await host.visitor().post(
                "/deviations/\(id)/notes",
                ["text": "En tekst", "_secret": "s1", "newPassword": "s2", "api-token": "s3", "clientSecret": "s4"],
                token: .other("s5"), headers: own(host))
            #expect(answer.text.contains("En tekst"))
            for secret in 1...5 { #expect(!answer.text.contains("\"s\(secret)\"")) }
        }
    }
}
