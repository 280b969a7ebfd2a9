import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// HSE deviations that touch students are registered as references, by a system or as a table (D24).
@Suite struct HSETests {
    private static let path = "/deviations/hse"
    private static let head = "reference;date;unit;campus;environment;status"

    private func body(_ reference: String = "H-1", unit: String = "ie-idi", status: String = "open") -> String {
        """
        {"reference":"\(reference)","date":"2026-11-02","unit":"\(unit)","campus":"trondheim","environment":"physical",\
        "status":"\(status)"}
        """
    }

    private func references(_ host: HostHarness) async throws -> [String] {
        try await host.base.database.read {
            try $0.query("SELECT reference, is_open FROM deviations_hse ORDER BY reference") {
                "\($0.text(0)) \($0.bool(1) ? "open" : "closed")"
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a system registers a reference once, however often it sends it, and brings it up to date`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            try await host.grant(.hseSystem, to: "lars", at: "ntnu")
            let system = try await host.api("lars")
            let made = try await system.post("/api/v1/hse-deviations", body())
            #expect(made.status == .created && made.location == "/api/v1/hse-deviations/H-1")
            #expect(try await system.post("/api/v1/hse-deviations", body()).status == .ok)
            let other = try await system.post("/api/v1/hse-deviations", body(status: "closed"))
            #expect(other.status == .conflict && other.text.contains("registered-before"))

            let path = "/api/v1/hse-deviations/H-1"
            let tag = try await system.get(path).headers[.eTag] ?? ""
            #expect(try await system.put(path, body(status: "closed")).status == .preconditionRequired)
            #expect(try await system.put(path, body(status: "closed"), headers: [.ifMatch: tag]).status == .ok)
            #expect(try await system.put(path, body(), headers: [.ifMatch: tag]).status == .preconditionFailed)
            #expect(try await references(host) == ["H-1 closed"])
            let story = try await system.post("/api/v1/hse-deviations", body("Kari falt i trappa"))
            #expect(story.status == .unprocessableContent)
            #expect(try await references(host).count == 1)
        }
    }

    @Test func `an intake officer registers for their own units, others for none`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let ingrid = try await host.api("ingrid")
            #expect(try await ingrid.post("/api/v1/hse-deviations", body()).status == .created)
            let away = try await ingrid.post("/api/v1/hse-deviations", body("H-2", unit: "hf-isl"))
            #expect(away.status == .unprocessableContent)
            try await host.grant(.hseSystem, to: "lars", at: "ntnu")
            let made = try await host.api("lars").post("/api/v1/hse-deviations", body("H-2", unit: "hf-isl"))
            #expect(made.status == .created)
            let path = "/api/v1/hse-deviations/H-2"
            #expect(try await ingrid.get(path).status == .notFound)
            #expect(try await ingrid.put(path, body(), headers: [.ifMatch: "\"1\""]).status == .notFound)
            // Nor is it counted for her.
            let own = try await host.browser("ingrid").get(Self.path)
            #expect(own.status == .ok && own.text.contains("<b class=\"num\">1</b>"))
            // Nor is it taken over by a table.
            let page = try await host.browser("ingrid").post(
                Self.path, ["rows": "\(Self.head)\nH-2;2026-11-02;ie;trondheim;digital;closed"])
            #expect(page.status == .unprocessableContent)
            #expect(try await references(host) == ["H-1 open", "H-2 open"])
            for person in ["kari", "hamid", "thea"] {
                #expect(try await host.browser(person).get(Self.path).status == .forbidden, "\(person)")
                #expect(
                    try await host.api(person).post("/api/v1/hse-deviations", body("H-3")).status == .forbidden)
                #expect(try await host.api(person).get("/api/v1/hse-deviations/H-1").status == .forbidden)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `of a table nothing is stored unless all rows are right, or the right ones are asked for`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let unni = try await host.browser("unni")
            #expect(try await unni.get(Self.path).text.contains("HMS-avvik"))
            let rows = """
                \(Self.head)
                H-1;2026-11-02;ie-idi;trondheim;digital;open
                H-2;2026-13-02;ie-idi;trondheim;digital;open
                """
            let wrong = try await unni.post(Self.path, ["rows": rows])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Én rad er ikke rett"))
            #expect(wrong.text.contains("<th scope=\"row\">3 (H-2)</th>"))
            #expect(wrong.text.contains("<code>2026-13-02</code>") && wrong.text.contains("href=\"#faults\""))
            #expect(wrong.text.contains("H-1;2026-11-02") && wrong.text.contains("name=\"onlyRight\""))
            #expect(try await references(host).isEmpty)

            let part = try await unni.post(Self.path, ["rows": rows, "onlyRight": "yes"])
            #expect(part.status == .ok && part.text.contains("1 ny, 0 endret, 0 som før"))
            // The only line that is left stands right below the first.
            #expect(part.text.contains("<th scope=\"row\">2 (H-2)</th>"))
            #expect(part.text.contains("H-2;2026-13-02") && !part.text.contains("H-1;2026-11-02"))
            #expect(try await references(host) == ["H-1 open"])

            let later = """
                \(Self.head)
                H-1;2026-11-02;ie-idi;trondheim;digital;closed
                H-3;2026-11-02;hf;gjovik;digital;open
                """
            let whole = try await unni.post(Self.path, ["rows": later])
            #expect(whole.status == .ok && whole.text.contains("1 ny, 1 endret, 0 som før"))
            #expect(try await references(host) == ["H-1 closed", "H-3 open"])
            #expect(try await unni.post(Self.path, ["rows": "noe"]).status == .unprocessableContent)
        }
    }

    @Test(arguments: Engine.all)
    func `a reference registered in error is taken back by the version one has seen, and no longer counted`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let ingrid = try await host.api("ingrid")
            for reference in ["H-1", "H-2"] { _ = try await ingrid.post("/api/v1/hse-deviations", body(reference)) }
            let path = "/api/v1/hse-deviations/H-1"
            let tag = try await ingrid.get(path).headers[.eTag] ?? ""
            #expect(try await ingrid.delete(path).status == .preconditionRequired)
            #expect(try await ingrid.delete(path, headers: [.ifMatch: "\"7\""]).status == .preconditionFailed)
            #expect(try await host.api("kari").delete(path, headers: [.ifMatch: tag]).status == .forbidden)
            try await host.grant(.hseSystem, to: "lars", at: "hf")
            #expect(try await host.api("lars").delete(path, headers: [.ifMatch: tag]).status == .notFound)
            #expect(try await references(host).count == 2)
            #expect(try await ingrid.delete(path, headers: [.ifMatch: tag]).status == .noContent)
            #expect(try await ingrid.delete(path, headers: [.ifMatch: tag]).status == .notFound)
            #expect(try await references(host) == ["H-2 open"])
            let page = try await host.browser("ingrid").get(Self.path)
            #expect(page.text.contains("<b class=\"num\">1</b>"))
        }
    }

    @Test func `on the page it is shown before it is taken back, and nobody else's is found`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            _ = try await host.api("ingrid").post("/api/v1/hse-deviations", body())
            try await host.grant(.hseSystem, to: "lars", at: "hf")
            let foreign = try await host.browser("lars")
            let none = try await foreign.post("\(Self.path)/removal", ["reference": "H-1"])
            #expect(none.status == .unprocessableContent && !none.text.contains("name=\"version\""))
            let taken = try await foreign.post("\(Self.path)/removal", ["reference": "H-1", "version": "1"])
            #expect(taken.status == .unprocessableContent)
            let ingrid = try await host.browser("ingrid")
            let found = try await ingrid.post("\(Self.path)/removal", ["reference": " H-1 "])
            #expect(found.status == .ok && found.text.contains("mandag 2. november"), "\(found.text)")
            #expect(try await references(host) == ["H-1 open"])
            let stale = try await ingrid.post("\(Self.path)/removal", ["reference": "H-1", "version": "9"])
            #expect(stale.status == .unprocessableContent)
            let done = try await ingrid.post("\(Self.path)/removal", ["reference": "H-1", "version": "1"])
            #expect(done.location == "\(Self.path)?done=1")
            #expect(try await ingrid.get("\(Self.path)?done=1").text.contains("tatt tilbake"))
            #expect(try await references(host).isEmpty)
        }
    }
}
