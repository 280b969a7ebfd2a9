import HTTPTypes
import Host
import Testing
import TrivselTesting

/// A change needs the version its client has seen.
@Suite struct VersionTests {
    private static let note = #"{"text":"Ringte sensorkontoret."}"#

    private func run(_ body: (HostHarness, APIClient, String) async throws -> Void) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await body(host, try await host.api("hamid"), "/api/v1/deviations/\(id)")
        }
    }

    @Test func `without If-Match nothing is changed`() async throws {
        try await run { host, hamid, path in
            let before = try await host.snapshot()
            let answer = try await hamid.post("\(path)/notes", Self.note)
            #expect(answer.status == .preconditionRequired)
            #expect(try answer.json(ProblemBody.self).type == "/problems/if-match-needed")
            #expect(try await host.snapshot() == before)
        }
    }

    @Test(arguments: ["\"1\"", "\"99\"", "\"0\"", "*", "W/\"3\"", "\"\"", "\"3\", \"4\"", "\"-3\"", "3x"])
    func `with another version than the case has nothing is changed`(_ tag: String) async throws {
        try await run { host, hamid, path in
            let before = try await host.snapshot()
            let answer = try await hamid.post("\(path)/notes", Self.note, headers: [.ifMatch: tag])
            #expect(answer.status == .preconditionFailed)
            #expect(try answer.json(ProblemBody.self).type == "/problems/stale")
            #expect(try await host.snapshot() == before)
        }
    }

    @Test func `the tag of the last answer is the one to send next`() async throws {
        try await run { _, hamid, path in
            let seen = try await hamid.get(path).headers[.eTag] ?? ""
            let first = try await hamid.post("\(path)/notes", Self.note, headers: [.ifMatch: seen])
            #expect(first.status == .ok)
            let next = first.headers[.eTag] ?? ""
            #expect(next != seen)
            #expect(try await hamid.get(path).headers[.eTag] == next)
            #expect(try await hamid.post("\(path)/notes", Self.note, headers: [.ifMatch: next]).status == .ok)
            #expect(
                try await hamid.post("\(path)/notes", Self.note, headers: [.ifMatch: seen]).status
                    == .preconditionFailed)
        }
    }
}
