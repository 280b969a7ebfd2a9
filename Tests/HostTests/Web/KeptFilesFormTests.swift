import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// Forms that may bring files are sent in another way than others: what was typed into them is kept as well.
@Suite struct KeptFilesFormTests {
    private static let text = "Sensor ble syk & ingen reserve finnes."

    @Test func `every form keeps what was typed with files when the session has ended while writing`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let pages = ["/sign-in", "/sign-out", "/language"]
            let forms = try await host.routes([Deviations.self])
                .filter { $0.method == .post && !$0.isForAPI && !pages.contains($0.path) }
            try #require(forms.count >= 30)
            let headers: HTTPFields = [.origin: "http://127.0.0.1:\(host.port)"]
            for route in forms {
                let path = route.address(id: id)
                let answer = try await host.visitor(language: "en").post(
                    path, ["text": Self.text, "dueOn": "2027-02-01"], files: [.picture], token: .other(""),
                    headers: headers)
                #expect(answer.status == .unauthorized, "\(route)")
                #expect(answer.text.contains("action=\"\(path)\""), "\(route)")
                #expect(answer.text.contains("Sensor ble syk &amp; ingen reserve"), "\(route)")
                #expect(answer.value(ofHidden: "dueOn") == "2027-02-01", "\(route)")
            }
            let stored = try await host.base.database.read {
                try $0.first("SELECT count(*) FROM deviations_file") { $0.int(0) }
            }
            #expect(stored == 0)
        }
    }

    private static let long = String(repeating: "lang tekst ", count: 100_000)

    /// Sends a note with a picture as Hamid, from a page of ours.
    private func note(_ text: String, after seconds: Int64 = 0, _ body: (HostHarness, Answer) async throws -> Void)
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let hamid = try await host.browser("hamid")
            try await hamid.get("/deviations/\(id)")
            host.clock.advance(seconds: seconds)
            let before = try await host.snapshot()
            let answer = try await hamid.post(
                "/deviations/\(id)/notes", ["text": text, "version": "3"], files: [.picture],
                headers: [.origin: "http://127.0.0.1:\(host.port)"])
            #expect(try await host.snapshot() == before)
            #expect(try await host.rows("vault_file") == 0)
            try await body(host, answer)
        }
    }

    @Test func `a text that is too long comes back whole, with the limit and what was not taken`() async throws {
        try await note(Self.long) { _, answer in
            #expect(answer.status == .contentTooLarge)
            #expect(answer.text.contains("Grensen er 1024 kB"))
            #expect(answer.text.contains("\n\(Self.long)</textarea>"))
            #expect(answer.value(ofHidden: "version") == "3", "what was typed after it")
            #expect(answer.text.contains("«bilde.gif» ble ikke tatt med: velg den på nytt."))
        }
    }

    @Test func `so does one that comes after the session has ended`() async throws {
        try await note(Self.long, after: 9 * 3600) { _, answer in
            #expect(answer.status == .unauthorized)
            #expect(answer.text.contains("\n\(Self.long)</textarea>"))
            #expect(answer.value(ofHidden: "version") == "3")
        }
    }

    @Test func `a text without end is refused with the same limit`() async throws {
        try await note(String(repeating: "lang tekst ", count: 400_000)) { _, answer in
            #expect(answer.status == .contentTooLarge)
            #expect(answer.text.contains("Grensen er 1024 kB") && !answer.text.contains("<textarea"))
        }
    }

    @Test func `a whistleblow that is too long comes back whole, and nothing of it is stored`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let visitor = host.visitor()
            try await visitor.get(Whistle.path)
            let answer = try await visitor.post(
                Whistle.path,
                list: [
                    ("language", "nn"), ("step", "check"), ("as", "anonymous"), ("seed", "0123456789"),
                    ("category", "threats"),
                    ("campus", "trondheim"), ("title", Whistle.title), ("description", Self.long), ("go", "send"),
                ], files: [.picture], headers: [.origin: "http://127.0.0.1:\(host.port)"])
            #expect(answer.status == .contentTooLarge)
            #expect(answer.text.contains("Grensa er 1024 kB") && answer.text.contains("<html lang=\"nn\""))
            #expect(answer.text.contains("\n\(Self.long)</textarea>") && answer.text.contains(Whistle.title))
            #expect(answer.text.contains("<title>Trivsel</title>") && answer.text.contains("data-exit"))
            #expect(try await host.rows("whistleblowing_case") == 0)
            #expect(try await host.rows("vault_file") == 0)
        }
    }

    @Test func `so does what an anonymous reporter adds later, with the code kept out of sight`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let visitor = host.visitor()
            let code = try await Whistle.report(visitor)
            func write(_ text: String) async throws -> Answer {
                try await visitor.post(
                    Whistle.path, ["step": "case", "code": code, "text": text, "go": "write"], files: [],
                    headers: [.origin: "http://127.0.0.1:\(host.port)"])
            }
            let refused = try await write(Self.long)
            #expect(refused.status == .contentTooLarge && refused.text.contains("\n\(Self.long)</textarea>"))
            #expect(refused.value(ofHidden: "code") == code && refused.text.matches(of: /<textarea/).count == 1)
            #expect(refused.text.contains("data-exit"))
            #expect(try await write("Kortere").text.contains("Kortere"))
        }
    }
}
