import Foundation
import HTTPTypes
import Storage
import Testing
import TrivselTesting

/// Where the institution takes reports by name only.
@Suite struct NamedOnlyTests {
    private static let off = ["TRIVSEL_WHISTLEBLOWING_ANONYMOUS": "false"]
    private static let body =
        #"{"category":"threats","campus":"trondheim","title":"Trusler","description":"Han truet oss."}"#

    private func form(_ step: String, as who: String) -> [(name: String, value: [UInt8])] {
        [
            ("step", step), ("go", "send"), ("as", who), ("seed", UUID().uuidString), ("category", "harassment"),
            ("campus", "trondheim"), ("title", Whistle.title), ("description", Whistle.text),
        ].map { ($0.0, Array($0.1.utf8)) }
    }

    @Test(arguments: Engine.all)
    func `with anonymous reports off, page and API take reports by name only, and say so`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Whistleblowing.self], environment: Self.off) { host in
            let visitor = host.visitor()
            let wayIn = try await visitor.get(Whistle.path).text
            #expect(wayIn.contains("Her tas det bare imot varsler med navn") && !wayIn.contains("value=\"anonymous\""))
            #expect(!wayIn.contains("du trenger ikke si hvem du er") && !wayIn.contains("anonymt"))
            #expect(try await !visitor.get("/").text.contains("Du kan være anonym"))
            #expect(try await !visitor.get("/privacy").text.contains("Når du varsler anonymt"))
            let begun = try await visitor.post(Whistle.path, ["step": "start", "go": "anonymous"])
            #expect(begun.text.contains("role=\"alert\"") && !begun.text.contains("name=\"description\""))
            let sent = try await visitor.post(Whistle.path, fields: form("check", as: "anonymous"))
            #expect(sent.status == .unprocessableContent && sent.text.contains("bare imot varsler med navn"))
            let refused = try await host.stranger().post("/api/v1/whistleblowing", Self.body)
            #expect(refused.status == .forbidden && refused.text.contains("named-only"))
            #expect(try await Whistle.cases(try await host.browser("vigdis")).isEmpty)

            // What somebody meant to send without a name is shown with it before it goes.
            let kari = try await host.browser("kari")
            try await kari.get(Whistle.path)
            let shown = try await kari.post(Whistle.path, fields: form("check", as: "anonymous"))
            #expect(shown.status == .unprocessableContent && shown.value(ofHidden: "as") == "named")
            #expect(shown.text.contains("Kari Moen Solbakken") && shown.text.contains(Whistle.text))
            let named = try await kari.post(Whistle.path, fields: form("check", as: "named"))
            #expect(named.status == .ok)
            let byAPI = Self.body.dropLast() + #","named":true}"#
            #expect(try await host.api("kari").post("/api/v1/whistleblowing", String(byAPI)).status == .created)
            #expect(try await Whistle.cases(try await host.browser("vigdis")).count == 2)
        }
    }

    @Test(arguments: [true, false])
    func `the way out of the form for deviations says that one may stay anonymous only where one may`(mayBe: Bool)
        async throws
    {
        try await HostHarness.with(
            modules: [Deviations.self, Whistleblowing.self], environment: mayBe ? [:] : Self.off
        ) { host in
            for (person, words, way) in [
                ("kari", "Du kan være anonym", "Si fra om noe alvorlig"),
                ("priya", "You can stay anonymous", "Tell us about something serious"),
            ] {
                let browser = try await host.browser(person)
                try await browser.get("/deviations/report")
                let stopped = try await browser.post(
                    "/deviations/report", ["step": "0", "go": "next", "serious": "threats"]
                ).text
                #expect(stopped.contains(words) == mayBe && stopped.contains("value=\"anonymous\"") == mayBe)
                #expect(stopped.contains("value=\"named\"") && stopped.contains(way))
            }
        }
    }

    @Test func `unless it is set otherwise, one may stay anonymous`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let wayIn = try await host.visitor().get(Whistle.path).text
            #expect(wayIn.contains("value=\"anonymous\"") && !wayIn.contains("bare imot varsler med navn"))
            #expect(try await host.visitor().get("/").text.contains("Du kan være anonym"))
        }
    }
}
