import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting

/// Every address that a host with every module answers, read by people who between them may read all.
@Suite(.timeLimit(.minutes(40))) struct EveryRouteTests {
    static let modules: [any FeatureModule.Type] = [Deviations.self, Whistleblowing.self]
    static let people = ["kari", "ingrid", "hamid", "dagny", "unni", "sissel", "anders", "vigdis", "astrid"]
    /// They end after a minute; of these HEAD tells the same.
    private static let streams = ["/api/v1/events", "/admin/events/stream"]

    /// What one reader finds who asks every route of its pattern, and then follows links, three of each route.
    private struct Walk {
        let routes: [HostHarness.Route]
        let isForAPI: Bool
        let ask: (HTTPRequest.Method, String) async throws -> Answer
        var asked: [HostHarness.Route: Int] = [:]
        var pages: Set<HostHarness.Route> = []
        var inline: [String] = []

        mutating func go() async throws {
            for route in routes where route.isForAPI == isForAPI {
                try await look(at: route.address(id: "019ac000-0000-7000-8000-000000000000"), route)
            }
        }

        private mutating func look(at path: String, _ route: HostHarness.Route) async throws {
            guard asked[route, default: 0] < 4 else { return }
            asked[route, default: 0] += 1
            let answer = try await ask(streams.contains(route.path) ? .head : .get, path)
            expectSafe(answer, "\(route) \(answer.status)")
            guard answer.headers[.contentType]?.hasPrefix("text/html") ?? false else { return }
            inline += answer.inline.map { "\(route): \($0)" }
            guard answer.status == .ok else { return }
            pages.insert(route)
            for link in answer.links {
                guard let linked = find(link) else { continue }
                try await look(at: link, linked)
            }
        }

        /// The route that names most of an address.
        private func find(_ link: String) -> HostHarness.Route? {
            let asked = link.prefix { $0 != "?" }.split(separator: "/")
            return routes.filter { $0.fits(asked) }.max { $0.named < $1.named }
        }
    }

    @Test func `each answer carries the whole set of headers, and no page has style or script within its markup`()
        async throws
    {
        try await HostHarness.with(modules: Self.modules) { host in
            for module in Self.modules { try await host.loadDemo(module) }
            // What the demo has none of.
            _ = try await host.api("kari").post("/api/v1/me/requests", #"{"kind":"access","text":"Alt om meg"}"#)
            _ = try await host.api("anders").post(
                "/api/v1/webhooks",
                #"{"label":"A receiver","address":"https://93.184.215.14/","topics":["deviations.*"]}"#)
            let routes = try await host.routes(Self.modules).filter { $0.method == .get }
            try #require(routes.count > 100)
            var (pages, inline, asked) = (Set<HostHarness.Route>(), [String](), 0)
            for person in [nil] + Self.people {
                let client = person == nil ? host.stranger() : try await host.api(person ?? "")
                let browser = person == nil ? host.visitor() : try await host.browser(person ?? "")
                for isForAPI in [false, true] {
                    var walk = Walk(routes: routes, isForAPI: isForAPI) { method, path in
                        if method == .head { return try await browser.send(.head, path, headers: [:], body: nil) }
                        return isForAPI ? try await client.get(path) : try await browser.get(path)
                    }
                    try await walk.go()
                    pages.formUnion(walk.pages)
                    inline += walk.inline
                    asked += walk.asked.values.reduce(0, +)
                }
            }
            #expect(inline == [])
            #expect(asked > 1000)
            let unread = Set(routes.filter { !$0.isForAPI && !pages.contains($0) }.map(\.path))
            let unknown = unread.subtracting(["/admin"]).filter { path in !Self.noPages.contains { path.contains($0) } }
            #expect(unknown == [], "nobody has read it, or it is no page")
        }
    }

    /// Files, figures, streams, ways that lead on, and pages of what only a day's work brings: merged reports, consultations, mails that wait.
    private static let noPages = [
        "/files/", "/export", "/extract", "/assets/", "/health/", "/metrics", "/qr.", "/stream", "/sign-in/{provider}",
        "/admin/work/",
        "/admin/mail/", "/reports", "/consultations/", "/me/data/requests/", "/privacy-requests/{request}/cases/",
    ]

    @Test(arguments: [
        #"<p style="color: red">"#, "<style>p {}</style>", "<script>go()</script>", #"<script type="module">go()"#,
        #"<script src="/a.js">go()</script>"#, #"<button onclick="go()">"#, #"<A HREF="JavaScript:go()">"#,
    ])
    func `style and script within markup are found`(_ markup: String) {
        func answer(_ text: String) -> Answer { Answer(status: .ok, headers: [:], body: Array(text.utf8)) }
        #expect(answer(markup).inline.count == 1)
        let plain =
            #"<link href="/assets/a.css" rel="stylesheet"><script src="/assets/a.js" defer></script><p class="style">style="#
        #expect(answer(plain).inline == [])
    }
}

extension HostHarness.Route {
    private var parts: [Substring] { path.split(separator: "/") }

    private static func isOpen(_ part: Substring) -> Bool { part.hasPrefix(":") || part.contains("{") }

    /// How many parts of its address are words.
    var named: Int { parts.count { !Self.isOpen($0) } }

    /// Whether an address, in its parts, is one of this route's.
    func fits(_ asked: [Substring]) -> Bool {
        parts.count == asked.count && zip(parts, asked).allSatisfy { Self.isOpen($0) || $0 == $1 }
    }
}
