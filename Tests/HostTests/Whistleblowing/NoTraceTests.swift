import Foundation
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// An anonymous report is anonymous: nothing of who sent it, or of what it says, is left anywhere.
@Suite struct NoTraceTests {
    @Test func `a session tells nothing of when its person told something, anonymously or by name`() async throws {
        try await HostHarness.with(modules: [Deviations.self, Whistleblowing.self]) { host in
            func seen() async throws -> [Int64] {
                try await host.base.database.read { try $0.query("SELECT seen FROM host_session") { $0.int64(0) } }
            }
            let kari = try await host.browser("kari")
            let before = try await seen()
            host.clock.advance(seconds: 600)
            let page = try await kari.get(Whistle.path).text
            let style = try #require(page.firstMatch(of: /href="(\/assets\/[^"]+\.css)"/)).1
            try await kari.get(String(style))
            let code = try await Whistle.report(kari)
            _ = try await Whistle.open(kari, code)
            #expect(try await seen() == before)
            // Elsewhere it counts as use.
            try await kari.get("/deviations/mine")
            #expect(try await seen() != before)
        }
    }

    @Test func `no file, log line, event or figure holds a word of a report, or who sent it`() async throws {
        let program = try Program()
        try await program.demo()
        let agent = "Kvernagent/7"
        let address = "203.0.113.77"
        var log = ""
        var figures = ""
        var code = ""
        var codeByAPI = ""
        try await program.serving(environment: [
            "TRIVSEL_MODULES_ENABLED": "deviations,whistleblowing", "TRIVSEL_LOG_LEVEL": "trace",
        ]) {
            started, port in
            let visitor = Browser(port: port)
            var forwarded: HTTPFields = [.userAgent: agent]
            forwarded[.init("X-Forwarded-For")!] = address
            try await visitor.get(Whistle.path, headers: forwarded)
            let sent = try await visitor.post(
                Whistle.path,
                [
                    "step": "check", "go": "send", "as": "anonymous", "seed": UUID().uuidString, "category": "threats",
                    "campus": "trondheim", "title": "Kvernknurr", "description": "Snirkelgang",
                ], headers: forwarded)
            code = String(try #require(sent.text.firstMatch(of: /translate="no">([0-9 ]{19})</)).1)
            _ = try await visitor.post(
                Whistle.path, ["step": "case", "go": "write", "code": code, "text": "Vindskeivt"], headers: forwarded)
            // Files: two that are taken, and one that is not.
            let files =
                [("Kvernbilete.gif", Browser.File.picture.bytes), ("Kvernnotat.txt", Array("Skeivfot".utf8))]
                .map { Browser.File($0.0, $0.1) } + [Browser.File("Kvernprogram.pdf", Array("MZ Skeivfot".utf8))]
            let refused = try await visitor.post(
                Whistle.path, ["step": "case", "code": code, "text": "Se her", "go": "write"], files: files,
                headers: forwarded)
            #expect(refused.text.contains("«Kvernprogram.pdf» ble ikke tatt med"))
            let kept = refused.text.matches(of: /name="kept" value="([^"]+)" checked/).map { String($0.1) }
            let taken = try await visitor.post(
                Whistle.path,
                list: [("step", "case"), ("code", code), ("text", "Se her")] + kept.map { ("kept", $0) }
                    + [("go", "write")], files: [], headers: forwarded)
            #expect(kept.count == 2 && taken.text.contains("Kvernnotat.txt"))
            #expect(visitor.cookies.isEmpty)
            codeByAPI = try await tellByAPI(port, forwarded)
            try await visitor.get("/accessibility")
            log = started.log
            figures = try await Client(port: port).send(.get, "/metrics").text
        }
        #expect(!figures.contains("/whistleblowing") && figures.contains("/accessibility"))
        #expect(log.contains("module on") && !log.contains("/whistleblowing"))
        #expect(!log.contains("Kvern") && !log.contains(".gif"))
        let marked = [
            "Kvernknurr", "Snirkelgang", "Vindskeivt", "Kvernbilete", "Kvernnotat", "Kvernprogram", "Skeivfot", agent,
            address, code, code.filter { $0 != " " }, "Kvernkall", "Kvernnykel", codeByAPI,
        ]
        for file in try files(in: program.folder.path) {
            let held = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            for word in marked { #expect(!held.contains(word), "\(word) in \(file.lastPathComponent)") }
        }
        let events = try await program.database {
            try $0.first("SELECT count(*) FROM event_log WHERE type LIKE 'whistle%'") { $0.int(0) }
        }
        #expect(events == 0)
    }

    /// Tells, reads and writes through the API, and tries a code that never was; the receipt code.
    private func tellByAPI(_ port: Int, _ headers: HTTPFields) async throws -> String {
        struct Receipt: Decodable { let receiptCode: String }
        var headers = headers
        headers[.contentType] = "application/json"
        headers[.init("Idempotency-Key")!] = "Kvernnykel-0123456789"
        let path = "/api/v1/whistleblowing"
        func send(_ path: String, _ json: String) async throws -> Answer {
            try await Client(port: port).send(.post, path, headers: headers, body: Array(json.utf8))
        }
        let told = try await send(
            path, #"{"category":"threats","campus":"trondheim","title":"Kvernkall","description":"Snirkelgang"}"#)
        let code = try told.json(Receipt.self).receiptCode
        let wrote = try await send("\(path)/dialogue", #"{"code":"\#(code)","text":"Vindskeivt"}"#)
        #expect(wrote.status == .ok && wrote.text.contains("Vindskeivt") && wrote.text.contains("Kvernkall"))
        let wrong = try await send("\(path)/dialogue", #"{"code":"0000000000000000","text":"Vindskeivt"}"#)
        #expect(wrong.status == .unprocessableContent)
        return code
    }

    @Test func `the reporter's pages tell nothing in the browser's history and are not kept`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let kari = try await host.browser("kari")
            for browser in [host.visitor(), kari] {
                let page = try await browser.get(Whistle.path)
                #expect(page.text.contains("<title>Trivsel</title>") && page.headers[.cacheControl] == "no-store")
                #expect(page.headers[values: .setCookie].isEmpty && !page.text.contains("data-person"))
                #expect(page.text.contains("Studentombudet"))
            }
        }
    }

    @Test func `no keeper gets a mail at the moment somebody writes`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            _ = try await Whistle.report(host.visitor())
            let jobs = try await host.base.database.read { try $0.query("SELECT payload FROM bus_job") { $0.text(0) } }
            #expect(jobs.isEmpty, "nothing is sent when somebody writes")
        }
    }

    @Test func `each module runs without the other`() async throws {
        let both: [any FeatureModule.Type] = [Deviations.self, Whistleblowing.self]
        try await HostHarness.with(modules: both, enabled: ["whistleblowing"]) { host in
            let own = try await host.visitor().get(Whistle.path)
            let other = try await host.visitor().get("/deviations/report")
            #expect(own.status == .ok && other.status == .notFound)
        }
        try await HostHarness.with(modules: both, enabled: ["deviations"]) { host in
            let other = try await host.visitor().get(Whistle.path)
            let own = try await host.browser("kari").get("/deviations/report")
            #expect(own.status == .ok && other.status == .serviceUnavailable)
        }
    }

    private func files(in folder: String) throws -> [URL] {
        let all = FileManager.default.enumerator(
            at: URL(filePath: folder), includingPropertiesForKeys: [.isRegularFileKey])
        return (all?.allObjects as? [URL] ?? []).filter {
            (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false
        }
    }
}
