import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting

/// What an API client is told of a bad request, in the language of who asks.
@Suite struct APILanguageTests {
    private static let path = "/api/v1/deviations"

    /// Somebody whose language is English sends it, and nothing changes.
    private func problem(_ send: (HostHarness, APIClient) async throws -> Answer) async throws -> ProblemBody {
        var problem: ProblemBody?
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let answer = try await send(host, try await host.api("priya"))
            problem = try answer.json(ProblemBody.self)
            #expect(problem?.status == answer.status.code)
        }
        return try #require(problem)
    }

    @Test func `broken JSON is told in English`() async throws {
        let problem = try await problem { _, priya in try await priya.post(Self.path, "{") }
        #expect(problem.status == 400)
        #expect(problem.title == "We could not read what you sent")
        #expect(problem.errors?.first?.message == "The content is not valid JSON in UTF-8.")
    }

    @Test func `so is a body that is too large`() async throws {
        let problem = try await problem { _, priya in
            try await priya.post(Self.path, HostHarness.reportBody(title: String(repeating: "a", count: 1 << 20)))
        }
        #expect(problem.status == 413)
        #expect(problem.detail.hasPrefix("The limit is 1024 kB. Nothing was stored."))
    }

    @Test func `so is a version that is no longer the case's`() async throws {
        let problem = try await problem { host, priya in
            let id = try await host.assignedCase()
            try await host.grant(.intakeOfficer, to: "priya", at: "ie")
            return try await priya.post(
                "\(Self.path)/\(id)/notes", #"{"text":"Called them."}"#, headers: [.ifMatch: "\"1\""])
        }
        #expect(problem.status == 412)
        #expect(problem.title == "The case has changed in the meantime")
    }

    @Test func `so is a key that was used with another body`() async throws {
        let problem = try await problem { _, priya in
            var headers: HTTPFields = [:]
            if let name = HTTPField.Name("Idempotency-Key") { headers[name] = "one" }
            let first = try await priya.post(Self.path, HostHarness.reportBody(), headers: headers)
            #expect(first.status == .created)
            return try await priya.post(Self.path, HostHarness.reportBody(title: "Another"), headers: headers)
        }
        #expect(problem.status == 422)
        #expect(problem.title == "This Idempotency-Key was used before")
    }
}
