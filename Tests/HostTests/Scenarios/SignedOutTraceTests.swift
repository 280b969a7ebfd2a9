import Foundation
import HTTPTypes
import Storage
import Testing
import TrivselTesting

/// Nothing is left of who sent a report without signing in.
@Suite struct SignedOutTraceTests {
    @Test(arguments: Engine.all)
    func `no file, log line, event or figure holds an address, a browser, a session or a word of it`(engine: Engine)
        async throws
    {
        let agent = "Kvernagent/7"
        let address = "203.0.113.77"
        try await Installed.with(engine) { installed in
            let sessions = try await installed.rows("host_session")
            let before = try await installed.rows("deviations_case", where: "reporter = ''")
            var log = ""
            try await installed.serving(SignedOut.on.merging(["TRIVSEL_LOG_LEVEL": "trace"]) { $1 }) { started, port in
                let visitor = Browser(port: port)
                var headers: HTTPFields = [.userAgent: agent]
                headers[.init("X-Forwarded-For")!] = address
                let form = try await visitor.get(SignedOut.path, headers: headers)
                #expect(form.headers[values: .setCookie].isEmpty)
                let fields = SignedOut.fields().map { name, value in
                    ["title": (name, "Kvernknurr"), "description": (name, "Snirkelgang")][name] ?? (name, value)
                }
                let sent = try await SignedOut.send(visitor, fields, headers: headers)
                #expect(sent.caseNumber != nil && sent.headers[values: .setCookie].isEmpty && visitor.cookies.isEmpty)
                let figures = try await Client(port: port).send(.get, "/metrics").text
                for word in [agent, address, "Kvernknurr", "Snirkelgang"] { #expect(!figures.contains(word)) }
                log = started.log
            }
            let raw = try await installed.raw()
            for word in [agent, address, "Kvernknurr", "Snirkelgang"] {
                #expect(raw.holding(word).isEmpty, "\(word)")
                #expect(!log.contains(word), "\(word)")
            }
            #expect(try await installed.rows("host_session") == sessions)
            #expect(try await installed.rows("deviations_case", where: "reporter = ''") == before + 1)
            #expect(try await installed.rows("deviations_draft") == 0)
        }
    }
}
