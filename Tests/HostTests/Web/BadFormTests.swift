import HTTPTypes
import Host
import Testing
import TrivselTesting

/// What is wrong with a form is marked, and what was typed stays.
@Suite struct BadFormTests {
    private func run(_ body: (HostHarness, Browser) async throws -> Void) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            try await body(host, try await host.browser("kari"))
        }
    }

    private func fields(_ step: Int, _ given: [String: [UInt8]]) -> [(name: String, value: [UInt8])] {
        let all = [
            "step": Array("\(step)".utf8), "go": Array("next".utf8), "serious": Array("none".utf8),
            "category": Array("grading".utf8),
            "environment": Array("organisational".utf8),
        ].merging(given) { _, given in given }
        return all.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    @Test func `text that is not UTF-8 is marked, and what can be read of it stays`() async throws {
        try await run { host, kari in
            let before = try await host.snapshot()
            let title = Array("Sensuren ".utf8) + [0xE6, 0x72] + Array(" forsinket".utf8)
            let answer = try await kari.post(
                "/deviations/report",
                fields: fields(4, ["title": title, "description": Array("Fristen gikk ut.".utf8)]))
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("Teksten har tegn vi ikke kan lese"))
            #expect(answer.text.contains("href=\"#title\""))
            #expect(answer.text.contains("Sensuren \u{FFFD}r forsinket"))
            #expect(answer.text.contains("Fristen gikk ut."))
            #expect(try await host.snapshot() == before)
        }
    }

    @Test(arguments: [("title", 500), ("description", 50_000)])
    func `text that is too long is marked, all of it stays, and nothing is stored`(_ field: String, _ length: Int)
        async throws
    {
        try await run { host, kari in
            let before = try await host.snapshot()
            let long = String(repeating: "æ", count: length)
            var given = ["title": Array("Sensuren er forsinket".utf8), "description": Array("Fristen gikk ut.".utf8)]
            given[field] = Array(long.utf8)
            let answer = try await kari.post("/deviations/report", fields: fields(4, given))
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("href=\"#\(field)\""))
            #expect(answer.text.contains("id=\"\(field)-error\""))
            #expect(answer.text.contains(long))
            #expect(try await host.snapshot() == before)
        }
    }

    @Test func `an empty step marks each field, moves focus there and stores nothing`() async throws {
        try await run { host, kari in
            let before = try await host.snapshot()
            let answer = try await kari.post("/deviations/report", ["step": "1", "go": "next"])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("role=\"alert\" tabindex=\"-1\" autofocus"))
            for field in ["category", "environment"] { #expect(answer.text.contains("href=\"#\(field)\"")) }
            #expect(try await host.snapshot() == before)
        }
    }

    @Test(arguments: [("unit", "atlantis"), ("campus", "oslo"), ("category", "weather"), ("environment", "space")])
    func `a code that there is not is marked`(_ field: String, _ code: String) async throws {
        try await run { host, kari in
            let before = try await host.snapshot()
            let all = [
                "unit": "ie-idi", "campus": "trondheim", "category": "grading", "environment": "organisational",
                "ordinaryChannels.tried": "no",
                "ordinaryChannels.reason": "Det gjelder faglæreren", "title": "Sensuren",
                "description": "Fristen gikk ut.", "go": "send",
            ].merging([field: code]) { _, given in given }
            let answer = try await kari.post("/deviations/report", fields: fields(5, all.mapValues { Array($0.utf8) }))
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("href=\"#\(field)\""))
            #expect(try await host.snapshot() == before)
        }
    }

    @Test func `a form over one mebibyte is refused, with the limit`() async throws {
        try await run { host, kari in
            let before = try await host.snapshot()
            let answer = try await kari.post(
                "/deviations/report", ["description": String(repeating: "a", count: 1 << 20)])
            #expect(answer.status == .contentTooLarge)
            #expect(answer.text.contains("Grensen er 1024 kB"))
            #expect(try await host.snapshot() == before)
        }
    }

    @Test(arguments: ["application/json", "multipart/form-data; boundary=x", "text/plain", nil])
    func `what is no form is refused`(_ type: String?) async throws {
        try await run { _, kari in
            var headers: HTTPFields = [:]
            headers[.contentType] = type
            let answer = try await kari.send(.post, "/deviations/report", headers: headers, body: Array("step=1".utf8))
            #expect(answer.status == .badRequest)
        }
    }

    @Test func `markup in a field is shown as it was typed`() async throws {
        try await run { _, kari in
            let answer = try await kari.post(
                "/deviations/report", ["step": "4", "go": "next", "title": "<script>alert(\"1\")</script>'&"])
            #expect(answer.text.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;"))
            #expect(!answer.text.contains("<script>alert"))
        }
    }

    @Test func `a form in which somebody else was faster is shown again with what was typed`() async throws {
        try await run { host, _ in
            let id = try await host.assignedCase()
            let hamid = try await host.browser("hamid")
            let page = try await hamid.get("/deviations/\(id)")
            let seen = page.value(ofHidden: "version") ?? ""
            try await host.act("notes", on: id, by: "ingrid", #"{"text":"Jeg har ringt."}"#)
            let answer = try await hamid.post("/deviations/\(id)/notes", ["version": seen, "text": "Min egen merknad"])
            #expect(answer.text.contains("Noen andre har endret den"))
            #expect(answer.text.contains("Min egen merknad"))
            #expect(answer.text.contains("Jeg har ringt."))
        }
    }
}
