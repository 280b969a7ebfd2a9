import HTTPTypes
import Host
import Testing
import TrivselTesting

/// A case that one may not see is answered like one that does not exist, on every address that names one.
@Suite struct ForeignCaseTests {
    private static let unknown = "019ac000-0000-7000-8000-000000000000"

    /// Status and body without the id, which the reader sent themselves.
    private func seen(_ answer: Answer, _ id: String) -> String {
        "\(answer.status.code) \(answer.text.replacing(id, with: "ID"))"
    }

    private func routes(_ host: HostHarness) async throws -> [HostHarness.Route] {
        let routes = try await host.routes([Deviations.self]).filter { $0.path.contains("{id}") && $0.method != .head }
        try #require(routes.filter(\.isForAPI).count >= 12 && routes.filter { !$0.isForAPI }.count >= 12)
        return routes
    }

    @Test(arguments: ["sander", "nils", "ragnhild", "anders"])
    func `on every page`(_ person: String) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let browser = try await host.browser(person)
            for route in try await routes(host) where !route.isForAPI {
                func ask(_ id: String) async throws -> Answer {
                    let path = route.address(id: id)
                    return route.method == .get
                        ? try await browser.get(path) : try await browser.post(path, ["text": "a", "version": "3"])
                }
                let foreign = try await ask(id)
                let unknown = try await ask(Self.unknown)
                #expect(foreign.status == .notFound, "\(route)")
                #expect(seen(foreign, id) == seen(unknown, Self.unknown), "\(route)")
            }
        }
    }

    @Test(arguments: ["sander", "nils", "ragnhild", "anders"])
    func `on every route of the API, with a right body, an empty one and a broken one`(_ person: String) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let client = try await host.api(person)
            for route in try await routes(host) where route.isForAPI {
                for (body, tag) in [(#"{"text":"a"}"#, "\"3\""), ("{}", "\"1\""), ("{", "\"3\""), ("{}", "x")] {
                    func ask(_ id: String) async throws -> Answer {
                        let path = route.address(id: id)
                        return route.method == .get
                            ? try await client.get(path) : try await client.post(path, body, headers: [.ifMatch: tag])
                    }
                    let foreign = try await ask(id)
                    let unknown = try await ask(Self.unknown)
                    #expect(!(200..<400).contains(foreign.status.code), "\(route)")
                    #expect(seen(foreign, id) == seen(unknown, Self.unknown), "\(route) \(body)")
                }
            }
        }
    }

    @Test func `the reporter's page is the reporter's alone`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            #expect(try await host.browser("kari").get("/deviations/mine/\(id)").status == .ok)
            for person in ["ingrid", "hamid", "ola"] {
                #expect(try await host.browser(person).get("/deviations/mine/\(id)").status == .notFound, "\(person)")
            }
        }
    }

    @Test func `the reporter reads no notes, and no names of those who handle the case`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await host.act("notes", on: id, by: "hamid", #"{"text":"Internt: sensor er syk"}"#)
            try await host.act("replies", on: id, by: "hamid", #"{"text":"Vi ser på det"}"#)
            let page = try await host.browser("kari").get("/deviations/mine/\(id)").text
            let answer = try await host.api("kari").get("/api/v1/deviations/\(id)").text
            for text in [page, answer] {
                #expect(text.contains("Vi ser på det"))
                #expect(
                    !text.contains("Internt") && !text.contains("hamid") && !text.contains("Rostami")
                        && !text.contains("Tangvik"))
            }
        }
    }
}
