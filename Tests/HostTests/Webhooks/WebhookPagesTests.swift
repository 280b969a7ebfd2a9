import EventBus
import Foundation
import HTTPTypes
import ModuleKit
import Storage
import Testing
import TrivselTesting
import WebhookKit

@testable import Host

/// What an administrator does with webhooks, by pages and by the API.
@Suite(.timeLimit(.minutes(5))) struct WebhookPagesTests {
    private static let form: KeyValuePairs<String, String> = [
        "label": "Statistikk <b>", "address": Hooks.address, "topics": "deviations.* whistleblowing.received.v1",
    ]

    private func secret(in page: Answer) -> String? {
        page.text.firstMatch(of: /<pre>(whsec_[A-Za-z0-9+\/=]+)<\/pre>/).map { String($0.1) }
    }

    @Test(arguments: Engine.all)
    func `one is made, shown its secret once, changed, tested, paused, resumed and deleted`(_ engine: Engine)
        async throws
    {
        try await Hooks.with(engine) { hooks in
            let anders = try await hooks.host.browser("anders")
            #expect(try await anders.get("/admin/webhooks").text.contains("Ingen mottar hendelser"))
            #expect(try await anders.get("/admin/webhooks/new").status == .ok)
            let made = try await anders.post("/admin/webhooks", Self.form)
            let first = try #require(secret(in: made))
            #expect(WebhookSecret(first) != nil)
            let list = try await anders.get("/admin/webhooks").text
            #expect(list.contains("Statistikk &lt;b&gt;") && list.contains(Hooks.address) && !list.contains("whsec_"))
            let path = try #require(
                list.firstMatch(of: /href="(\/admin\/webhooks\/[0-9a-f-]{36})"/).map { String($0.1) })
            let shown = try await anders.get(path)
            #expect(shown.text.contains("whistleblowing.received.v1") && !shown.text.contains("whsec_"))

            #expect(try await anders.post(path, ["go": "test"]).location == "\(path)?done=test")
            try await hooks.working { worker in
                let request = try #require(try await worker.take("webhooks").first).request
                #expect(request.body.contains(#""type":"webhooks.tested.v1""#))
                let address = "/api/v1/events/webhooks.tested.v1/schema"
                #expect(request.body.contains(address))
                #expect(try await hooks.host.stranger().get(address).status == .ok)
            }
            #expect(try await anders.get(path).text.contains("webhooks.tested.v1"))
            let renewed = try await anders.post(path, ["go": "secret"])
            #expect(try #require(secret(in: renewed)) != first)
            #expect(try await anders.post(path, ["go": "pause"]).location == "\(path)?done=pause")
            let refused = try await anders.post(path, ["go": "test"])
            #expect(refused.status == .unprocessableContent && refused.text.contains("satt på pause"))
            #expect(try await anders.post(path, ["go": "resume"]).location == "\(path)?done=resume")
            let saved = try await anders.post(
                path, ["go": "save", "label": "Annet", "address": "\(Hooks.address)2", "topics": "a.b.v1,c.*"])
            #expect(saved.location == "\(path)?done=save")
            let after = try await anders.get(path).text
            #expect(after.contains("\(Hooks.address)2") && after.contains("a.b.v1 c.*"))
            #expect(try await anders.post(path, ["go": "explode"]).status == .badRequest)
            #expect(try await anders.post(path, ["go": "delete"]).location == "/admin/webhooks?done=delete")
            #expect(try await anders.get(path).status == .notFound)
        }
    }

    @Test(arguments: [
        ("address", "https://10.0.0.1/", "internt nett"), ("address", "https://[::ffff:127.0.0.1]/", "internt nett"),
        ("address", "https://localhost./", "nummeret dens"),
        ("address", "http://127.0.0.1/", "må begynne med https://"),
        ("address", "https://u@127.0.0.1/", "foran maskinen"), ("address", "https://127.0.0.1:0/", "1 til 65535"),
        ("address", "https://nobody.invalid/", "ingen maskin"), ("address", "bare tull", "begynner med https://"),
        ("label", " ", "høyst 100 tegn"), ("topics", "Deviations", "1–50 hendelsestyper"), ("topics", "", "1–50"),
    ])
    func `what cannot be is said beside its field, and what was typed is kept`(
        _ field: String, _ value: String, _ words: String
    ) async throws {
        try await Hooks.with { hooks in
            let anders = try await hooks.host.browser("anders")
            try await anders.get("/admin/webhooks/new")
            let fields = Dictionary(uniqueKeysWithValues: Self.form.map { ($0.key, $0.value) })
            let answer = try await anders.post(
                "/admin/webhooks",
                [
                    "label": field == "label" ? value : fields["label"] ?? "",
                    "address": field == "address" ? value : fields["address"] ?? "",
                    "topics": field == "topics" ? value : fields["topics"] ?? "",
                ])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("id=\"\(field)-error\"") && answer.text.contains(words))
            #expect(answer.text.contains("value=\"\(value)\""))
        }
    }

    @Test(arguments: ["nb", "nn", "en"])
    func `nobody else sees them, in any language`(_ language: String) async throws {
        try await Hooks.with { hooks in
            let hook = try await hooks.add()
            let paths = ["/admin/webhooks", "/admin/webhooks/new", "/admin/webhooks/\(hook.id)"]
            let anders = try await hooks.host.browser("anders")
            for path in paths {
                let answer = try await anders.get(path, headers: [.acceptLanguage: language])
                #expect(answer.status == .ok && answer.text.contains("href=\"/admin/webhooks\""))
                for person in ["kari", "ingrid", "dagny", "sissel"] {
                    #expect(try await hooks.host.browser(person).get(path).status == .forbidden, "\(person) \(path)")
                }
            }
            for person in ["kari", "ingrid", "dagny", "sissel"] {
                let client = try await hooks.host.api(person)
                #expect(try await client.get("/api/v1/webhooks").status == .forbidden)
                #expect(try await client.post("/api/v1/webhooks", Hooks.body()).status == .forbidden)
                #expect(try await client.delete("/api/v1/webhooks/\(hook.id)").status == .forbidden)
                #expect(try await client.post("/api/v1/webhooks/\(hook.id)/secret", "").status == .forbidden)
                #expect(try await client.get("/api/v1/webhooks/\(hook.id)/deliveries").status == .forbidden)
            }
            #expect(try await hooks.host.stranger().get("/api/v1/webhooks").status == .unauthorized)
        }
    }

    @Test func `an administrator of a faculty alone may not send out what happens elsewhere`() async throws {
        try await Hooks.with { hooks in
            try await hooks.host.grant(.administrator, to: "kari", at: "ie")
            let kari = try await hooks.host.browser("kari")
            #expect(try await kari.get("/admin/webhooks").status == .forbidden)
            #expect(!(try await kari.get("/admin/events").text.contains("/admin/webhooks")))
        }
    }

    @Test(arguments: Engine.all)
    func `the API refuses what is wrong or old, and a repeat makes no second one and tells no secret`(_ engine: Engine)
        async throws
    {
        try await Hooks.with(engine) { hooks in
            let key: HTTPFields = [HTTPField.Name("Idempotency-Key")!: "k1"]
            let first = try await hooks.anders.post("/api/v1/webhooks", Hooks.body(), headers: key)
            let again = try await hooks.anders.post("/api/v1/webhooks", Hooks.body(), headers: key)
            let hook = try first.json(Hooks.Shown.self)
            #expect(first.status == .created && first.location == "/api/v1/webhooks/\(hook.id)")
            #expect(hook.secret != nil && again.status == .created)
            #expect(try again.json(Hooks.Shown.self).id == hook.id && !again.text.contains("secret\""))
            #expect(try await hooks.anders.get("/api/v1/webhooks").text.matches(of: /"label"/).count == 1)

            let bad = try await hooks.anders.post(
                "/api/v1/webhooks", Hooks.body("?", address: "https://10.0.0.1", state: "off"))
            #expect(bad.status == .unprocessableContent)
            #expect(try bad.json(ProblemBody.self).errors?.map(\.field) == ["address", "topics", "state"])
            let path = "/api/v1/webhooks/\(hook.id)"
            #expect(try await hooks.anders.put(path, Hooks.body()).status == .init(code: 428))
            #expect(
                try await hooks.anders.put(path, Hooks.body(), headers: [.ifMatch: "\"9\""]).status
                    == .preconditionFailed)
            #expect(try await hooks.put(hook.id, Hooks.body("a.*")).header("ETag") == "\"2\"")
            #expect(try await hooks.anders.post(path + "/test", "").status == .accepted)
            #expect(try await hooks.put(hook.id, Hooks.body(state: "paused")).status == .ok)
            #expect(try await hooks.anders.post(path + "/test", "").status == .unprocessableContent)
        }
    }

    @Test(arguments: Engine.all)
    func `no secret stands in the database as it is`(_ engine: Engine) async throws {
        try await Hooks.with(engine) { hooks in
            let key: HTTPFields = [HTTPField.Name("Idempotency-Key")!: "k1"]
            let made = try await hooks.anders.post("/api/v1/webhooks", Hooks.body(), headers: key)
            let secret = try #require(try made.json(Hooks.Shown.self).secret)
            let stored = try await hooks.host.base.database.read { reader in
                try reader.query("SELECT secret FROM webhooks_hook") { String(decoding: $0.bytes(0), as: UTF8.self) }
                    + reader.query("SELECT body FROM idempotency_answer") { $0.text(0) }
            }
            #expect(stored.count == 2 && stored.allSatisfy { !$0.contains(secret) && !$0.contains("whsec_") })
        }
    }
}
