import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting

/// The front page leads to the right form in one step; a button elsewhere leads there too.
@Suite struct FrontDoorTests {
    /// Where the doors lead, in order.
    private func doors(_ page: String) -> [String] {
        page.matches(of: /<a class="door [a-z]+" href="([^"]+)"/).map { String($0.output.1) }
    }

    @Test func `a student chooses among what is on, and can always talk to somebody`() async throws {
        try await HostHarness.with(modules: [Deviations.self, Alpha.self], enabled: ["deviations"]) { host in
            let page = try await host.browser("kari").get("/").text
            #expect(doors(page) == ["/deviations/report", "/help", "/help"])
        }
        try await HostHarness.with(modules: [Deviations.self, Alpha.self], enabled: ["alpha"]) { host in
            let page = try await host.visitor().get("/").text
            #expect(doors(page) == ["/alpha", "/help", "/help"])
        }
    }

    @Test func `a page that names violence, and the one of those who help, can be left quickly`() async throws {
        try await HostHarness.with(
            modules: [Deviations.self],
            environment: [
                "TRIVSEL_HELP_EXIT_URL": "https://help.test/", "TRIVSEL_DEVIATIONS_EXIT_URL": "https://door.test/",
            ]
        ) { host in
            let kari = try await host.browser("kari")
            let door = try await kari.get("/deviations/report").text
            #expect(door.contains("href=\"https://door.test/\" rel=\"noreferrer\" data-exit"))
            // What one has begun to write is kept for who is signed in.
            #expect(door.contains("data-person=\"kari\""))
            #expect(!(try await kari.get("/deviations/report?step=1").text.contains("data-exit")))
            let help = try await host.visitor().get("/help").text
            #expect(help.contains("href=\"https://help.test/\" rel=\"noreferrer\" data-exit"))
        }
    }

    @Test func `a deep link presets unit, campus and category, also when one has to sign in first`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let path = "/deviations/report?unit=hf-isl&campus=alesund&category=grading"
            let visitor = host.visitor()
            let answer = try await visitor.get(path)
            #expect(
                answer.location
                    == "/sign-in?back=/deviations/report%3Funit%3Dhf-isl%26campus%3Dalesund%26category%3Dgrading")
            let page = try await host.browser("kari").get(path)
            #expect(page.value(ofHidden: "unit") == "hf-isl" && page.value(ofHidden: "campus") == "alesund")
            #expect(page.value(ofHidden: "category") == "grading")
        }
    }

    @Test func `a deep link that names what there is not presets nothing`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let page = try await host.browser("kari").get(
                "/deviations/report?unit=ntnu&campus=%22%3E&category=weather&title=x")
            #expect(page.value(ofHidden: "unit") == "ie-idi" && page.value(ofHidden: "campus") == "trondheim")
            #expect(!page.text.contains(" checked"))
        }
    }

    @Test func `the button is a plain link in inline style, with what was chosen and nothing else`() async throws {
        try await HostHarness.with(
            modules: [Deviations.self], environment: ["TRIVSEL_HTTP_PUBLIC_URL": "http://127.0.0.1:8080"]
        ) { host in
            let page = try await host.visitor().get(
                "/si-ifra?form=%2Fdeviations%2Freport&unit=ie-idi&campus=oslo&category=grading&button=en&x=%3Cscript%3E"
            ).text
            let url = "http://127.0.0.1:8080/deviations/report?unit=ie-idi&amp;amp;category=grading"
            #expect(page.contains("&lt;a href=&quot;\(url)&quot; lang=&quot;en&quot; style=&quot;display:inline-block"))
            #expect(page.contains("Speak up&lt;/a&gt;") && !page.contains("oslo") && !page.contains("&lt;script"))
            #expect(
                try await host.visitor().get("/si-ifra?form=https%3A%2F%2Fevil.test").text.contains(
                    "http://127.0.0.1:8080/deviations/report"))
        }
    }

    @Test func `without a form to lead to there is no button`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let page = try await host.visitor().get("/si-ifra")
            #expect(page.text.contains("Ingen skjemaer er slått på."))
            #expect(try await host.visitor().get("/si-ifra/qr.svg").status == .notFound)
        }
    }

    @Test func `the QR code comes as SVG and PNG, safe to show anywhere`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let svg = try await host.visitor().get("/si-ifra/qr.svg?unit=ie-idi")
            #expect(
                svg.headers[.contentType] == "image/svg+xml" && svg.text.hasPrefix("<svg ")
                    && !svg.text.contains("script"))
            let png = try await host.visitor().get("/si-ifra/qr.png?unit=ie-idi")
            #expect(png.headers[.contentType] == "image/png" && Array(png.body.prefix(4)) == [0x89, 0x50, 0x4E, 0x47])
            #expect(png.body.count < 20_000)
        }
    }
}
