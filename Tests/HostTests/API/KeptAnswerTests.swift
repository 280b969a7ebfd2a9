import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// What is kept of answers for requests that come again.
@Suite struct KeptAnswerTests {
    private struct Measures: Decodable {
        struct Item: Decodable { let id: String }
        let items: [Item]
    }

    private static let key: HTTPFields = [HTTPField.Name("Idempotency-Key")!: "k1"]

    private func kept(_ host: HostHarness) async throws -> [String] {
        try await host.base.database.read {
            try $0.query("SELECT body, location FROM idempotency_answer") { "\($0.text(0)) \($0.textOrNil(1) ?? "")" }
        }
    }

    @Test(arguments: Engine.all)
    func `what somebody wrote of a measure is not kept in the open, and a repeat gets it all the same`(
        _ engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await host.act("cause", on: id, by: "hamid", #"{"whatHappened":"Sensor syk","why":"Ingen reserve"}"#)
            try await host.act(
                "measures", on: id, by: "hamid",
                #"{"action":"Oppnevn reserve","cause":"Sårbart","owner":"hamid","dueOn":"2027-02-01"}"#)
            let hamid = try await host.api("hamid")
            let measure = try #require(try await hamid.get("/api/v1/measures").json(Measures.self).items.first).id
            let path = "/api/v1/measures/\(measure)/completion"
            let first = try await hamid.post(path, #"{"effect":"Ordnet seg"}"#, headers: Self.key)
            #expect(first.status == .ok && first.text.contains("Oppnevn reserve") && first.text.contains("Ordnet seg"))
            let again = try await hamid.post(path, #"{"effect":"Ordnet seg"}"#, headers: Self.key)
            #expect(again.status == .ok && again.text == first.text)
            let rows = try await kept(host)
            #expect(rows.count == 1)
            for word in ["reserve", "Sårbart", "Ordnet"] { #expect(!rows.joined().contains(word), "\(word)") }
        }
    }

    @Test func `with a case goes what is kept of its files`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            let sent = try await host.api("kari").post(
                "/api/v1/deviations/\(id)/files", bytes: Array("notat".utf8), type: "application/octet-stream",
                headers: Self.key)
            #expect(sent.status == .created)
            #expect(try await kept(host).first?.contains(id) == true)
            try await host.base.database.write { try Idempotency.forget(id, in: $0) }
            #expect(try await kept(host) == ["{} "])
        }
    }
}
