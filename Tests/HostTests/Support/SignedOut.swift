import EventKit
import HTTPTypes
import TrivselTesting

/// Reports of somebody who is not signed in, as the tests send them.
enum SignedOut {
    static let path = "/deviations/report"
    static let on = ["TRIVSEL_DEVIATIONS_SIGNED_IN": "false"]
    static let title = "Viften i U1 bråker"
    static let text = "Ingen hører foreleseren."

    static func fields(
        _ step: String = "5", go: String = "send",
        as id: String = Identifier.make(at: Timestamp(milliseconds: 1_795_000_000_000)),
        _ others: [(String, String)] = []
    ) -> [(String, String)] {
        [
            ("signedOut", "yes"), ("step", step), ("go", go), ("case", id), ("serious", "none"), ("unit", "ie-idi"),
            ("campus", "trondheim"), ("category", "equipment"), ("environment", "physical"),
            ("ordinaryChannels.tried", "no"), ("ordinaryChannels.reason", "Vet ikke hvem."), ("title", title),
            ("description", text),
        ] + others
    }

    static func send(_ browser: Browser, _ fields: [(String, String)] = fields(), headers: HTTPFields = [:])
        async throws -> Answer
    {
        try await browser.post(path, fields: fields.map { ($0.0, Array($0.1.utf8)) }, headers: headers)
    }
}

extension Answer {
    /// The number that the last page of the form says.
    var caseNumber: String? {
        text.firstMatch(of: /<strong class="num">([0-9-]+)<\/strong>/).map { String($0.1) }
    }
}
