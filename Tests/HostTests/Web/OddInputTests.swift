import Foundation
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// Whatever is sent, nothing is a fault of ours: it is found, refused, or not there.
@Suite struct OddInputTests {
    /// As they stand in an address.
    private static let odd = [
        "%00", "%FF%FE", "%ED%A0%80", "%2e%2e%2f", "..%2F..%2Fetc%2Fpasswd", "%27%20OR%201%3D1--", "%25s",
        "%F0%9F%AB%90", "-1",
        "99999999999999999999", "%0D%0ASet-Cookie%3A%20a%3Db", String(repeating: "a", count: 3000), "%22", "%2A",
        "a%20AND%20%28", "%3Cb%3E",
        "9223372036854775807.9223372036854775807", "-9223372036854775808.-9223372036854775808", "null", "%C2%AD",
        "%E2%80%AE",
    ]

    private func expectNoFault(_ answer: Answer, _ what: String) {
        #expect(answer.status.code < 500, "\(what)")
        #expect(answer.headers[.setCookie] == nil, "\(what)")
    }

    @Test(arguments: Engine.all)
    func `an odd id is that of nothing, on every address`(_ engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let client = try await host.api("ingrid")
            let ingrid = try await host.browser("ingrid")
            let anders = try await host.browser("anders")
            for route in try await host.routes([Deviations.self])
            where route.path.contains("{") && route.method != .head {
                for id in Self.odd {
                    let path = route.path.replacing(/\{\w+\}/, with: id)
                    let what = "\(route.method) \(path.prefix(120))"
                    if route.isForAPI {
                        let answer =
                            route.method == .get
                            ? try await client.get(path)
                            : try await client.post(path, "{}", headers: [.ifMatch: "\"1\""])
                        expectNoFault(answer, what)
                    } else {
                        let browser = route.path.hasPrefix("/admin") ? anders : ingrid
                        expectNoFault(
                            route.method == .get ? try await browser.get(path) : try await browser.post(path), what)
                    }
                }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `an odd query narrows a list to nothing, or is named`(_ engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            _ = try await host.assignedCase()
            let client = try await host.api("ingrid")
            let ingrid = try await host.browser("ingrid")
            let kari = try await host.browser("kari")
            for value in Self.odd {
                for name in [
                    "q", "status", "unit", "handler", "reporter", "category", "campus", "environment", "overdue",
                    "order", "after", "limit",
                ] {
                    expectNoFault(try await client.get("/api/v1/deviations?\(name)=\(value)"), "\(name)=\(value)")
                }
                let words = value.removingPercentEncoding ?? "%"
                let body = String(decoding: try JSONEncoder().encode(["q": words]), as: UTF8.self)
                expectNoFault(try await client.search(body), "q=\(value)")
                for name in ["q", "view", "category", "environment", "campus", "overdue", "after"] {
                    expectNoFault(try await ingrid.get("/deviations?view=all&\(name)=\(value)"), "\(name)=\(value)")
                }
                expectNoFault(try await kari.get("/deviations/mine?after=\(value)"), "after=\(value)")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `odd characters in a report are stored as they are, or named`(_ engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let kari = try await host.api("kari")
            for text in [
                #"\u0000"#, #"a\u0000b"#, #"\u0007"#, #"\ud83e\uded0"#, #"\u202e"#, #"\ufeff"#, #"😀😀"#, #"a\\\"b"#,
                #"%s %n"#,
            ] {
                let answer = try await kari.post("/api/v1/deviations", HostHarness.reportBody(title: text))
                #expect([201, 422].contains(answer.status.code), "\(text): \(answer.status)")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a NUL in a form is marked, not a fault`(_ engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let hamid = try await host.browser("hamid")
            let nul: [UInt8] = [0x61, 0, 0x62]
            for act in [
                "notes", "replies", "assignments", "measures", "cause", "closing", "preliminary-replies", "triage",
                "forwardings",
            ] {
                let names = [
                    "text", "handler", "unit", "reason", "action", "cause", "owner", "dueOn", "whatHappened", "why",
                    "prevention",
                    "outcome", "expectedOn",
                ]
                let answer = try await hamid.post(
                    "/deviations/\(id)/\(act)", fields: names.map { ($0, nul) } + [("version", Array("3".utf8))])
                expectNoFault(answer, act)
            }
            expectNoFault(try await host.visitor().post("/sign-in", fields: [("person", nul)]), "sign-in")
            expectNoFault(
                try await host.browser("anders").post("/admin/modules", fields: [("module", nul), ("enabled", nul)]),
                "admin")
        }
    }

    @Test(arguments: ["[", "{\"title\":", "{\"ordinaryChannels\":["])
    func `JSON nested a thousand times over is refused`(_ opening: String) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let answer = try await host.api("kari").post(
                "/api/v1/deviations", String(repeating: opening, count: 40_000))
            #expect(answer.status == .badRequest)
            #expect(try await host.stranger().get("/health/live").status == .ok)
        }
    }

    @Test(arguments: [HTTPRequest.Method.put, .delete, .patch, .options, .trace])
    func `a method that no route takes is not allowed`(_ method: HTTPRequest.Method) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let answer = try await host.browser("ingrid").send(method, "/deviations", headers: [:], body: nil)
            #expect(answer.status == .methodNotAllowed && answer.headers[.allow] == "GET, HEAD")
        }
    }

    @Test func `a form of a hundred thousand fields is answered`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let kari = try await host.browser("kari")
            let answer = try await kari.post(
                "/deviations/report", fields: (0..<100_000).map { ("f\($0 % 1000)", [0x61]) })
            #expect(answer.status == .unprocessableContent)
        }
    }
}
