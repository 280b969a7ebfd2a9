import Foundation
import HTTPTypes
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import Host

/// `/scim/v2`: what the identity systems of institutions send.
@Suite(.timeLimit(.minutes(5))) struct ScimTests {
    private struct Scim {
        let host: HostHarness
        let client: APIClient
        let token: String

        func send(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, headers: HTTPFields = [:])
            async throws -> Answer
        {
            var all: HTTPFields = [.authorization: "Bearer \(token)", .contentType: "application/scim+json"]
            for field in headers { all[field.name] = field.value }
            return try await Client(port: host.port).send(
                method, "/scim/v2\(path)", headers: all, body: body.map { Array($0.utf8) })
        }

        func patch(_ id: String, _ operations: String) async throws -> Answer {
            try await send(.patch, "/Users/\(id)", #"{"Operations":[\#(operations)]}"#)
        }

        func add(_ name: String, more: String = "") async throws -> Resource {
            let answer = try await send(.post, "/Users", #"{"userName":"\#(name)@x.test"\#(more)}"#)
            guard answer.status == .created else { throw NeverCame(description: answer.text) }
            return try answer.json(Resource.self)
        }

        func person(_ id: String) async throws -> Person? {
            try await host.base.database.read { try Directory.person(id, in: $0) }
        }
    }

    private struct Resource: Decodable {
        struct Meta: Decodable { let version, location: String }
        struct Member: Decodable { let value: String }
        let id: String
        let userName: String?
        let active: Bool?
        let meta: Meta
        let members: [Member]?
    }

    private struct List: Decodable {
        struct One: Decodable { let id: String }
        let totalResults, startIndex, itemsPerPage: Int
        let resources: [One]

        enum CodingKeys: String, CodingKey {
            case totalResults, startIndex, itemsPerPage
            case resources = "Resources"
        }
    }

    private struct Refusal: Decodable { let status: String, scimType: String?, schemas: [String] }

    private func run(_ engine: Engine = .sqlite, _ body: (Scim) async throws -> Void) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let token = try await host.base.sessions.makeToken(person: "anders", scope: .scim, now: host.clock.now)
            try await body(Scim(host: host, client: APIClient(port: host.port, token: token), token: token))
        }
    }

    @Test(arguments: Engine.all)
    func `a person comes, is brought up to date, leaves, and is found no more`(_ engine: Engine) async throws {
        try await run(engine) { scim in
            let body = """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"kari@x.test","externalId":"4711",
                "name":{"givenName":"Kari Anne","familyName":"Dahl"},"emails":[{"value":"b@x.test"},{"value":"a@x.test","primary":true}],
                "userType":"employee","preferredLanguage":"nn-NO","title":"ignored",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"ie-idi","division":"trondheim"}}
                """
            let made = try await scim.send(.post, "/Users", body)
            #expect(made.status == .created && made.header("Content-Type") == "application/scim+json")
            let one = try made.json(Resource.self)
            #expect(made.location == one.meta.location && made.headers[.eTag] == one.meta.version)
            let person = try #require(try await scim.person(one.id))
            #expect((person.name, person.email, person.affiliation) == ("Kari Anne Dahl", "a@x.test", .employee))
            #expect((person.unit, person.campus, person.language) == ("ie-idi", "trondheim", .nn))
            #expect((person.username, person.externalID) == ("kari@x.test", "4711"))
            #expect(try await scim.send(.post, "/Users", body).json(Refusal.self).scimType == "uniqueness")

            let put = try await scim.send(.put, "/Users/\(one.id)", #"{"userName":"kari@x.test","active":true}"#)
            #expect(put.status == .ok)
            let after = try #require(try await scim.person(one.id))
            #expect((after.name, after.externalID, after.unit, after.email) == ("kari@x.test", nil, nil, ""))

            #expect(try await scim.send(.delete, "/Users/\(one.id)").status == .noContent)
            for method in [HTTPRequest.Method.get, .delete] {
                #expect(try await scim.send(method, "/Users/\(one.id)").status == .notFound)
            }
            #expect(try await scim.person(one.id)?.endedAt == scim.host.clock.now)
            // Who comes back is who they were: their cases and sign-in are theirs.
            #expect(try await scim.send(.post, "/Users", body).json(Resource.self).id == one.id)
        }
    }

    @Test(arguments: Engine.all)
    func `a patch says what changes, in the forms that clients write`(_ engine: Engine) async throws {
        try await run(engine) { scim in
            let id = try await scim.add("ola", more: #","name":{"formatted":"Ola Berg"},"userType":"employee""#).id
            let steps: [(String, @Sendable (Person) -> Bool)] = [
                (#"{"op":"Replace","path":"name.familyName","value":"Moe"}"#, { $0.name == "Ola Moe" }),
                (#"{"op":"replace","value":{"name.givenName":"Per"}}"#, { $0.name == "Per Moe" }),
                (#"{"op":"replace","path":"displayName","value":"Per Aa"}"#, { $0.name == "Per Aa" }),
                (#"{"op":"add","path":"emails","value":[{"value":"a@x.test"}]}"#, { $0.email == "a@x.test" }),
                (
                    #"{"op":"replace","path":"emails[type eq \"work\"].value","value":"b@x.test"}"#,
                    { $0.email == "b@x.test" }
                ),
                (#"{"op":"remove","path":"emails"}"#, { $0.email.isEmpty }),
                (
                    #"{"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"ie"}"#,
                    { $0.unit == "ie" }
                ),
                (#"{"op":"replace","path":"active","value":"False"}"#, { $0.endedAt != nil }),
                (#"{"op":"replace","value":{"ACTIVE":true}}"#, { $0.endedAt == nil }),
                (
                    #"{"op":"remove","path":"userType"},{"op":"add","path":"externalId","value":"9"}"#,
                    { $0.externalID == "9" }
                ),
            ]
            for (operations, holds) in steps {
                let answer = try await scim.patch(id, operations)
                #expect(answer.status == .ok, "\(operations) \(answer.text)")
                #expect(holds(try #require(try await scim.person(id))), "\(operations) \(answer.text)")
            }
            for (operations, type) in [
                (#"{"op":"replace","path":"id","value":"x"}"#, "mutability"),
                (#"{"op":"replace","path":"a[b","value":"x"}"#, "invalidPath"),
                (#"{"op":"jump","path":"active"}"#, "invalidSyntax"), ("", "invalidSyntax"),
                (#"{"op":"remove","path":"userName"}"#, "invalidValue"),
                (
                    #"{"op":"replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"x"}"#,
                    "invalidValue"
                ),
            ] {
                let answer = try await scim.patch(id, operations)
                #expect(answer.status == .badRequest, "\(operations)")
                #expect(try answer.json(Refusal.self).scimType == type, "\(operations) \(answer.text)")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `people are found by what is asked for, a page at a time`(_ engine: Engine) async throws {
        try await run(engine) { scim in
            let id = try await scim.add("kari", more: #","externalId":"47","emails":[{"value":"k@x.test"}]"#).id
            func found(_ filter: String) async throws -> [String] {
                let query = filter.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                return try await scim.send(.get, "/Users?filter=\(query)").json(List.self).resources.map(\.id)
            }
            for filter in [
                #"userName eq "KARI@x.test""#, #"externalId eq "47""#, #"emails.value eq "k@x.test""#,
                #"userName sw "kari" and active eq true"#,
                #"(externalId eq "1" or externalId eq "47") and not (active eq false)"#,
                #"id eq "\#(id)""#, #"userName co "RI@x""#, "externalId pr",
            ] {
                #expect(try await found(filter) == [id], "\(filter)")
            }
            #expect(try await found(#"userName eq "x' OR '1'='1""#).isEmpty)
            for wrong in [
                "userName", #"userName eq kari"#, #"password eq "x""#, #"userName eq "x" and"#, "(((",
                #"userName gt "a""#,
            ] {
                let query = wrong.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                let answer = try await scim.send(.get, "/Users?filter=\(query)")
                #expect(answer.status == .badRequest, "\(wrong)")
                #expect(try answer.json(Refusal.self).scimType == "invalidFilter", "\(wrong)")
            }
            var seen: [String] = []
            var page = try await scim.send(.get, "/Users?startIndex=1&count=20").json(List.self)
            while !page.resources.isEmpty {
                seen += page.resources.map(\.id)
                page = try await scim.send(.get, "/Users?startIndex=\(seen.count + 1)&count=20").json(List.self)
            }
            #expect(Set(seen).count == page.totalResults && seen.count == page.totalResults)
            let search = #"{"filter":"userName eq \"kari@x.test\"","count":5}"#
            for path in ["/Users/.search", "/.search"] {
                let answer = try await scim.send(
                    .post, path, path == "/.search" ? #"{"filter":"id eq \"case-handler@ie\""}"# : search)
                let ids = try answer.json(List.self).resources.map(\.id)
                #expect(path == "/.search" ? ids == ["case-handler@ie"] : ids == [id], "\(path) \(answer.text)")
            }
            let narrow = try await scim.send(.get, "/Users/\(id)?attributes=userName").text
            #expect(narrow.contains("userName") && !narrow.contains("emails"))
        }
    }

    @Test(arguments: Engine.all)
    func `members of a group hold its role from now on, until they are taken out`(_ engine: Engine) async throws {
        try await run(engine) { scim in
            let id = try await scim.host.report()
            let gunn = try await scim.host.api("gunn")
            let path = "/Groups/intake-officer@ie"
            func change(_ operations: String) async throws -> Answer {
                try await scim.send(.patch, path, #"{"Operations":[\#(operations)]}"#)
            }
            let before = try await scim.send(.get, path).json(Resource.self)
            #expect(before.members?.map(\.value) == ["ingrid"])
            let added = try await change(#"{"op":"add","path":"members","value":[{"value":"gunn"}]}"#)
            #expect(try added.json(Resource.self).members?.map(\.value) == ["gunn", "ingrid"])
            #expect(try await gunn.get("/api/v1/deviations/\(id)").status == .ok)
            #expect(
                try await change(#"{"op":"add","path":"members","value":[{"value":"nobody"}]}"#).status == .badRequest)
            scim.host.clock.advance(seconds: 60)
            #expect(try await change(#"{"op":"remove","path":"members[value eq \"gunn\"]"}"#).status == .ok)
            #expect(try await gunn.get("/api/v1/deviations/\(id)").status == .notFound)
            let put = try await scim.send(.put, path, #"{"members":[{"value":"gunn"}]}"#)
            #expect(try put.json(Resource.self).members?.map(\.value) == ["gunn"])
            let last = try await scim.send(.put, "/Groups/administrator@ntnu", #"{"members":[]}"#)
            #expect(last.status == .conflict)
            #expect(try await scim.send(.get, "/Groups/boss@ie").status == .notFound)
            let named = try await scim.send(.get, "/Groups?filter=id%20eq%20%22intake-officer%40ie%22").json(List.self)
            #expect(named.resources.map(\.id) == ["intake-officer@ie"])
            let all = try await scim.send(.get, "/Groups?excludedAttributes=members&count=5")
            #expect(try all.json(List.self).itemsPerPage == 5 && !all.text.contains("members"))
        }
    }

    @Test(arguments: Engine.all)
    func `who leaves by SCIM is out at once`(_ engine: Engine) async throws {
        try await run(engine) { scim in
            let (browser, client) = (try await scim.host.browser("hamid"), try await scim.host.api("hamid"))
            scim.host.clock.advance(seconds: 1)
            #expect(try await scim.patch("hamid", #"{"op":"replace","path":"active","value":false}"#).status == .ok)
            #expect(try await browser.get("/me/tokens").status == .seeOther)
            #expect(try await client.get("/api/v1/me/tokens").status == .unauthorized)
            #expect(try await scim.send(.get, "/Users/hamid").json(Resource.self).active == false)
            let chart = try await scim.host.base.directory.freshChart()
            #expect(chart.grants(of: "hamid", at: scim.host.clock.now).isEmpty)
        }
    }

    @Test func `what changed since it was read is not overwritten`() async throws {
        try await run { scim in
            let one = try await scim.add("kari")
            let tag: HTTPFields = [.ifMatch: one.meta.version]
            let path = "/Users/\(one.id)"
            let body = #"{"userName":"kari@x.test","displayName":"K"}"#
            #expect(try await scim.send(.put, path, body, headers: tag).status == .ok)
            let stale = try await scim.send(.put, path, body, headers: tag)
            #expect(stale.status == .preconditionFailed)
            #expect(try stale.json(Refusal.self).schemas == ["urn:ietf:params:scim:api:messages:2.0:Error"])
            let now = try await scim.send(.get, path)
            let known: HTTPFields = [.ifNoneMatch: now.headers[.eTag] ?? ""]
            #expect(try await scim.send(.get, path, headers: known).status == .notModified)
        }
    }

    @Test func `the token opens this and nothing else, and no other token opens this`() async throws {
        try await run { scim in
            #expect(try await scim.client.get("/api/v1/me/tokens").status == .unauthorized)
            #expect(try await scim.client.get("/api/v1/webhooks").status == .unauthorized)
            let anders = try await scim.host.api("anders")
            let refused = try await anders.get("/scim/v2/Users")
            #expect(refused.status == .unauthorized && refused.header("Content-Type") == "application/scim+json")
            #expect(try await scim.host.stranger().get("/scim/v2/Users").status == .unauthorized)
            let now = scim.host.clock.now
            let kari = try await scim.host.base.sessions.makeToken(person: "kari", scope: .scim, now: now)
            #expect(try await APIClient(port: scim.host.port, token: kari).get("/scim/v2/Users").status == .forbidden)
            let browser = try await scim.host.browser("anders")
            #expect(try await browser.get("/scim/v2/Users").status == .unauthorized)
            _ = try await browser.get("/me/tokens")
            let made = try await browser.post("/me/tokens", ["name": "x", "scope": "scim", "days": "9"])
            #expect(made.status == .unprocessableContent)
        }
    }

    @Test(arguments: Engine.all)
    func `odd ids, queries and bodies are refused, and are never our fault`(_ engine: Engine) async throws {
        try await run(engine) { scim in
            let odd = [
                "%", "%00", "%27%20OR%201%3D1", "..%2F..", "%E2%80%AE", "-1", "9223372036854775807",
                "9223372036854775808", "%F0%9F%98%80",
                "a@b@c", "*",
            ]
            for value in odd {
                for path in [
                    "/Users/\(value)", "/Groups/\(value)", "/Groups/case-handler@\(value)", "/Schemas/\(value)",
                    "/\(value)",
                    "/Users?startIndex=\(value)", "/Users?count=\(value)", "/Users?filter=\(value)",
                    "/Groups?filter=\(value)",
                    "/Users?filter=userName%20eq%20%22\(value)%22", "/Users?attributes=\(value)",
                    "/Groups?startIndex=\(value)",
                ] {
                    let answer = try await scim.send(.get, path)
                    #expect(answer.status.code < 500, "\(path)")
                }
            }
            for body in [
                "", "{", "[]", "null", "{}", #"{"userName":7}"#, #"{"userName":""}"#, #"{"userName":"a\u0000b"}"#,
                #"{"userName":"a","emails":"b","name":[],"active":{}}"#, #"{"Operations":[]}"#,
                #"{"Operations":{"op":"add"}}"#,
                #"{"Operations":[{"op":"add","path":"name","value":[1]}]}"#, #"{"members":[{"value":{}}]}"#,
                #"{"userName":"\#(String(repeating: "a", count: 400))"}"#,
            ] {
                for (method, path) in [
                    (HTTPRequest.Method.post, "/Users"), (.put, "/Users/hamid"), (.patch, "/Users/hamid"),
                    (.patch, "/Groups/case-handler@ie"), (.put, "/Groups/lmu-member@ie"),
                ] {
                    let answer = try await scim.send(method, path, body)
                    #expect(answer.status.code < 500, "\(method) \(path) \(body.prefix(60))")
                }
            }
        }
    }
}
