import Foundation
import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting

/// Every address that stores something, asked as a hostile page would: nothing of it is taken.
@Suite(.timeLimit(.minutes(40))) struct EveryWriteTests {
    private enum Fault: CaseIterable {
        case noToken, foreignOrigin, plainText, get
    }

    /// Those who need no session: there one begins, or tells something without a name. Of these other sites are kept off all the same.
    private static let open: Set<String> = [
        "/sign-in", "/language", "/whistleblowing", "/api/v1/whistleblowing", "/api/v1/whistleblowing/dialogue",
        "/api/v1/whistleblowing/dialogue/file",
    ]

    /// Somebody's browser and token.
    private struct Person {
        let browser: Browser
        let client: Client
        let token: String

        init(_ name: String, in host: HostHarness) async throws {
            browser = try await host.browser(name)
            client = Client(port: host.port)
            token = try await host.base.sessions.makeToken(person: name, now: host.clock.now)
        }

        func send(_ route: HostHarness.Route, _ path: String, _ fault: Fault) async throws -> Answer {
            route.isForAPI ? try await sendToAPI(route, path, fault) : try await sendForm(path, fault)
        }

        private func sendForm(_ path: String, _ fault: Fault) async throws -> Answer {
            let fields = FormTokenTests.fields
            switch fault {
            case .noToken: return try await browser.post(path, fields, token: .none)
            case .foreignOrigin: return try await browser.post(path, fields, headers: [.origin: "https://evil.example"])
            case .plainText: return try await browser.post(path, fields, headers: [.contentType: "text/plain"])
            case .get:
                let query = fields.map { "\($0)=\($1)" }.joined(separator: "&")
                return try await browser.get(
                    "\(path)?\(query.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? "")")
            }
        }

        private func sendToAPI(_ route: HostHarness.Route, _ path: String, _ fault: Fault) async throws -> Answer {
            var headers: HTTPFields = [.contentType: "application/json", .ifMatch: "\"3\""]
            if fault != .noToken { headers[.authorization] = "Bearer \(token)" }
            if fault == .foreignOrigin { headers[.origin] = "https://evil.example" }
            if fault == .plainText { headers[.contentType] = "text/plain" }
            let body = try Way.json(FormTokenTests.fields)
            return try await client.send(
                fault == .get ? .get : route.method, path, headers: headers,
                body: fault == .get ? nil : Array(body.utf8))
        }
    }

    private func isRefused(_ answer: Answer, _ route: HostHarness.Route, _ fault: Fault) -> Bool {
        // A token of the API opens no SCIM, whatever else is wrong.
        if route.path.hasPrefix("/scim/"), fault != .get { return answer.status.kind == .clientError }
        return switch (fault, route.isForAPI) {
        case (.noToken, true): answer.status == .unauthorized
        case (.noToken, false): answer.status.code >= 400 || isFormAgain(answer)
        case (.foreignOrigin, _): answer.status == .forbidden
        case (.plainText, true): answer.status == .unsupportedMediaType
        case (.plainText, false): answer.status == .badRequest
        case (.get, _): true
        }
    }

    /// The form with what is wrong with it, or the way to the page of somebody who has no such form; what is stored leads to a page that
    /// says so in its query.
    private func isFormAgain(_ answer: Answer) -> Bool {
        answer.text.contains("class=\"summary\"")
            || answer.status == .seeOther && !(answer.location ?? "?").contains("?")
    }

    @Test func `no write is taken without its token, from another site, as plain text or by GET`() async throws {
        let modules = EveryRouteTests.modules
        try await HostHarness.with(modules: modules) { host in
            let id = try await host.assignedCase()
            _ = try await Whistle.report(host.visitor())
            let whistle = try #require(
                try await Whistle.cases(host.browser("vigdis")).first?.split(separator: "/").last.map(String.init))
            let routes = try await host.routes(modules).filter { $0.method != .get && $0.method != .head }
            try #require(routes.count > 150)
            var people: [Person] = []
            for name in EveryRouteTests.people { people.append(try await Person(name, in: host)) }
            let before = try await host.snapshot()
            var (asked, accepted) = (0, [String]())
            for route in routes {
                let path = route.address(id: route.path.contains("whistleblowing") ? whistle : id)
                for person in people {
                    for fault in Fault.allCases where fault != .noToken || !Self.open.contains(route.path) {
                        let answer = try await person.send(route, path, fault)
                        asked += 1
                        if !isRefused(answer, route, fault) { accepted.append("\(route) \(fault): \(answer.status)") }
                    }
                }
                if try await host.snapshot() != before { accepted.append("\(route) has changed something") }
            }
            #expect(Set(accepted).sorted() == [])
            #expect(asked > 4000)
        }
    }
}
