import Foundation
import HTTPTypes
import Host
import Testing
import TrivselTesting

/// A body that cannot be taken is answered with a problem that names what is wrong; nothing is stored.
@Suite struct APIBodyTests {
    private static let path = "/api/v1/deviations"

    /// Sends `bytes` as Kari and returns the problem.
    private func problem(
        _ bytes: [UInt8], type: String? = "application/json", headers: HTTPFields = [:]
    ) async throws -> ProblemBody {
        var problem: ProblemBody?
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let kari = try await host.api("kari")
            let before = try await host.snapshot()
            let answer = try await kari.post(Self.path, bytes: bytes, type: type, headers: headers)
            #expect(answer.headers[.contentType] == "application/problem+json")
            let body = try answer.json(ProblemBody.self)
            #expect(body.status == answer.status.code)
            #expect(try await host.snapshot() == before)
            problem = body
        }
        return try #require(problem)
    }

    @Test(arguments: ["", "{", "{\"title\":", "[1,", "nonsense", "{\"title\":\"a\"}}"])
    func `broken JSON is told as such`(_ json: String) async throws {
        let problem = try await problem(Array(json.utf8))
        #expect(problem.status == 400)
        #expect(problem.type == "/problems/malformed")
        #expect(problem.errors?.first?.message == "Innholdet er ikke gyldig JSON i UTF-8.")
    }

    @Test func `a body that is not UTF-8 is told as such`() async throws {
        let problem = try await problem(Array("{\"title\":\"".utf8) + [0xE6, 0x72] + Array("\"}".utf8))
        #expect(problem.status == 400)
    }

    @Test(arguments: [
        String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf16, .utf32LittleEndian, .utf32BigEndian,
    ])
    func `JSON in another encoding than UTF-8 is told as such`(_ encoding: String.Encoding) async throws {
        let body = try #require(HostHarness.reportBody().data(using: encoding))
        let problem = try await problem(Array(body))
        #expect(problem.status == 400)
        #expect(problem.errors?.first?.message == "Innholdet er ikke gyldig JSON i UTF-8.")
    }

    @Test(arguments: [0xE6, 0x00]) func `so is a byte that is none, in a field that nobody reads`(_ byte: UInt8)
        async throws
    {
        let problem = try await problem(
            Array("{\"other\":\"".utf8) + [byte] + Array("r\",".utf8) + HostHarness.reportBody().utf8.dropFirst())
        #expect(problem.status == 400)
        #expect(problem.errors?.first?.message == "Innholdet er ikke gyldig JSON i UTF-8.")
    }

    @Test(arguments: [
        (#"{"title":7}"#, "title"), (#"{"title":["a"]}"#, "title"), (#"{"unit":{}}"#, "unit"),
        (#"{"occurredOn":20261127}"#, "occurredOn"),
        (#"{"ordinaryChannels":{"tried":"yes"}}"#, "ordinaryChannels.tried"),
        (#"{"ordinaryChannels":[]}"#, "ordinaryChannels"),
        (#"{"ordinaryChannels":{"tried":true,"which":["teacher",1]}}"#, "ordinaryChannels.which.1"), (#"[]"#, ""),
        (#""text""#, ""),
    ])
    func `a field of another type is named`(_ json: String, _ field: String) async throws {
        let problem = try await problem(Array(json.utf8))
        #expect(problem.status == 400)
        #expect(problem.errors?.map(\.field) == [field])
    }

    @Test func `each field that is missing is named`() async throws {
        let problem = try await problem(Array("{}".utf8))
        #expect(problem.status == 422)
        #expect(problem.type == "/problems/invalid")
        let named = Set(problem.errors?.map(\.field) ?? [])
        #expect(named.isSuperset(of: ["title", "description", "campus", "category", "environment"]))
    }

    @Test(arguments: [("unit", "atlantis"), ("campus", "oslo"), ("category", "weather"), ("environment", "space")])
    func `a code that there is not is named`(_ field: String, _ code: String) async throws {
        let known = ["unit": "ie-idi", "campus": "trondheim", "category": "grading", "environment": "organisational"]
        let json = HostHarness.reportBody().replacing(
            "\"\(field)\":\"\(known[field] ?? "")\"", with: "\"\(field)\":\"\(code)\"")
        let problem = try await problem(Array(json.utf8))
        #expect(problem.status == 422)
        #expect(problem.errors?.map(\.field) == [field])
    }

    @Test func `a title that is too long is named`() async throws {
        let problem = try await problem(Array(HostHarness.reportBody(title: String(repeating: "å", count: 5000)).utf8))
        #expect(problem.status == 422)
        #expect(problem.errors?.map(\.field) == ["title"])
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "application/xml", nil])
    func `another type of content is refused`(_ type: String?) async throws {
        let problem = try await problem(Array(HostHarness.reportBody().utf8), type: type)
        #expect(problem.status == 415)
        #expect(problem.detail == "Send Content-Type: application/json.")
    }

    @Test func `a body over one mebibyte is refused, with the limit`() async throws {
        let problem = try await problem(
            Array(HostHarness.reportBody(title: String(repeating: "a", count: 1 << 20)).utf8))
        #expect(problem.status == 413)
        #expect(problem.detail.contains("1024 kB"))
    }

    @Test func `a charset beside the type is fine`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let bytes = Array(HostHarness.reportBody().utf8)
            let answer = try await host.api("kari").post(
                Self.path, bytes: bytes, type: "Application/JSON; charset=utf-8")
            #expect(answer.status == .created)
            #expect(answer.location == "/api/v1/deviations/\(try answer.json(CaseReceipt.self).id)")
        }
    }

    @Test(arguments: [("ola", "sentralmottak"), ("kari", "ie-idi")])
    func `without a unit a report goes to one's own, or to the central reception, and its clock starts there`(
        person: String, unit: String
    ) async throws {
        struct Seen: Decodable { let unit, dueOn: String }
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let client = try await host.api(person)
            let body = HostHarness.reportBody().replacing("\"unit\":\"ie-idi\",", with: "")
            let made = try await client.post("/api/v1/deviations", body)
            #expect(made.status == .created, "\(made.text)")
            let seen = try await client.get(try #require(made.location)).json(Seen.self)
            #expect(seen.unit == unit && seen.dueOn == "2026-12-28")
            let empty = body.replacing("\"campus\"", with: "\"unit\":\"\",\"campus\"")
            #expect(try await client.post("/api/v1/deviations", empty).wrongFields == ["unit"])
        }
    }
}
