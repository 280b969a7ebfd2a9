import HTTPTypes
import Storage
import Testing
import TrivselTesting

/// Legal references are data with a day from which they count.
@Suite struct ReferenceTests {
    private static let page = "/admin/references"
    private static let path = "/api/v1/legal-references"

    private struct References: Decodable {
        struct Item: Decodable, Equatable { let key, validFrom: String }
        let items: [Item]
    }

    private func form(_ key: String = "preliminary-reply", from: String = "2026-12-01") -> KeyValuePairs<String, String>
    {
        [
            "key": key, "validFrom": from, "text.nb": "forvaltningsloven § 30", "text.nn": "forvaltningslova § 30",
            "text.en": "Public Administration Act <§ 30>",
        ]
    }

    private func body(_ key: String = "preliminary-reply", from: String = "2026-12-01") -> String {
        """
        {"key":"\(key)","validFrom":"\(from)","text":{"nb":"helselova § 7","nn":"helselova § 7","en":"Health Act § 7"}}
        """
    }

    @Test(arguments: Engine.all)
    func `a new version shows from its day and not before`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let unni = try await host.browser("unni")
            #expect(try await unni.get(Self.page).text.contains("forvaltningsloven § 11 a"))
            #expect(try await unni.post(Self.page, form()).location == "\(Self.page)?done=1")
            #expect(try await unni.get(Self.page).text.contains("Gjelder senere"))
            let added = try await host.api("anders").post(Self.path, body("health-of-others"))
            #expect(added.status == .created)
            let refusal = try await host.api("unni").post(Self.path, body("refusal-internal", from: "2026-11-29"))
            #expect(refusal.status == .created)

            for isAfter in [false, true] {
                if isAfter { host.clock.advance(seconds: 5 * 86_400) }
                let desk = try await host.browser("hamid").get("/deviations/\(id)").text
                #expect(desk.contains("forvaltningsloven § 30") == isAfter)
                #expect(desk.contains("forvaltningsloven § 11 a") != isAfter)
                for (language, old, new) in [
                    ("nb", "universitets- og høyskoleloven § 2-8", "helselova § 7"),
                    ("nn", "universitets- og høgskulelova § 2-8", "helselova § 7"),
                    ("en", "University Act § 2-8", "Health Act § 7"),
                ] {
                    let privacy = try await host.visitor(language: language).get("/privacy").text
                    #expect(privacy.contains(new) == isAfter && privacy.contains(old) != isAfter, "\(language)")
                }
                let grounds = try await host.api("unni").get("/api/v1/privacy-grounds?kind=access").text
                #expect(grounds.contains("helselova § 7") == isAfter && grounds.contains("bokstav d"))
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a version comes after the last of its key and not before today, in all three languages`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let (unni, client) = (try await host.browser("unni"), try await host.api("unni"))
            try await unni.get(Self.page)
            #expect(try await client.post(Self.path, body()).status == .created)
            let before = try await host.stranger().get(Self.path).json(References.self).items
            #expect(before.contains(References.Item(key: "preliminary-reply", validFrom: "2026-12-01")))
            for (key, from, field) in [
                ("preliminary-reply", "2026-11-30", "validFrom"), ("preliminary-reply", "2026-12-01", "validFrom"),
                ("archives", "2026-11-26", "validFrom"), ("archives", "", "validFrom"),
                ("archives", "1. mai", "validFrom"), ("nothing", "2027-01-01", "key"), ("", "2027-01-01", "key"),
            ] {
                let refused = try await client.post(Self.path, body(key, from: from))
                #expect(refused.status == .unprocessableContent)
                #expect(try refused.json(ProblemBody.self).errors?.map(\.field) == [field], "\(key) \(from)")
                let page = try await unni.post(Self.page, form(key, from: from))
                #expect(page.status == .unprocessableContent && page.text.contains("href=\"#\(field)\""))
                #expect(page.text.contains("Public Administration Act &lt;§ 30&gt;"))
            }
            let empty = try await client.post(Self.path, #"{"key":"archives","validFrom":"2027-01-01"}"#)
            #expect(
                try empty.json(ProblemBody.self).errors?.map(\.field) == ["text.nb", "text.nn", "text.en"])
            #expect(try await host.stranger().get(Self.path).json(References.self).items == before)
        }
    }

    @Test func `only those who run the installation change them`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            for person in ["kari", "ingrid", "dagny"] {
                let browser = try await host.browser(person)
                #expect(try await browser.get(Self.page).status == .forbidden)
                #expect(try await browser.post(Self.page, form()).status == .forbidden)
                #expect(try await host.api(person).post(Self.path, body()).status == .forbidden)
            }
            for person in ["unni", "anders"] {
                #expect(try await host.browser(person).get(Self.page).status == .ok)
            }
            #expect(try await host.stranger().post(Self.path, body()).status == .unauthorized)
        }
    }
}
