import HTTPTypes
import Testing
import TrivselTesting

/// `POST /api/v1/whistleblowing`.
@Suite struct WhistleAPITests {
    private struct Receipt: Decodable, Equatable {
        let receiptCode: String?
        let acknowledgedBy, feedbackBy: String
    }

    private static let body =
        #"{"category":"threats","campus":"trondheim","title":"Trusler","description":"Han truet oss."}"#

    @Test(arguments: Engine.all)
    func `a report without a token gets a code, the same one when it is sent again with its key`(_ engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Whistleblowing.self]) { host in
            let key: HTTPFields = [.init("Idempotency-Key")!: "0123456789abcdef0123"]
            let first = try await host.stranger().post("/api/v1/whistleblowing", Self.body, headers: key)
            let again = try await host.stranger().post("/api/v1/whistleblowing", Self.body, headers: key)
            let receipt = try first.json(Receipt.self)
            #expect(
                first.status == .created && receipt.acknowledgedBy == "2026-12-04" && receipt.feedbackBy == "2027-03-04"
            )
            #expect(try again.json(Receipt.self) == receipt)
            let code = try #require(receipt.receiptCode)
            #expect(try await Whistle.open(host.visitor(), code).text.contains("Han truet oss."))
            #expect(try await Whistle.cases(try await host.browser("vigdis")).count == 1)
        }
    }

    @Test func `by name it needs a token, and gives no code`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let named = Self.body.dropLast() + #","named":true}"#
            #expect(try await host.stranger().post("/api/v1/whistleblowing", String(named)).status == .unauthorized)
            let answer = try await host.api("kari").post("/api/v1/whistleblowing", String(named))
            #expect(try answer.json(Receipt.self).receiptCode == nil)
            #expect(try await host.browser("kari").get(Whistle.path).text.contains("Trusler"))
        }
    }

    @Test(arguments: [(#"{"category":"x"}"#, 422), (#"{"category":1}"#, 400), ("{", 400)])
    func `what is wrong is refused, and nothing is stored`(body: String, status: Int) async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let answer = try await host.stranger().post("/api/v1/whistleblowing", body)
            #expect(answer.status.code == status && answer.header("Content-Type") == "application/problem+json")
            #expect(try await Whistle.cases(try await host.browser("vigdis")).isEmpty)
        }
    }
}
