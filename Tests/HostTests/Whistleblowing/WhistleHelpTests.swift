import HTTPTypes
import Host
import Testing
import TrivselTesting

/// Wherever one tells something, the ombud is within reach (V6).
@Suite struct WhistleHelpTests {
    private func panel(_ answer: Answer) throws -> String {
        let panels = answer.text.matches(of: /<aside class="note care help.*?<\/aside>/)
        #expect(panels.count == 1)
        return String(try #require(panels.first, "\(answer.text)").output)
    }

    @Test
    func `the ombud and those bound to secrecy at the campus stand on every step, and so do the emergency numbers`()
        async throws
    {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let visitor = host.visitor()
            let first = try panel(try await visitor.get(Whistle.path))
            #expect(first.contains("Studentombudet") && first.contains("tel:112"))
            for (language, ombud) in [("nb", "Studentombudet"), ("nn", "Studentombodet"), ("en", "The student ombud")] {
                for step in ["about", "tell", "readers", "check"] {
                    let page = try await visitor.post(
                        Whistle.path,
                        [
                            "step": step, "language": language, "as": "anonymous", "seed": "a seed",
                            "category": "harassment", "campus": "gjovik", "title": Whistle.title,
                            "description": Whistle.text,
                        ])
                    let help = try panel(page)
                    #expect(help.contains(ombud) && help.contains("tel:113"), "\(step)")
                    #expect(help.contains("prest.gjovik@ntnu.test") && !help.contains("trondheim@"), "\(step)")
                }
            }
            let code = try await Whistle.report(visitor)
            let last = try panel(try await Whistle.open(visitor, code))
            #expect(last.contains("Studentombudet") && last.contains("prest.trondheim@ntnu.test"))
        }
    }

    @Test func `and so they do on every step of the report form`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let kari = try await host.browser("kari")
            try await kari.get("/deviations/report")
            for step in ["0", "1", "2", "3", "4", "5"] {
                let page = try await kari.post(
                    "/deviations/report",
                    [
                        "step": step, "go": "to-\(step)", "serious": "none", "unit": "ie-idi", "campus": "trondheim",
                        "category": "grading", "environment": "digital", "ordinaryChannels.tried": "no",
                        "ordinaryChannels.reason": "Det haster", "title": "Sensur", "description": "Ingen svarer.",
                    ])
                #expect(try panel(page).contains("Studentombudet"), "\(step)")
            }
        }
    }
}
