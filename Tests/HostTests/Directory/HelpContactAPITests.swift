import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting

/// `/api/v1/help-contacts`: whom one can turn to, kept up to date by programs as well.
@Suite struct HelpContactAPITests {
    private struct Contact: Decodable {
        struct Names: Decodable { let nb, nn, en: String }
        let id, phone: String
        let names: Names
    }

    private static let path = "/api/v1/help-contacts"
    private static let chaplain =
        #"{"kind":"confidential","campus":"gjovik","names":{"nb":"Presten","en":"The chaplain"},"#
        + #""purposes":{"nb":"Samtale","nn":"Samtale","en":"A talk"},"phone":"61 00 00 00"}"#

    private func run(_ engine: Engine = .sqlite, _ body: (HostHarness) async throws -> Void) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { try await body($0) }
    }

    @Test(arguments: Engine.all)
    func `an editor adds, changes and removes, and everybody sees it at once`(engine: Engine) async throws {
        try await run(engine) { host in
            let unni = try await host.api("unni")
            let key: HTTPFields = [.init("Idempotency-Key")!: "a-key"]
            let made = try await unni.post(Self.path, Self.chaplain, headers: key)
            let contact = try made.json(Contact.self)
            let place = try #require(made.location)
            #expect(made.status == .created && place == "\(Self.path)/\(contact.id)" && contact.names.nn == "Presten")
            #expect(try await unni.post(Self.path, Self.chaplain, headers: key).json(Contact.self).id == contact.id)
            #expect(try await host.visitor().get("/help?campus=gjovik").text.contains("Presten"))

            let seen = try await host.stranger().get(place)
            let tag = try #require(seen.headers[.eTag])
            #expect(seen.status == .ok && tag == made.headers[.eTag])
            let other = Self.chaplain.replacing("61 00 00 00", with: "61 00 00 01")
            #expect(try await unni.put(place, other).status == .preconditionRequired)
            let changed = try await unni.put(place, other, headers: [.ifMatch: tag])
            #expect(try changed.status == .ok && changed.json(Contact.self).phone == "61 00 00 01")
            #expect(try await unni.put(place, Self.chaplain, headers: [.ifMatch: tag]).status == .preconditionFailed)
            #expect(try await host.visitor().get("/help?campus=gjovik").text.contains("61 00 00 01"))

            #expect(try await unni.delete(place).status == .noContent)
            #expect(try await host.stranger().get(place).status == .notFound)
            #expect(try await unni.delete(place).status == .notFound)
            #expect(try await !host.visitor().get("/help?campus=gjovik").text.contains("Presten"))
        }
    }

    @Test(arguments: [
        (#""nb":"Presten","#, "", "names.nb"), (#""nn":"Samtale","#, "", "purposes.nn"),
        ("confidential", "friend", "kind"), ("gjovik", "oslo", "campus"), ("61 00 00 00", "ring meg", "phone"),
        (#""phone":"61 00 00 00""#, #""link":"http://ntnu.no""#, "link"),
    ])
    func `what is wrong is named, and nothing is stored`(_ part: String, _ instead: String, _ field: String)
        async throws
    {
        try await run { host in
            let anders = try await host.api("anders")
            let before = try await host.snapshot()
            let body = Self.chaplain.replacing(part, with: instead)
            let answer = try await anders.post(Self.path, body)
            #expect(answer.status == .unprocessableContent && answer.wrongFields == [field], "\(answer.text)")
            let place = "\(Self.path)/politi"
            let tag = try await anders.get(place).headers[.eTag] ?? ""
            #expect(try await anders.put(place, body, headers: [.ifMatch: tag]).wrongFields == [field])
            #expect(try await host.snapshot() == before)
        }
    }

    @Test func `nobody else edits them`() async throws {
        try await run { host in
            for person in ["kari", "ingrid", "dagny", "vigdis"] {
                let client = try await host.api(person)
                let tag = try await client.get("\(Self.path)/politi").headers[.eTag] ?? ""
                #expect(try await client.post(Self.path, Self.chaplain).status == .forbidden, "\(person)")
                let put = try await client.put("\(Self.path)/politi", Self.chaplain, headers: [.ifMatch: tag])
                #expect(put.status == .forbidden, "\(person)")
                #expect(try await client.delete("\(Self.path)/politi").status == .forbidden, "\(person)")
            }
            #expect(try await host.stranger().post(Self.path, Self.chaplain).status == .unauthorized)
            let phone = try await host.stranger().get("\(Self.path)/politi").json(Contact.self).phone
            #expect(phone == "112")
        }
    }
}
