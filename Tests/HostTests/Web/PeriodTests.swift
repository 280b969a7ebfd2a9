import HTTPTypes
import ModuleKit
import Testing
import TrivselTesting

/// How long an answer may take is said as it is set.
@Suite struct PeriodTests {
    @Test(arguments: [
        (28, "fire uker", "fire veker", "four weeks"), (7, "én uke", "éi veke", "one week"),
        (10, "ti dager", "ti dagar", "ten days"), (1, "én dag", "éin dag", "one day"),
        (84, "tolv uker", "tolv veker", "twelve weeks"),
        (91, "13 uker", "13 veker", "13 weeks"), (30, "30 dager", "30 dagar", "30 days"),
    ])
    func `days are said in weeks where that comes out even`(days: Int, nb: String, nn: String, en: String) {
        #expect(Language.allCases.map { Period.text(days: days, $0) } == [nb, nn, en])
    }

    @Test func `pages promise an answer within the time that is set`() async throws {
        try await HostHarness.with(
            modules: [Deviations.self], environment: ["TRIVSEL_DEVIATIONS_LIMIT_DAYS": "10"]
        ) { host in
            let visitor = host.visitor()
            let front = try await visitor.get("/").text
            #expect(front.contains("Du får svar innen ti dager.") && front.contains("Innen ti dager vet du"))
            #expect(try await visitor.get("/accessibility").text.contains("Du får svar innen ti dager."))
            #expect(!front.contains("fire uker"))
        }
    }

    @Test func `nobody is promised an answer, or sent to sign in, when there is nothing to report to`() async throws {
        try await HostHarness.with(modules: [Deviations.self, Whistleblowing.self], enabled: ["whistleblowing"]) {
            host in
            let visitor = host.visitor()
            let front = try await visitor.get("/").text
            #expect(!front.contains("Du får svar innen") && !front.contains("Logg inn for å melde fra"))
            #expect(!(try await visitor.get("/accessibility").text.contains("Du får svar innen")))
        }
    }
}
