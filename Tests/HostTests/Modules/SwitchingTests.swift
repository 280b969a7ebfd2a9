import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// Modules are switched on and off while the host runs.
@Suite struct SwitchingTests {
    private func run(_ stage: Stage = Stage(), _ body: (HostHarness, Browser) async throws -> Void) async throws {
        try await Stage.$current.withValue(stage) {
            try await HostHarness.with(modules: [Alpha.self, Beta.self]) { host in
                let anders = try await host.browser("anders")
                try await body(host, anders)
            }
        }
    }

    private func set(_ module: String, on: Bool, _ browser: Browser) async throws {
        try await browser.get("/admin/modules")
        let answer = try await browser.post("/admin/modules", ["module": module, "enabled": on ? "yes" : "no"])
        #expect(answer.location == "/admin/modules?done=1")
    }

    @Test func `switched off on the admin page, a module has no pages, no menu entry and no door; switched on, it has`()
        async throws
    {
        try await run { _, anders in
            #expect(try await anders.get("/alpha").status == .ok)
            try await set("alpha", on: false, anders)
            #expect(try await anders.get("/alpha").status == .notFound)
            let front = try await anders.get("/").text
            #expect(!front.contains("/alpha"))
            #expect(front.contains("Leke beta") && front.contains("beta door"))
            try await set("alpha", on: true, anders)
            #expect(try await anders.get("/alpha").status == .ok)
            #expect(try await anders.get("/").text.contains("Leke alpha"))
        }
    }

    @Test func `the admin page says which module was switched by hand`() async throws {
        try await run { host, anders in
            func marked() async throws -> Int {
                try await anders.get("/admin/modules").text.matches(of: /Slått om for hånd/).count
            }
            #expect(try await marked() == 0)
            try await set("alpha", on: false, anders)
            #expect(try await marked() == 1)
            #expect(try await host.base.switches.byHand(configured: ["alpha", "beta"]) == ["alpha"])
            try await set("alpha", on: true, anders)
            #expect(try await marked() == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `events of the time a module was off are handled when it is on again`(_ engine: Engine) async throws {
        let stage = Stage()
        try await Stage.$current.withValue(stage) {
            try await HostHarness.with(engine, modules: [Alpha.self, Beta.self]) { host in
                let anders = try await host.browser("anders")
                func expectHeard(_ subjects: [String]) async throws {
                    try await eventually("beta has heard \(subjects)") {
                        try await Beta.heard(in: host.base.database) == subjects
                    }
                }
                try await anders.post("/alpha/ring/one")
                try await expectHeard(["one"])
                try await set("beta", on: false, anders)
                try await anders.post("/alpha/ring/two")
                try await eventually("alpha has heard two") {
                    try await Alpha.heard(in: host.base.database).contains("two")
                }
                // Its table is there, and nobody has written to it.
                try await expectHeard(["one"])
                try await set("beta", on: true, anders)
                try await expectHeard(["one", "two"])
            }
        }
    }

    @Test func `a module's services end when it is switched off, before the page says so`() async throws {
        let stage = Stage()
        try await run(stage) { _, anders in
            try await stage.wait(for: "alpha runs")
            try await set("alpha", on: false, anders)
            #expect(stage.told("alpha").suffix(2) == ["alpha is to stop", "alpha has stopped"])
            #expect(stage.told("beta is to stop").isEmpty)
        }
    }

    @Test func `a request under way while its module is switched off is answered`() async throws {
        let stage = Stage(gates: ["alpha"])
        try await run(stage) { host, anders in
            async let slow = host.visitor().get("/alpha/slow")
            try await stage.wait(for: "alpha is asked")
            try await set("alpha", on: false, anders)
            #expect(try await anders.get("/alpha").status == .notFound)
            stage.unlock("alpha")
            let answer = try await slow
            #expect(answer.status == .ok)
            #expect(answer.text == "late but whole")
        }
    }

    @Test func `a running host follows the switch table`() async throws {
        try await run { host, anders in
            try await host.base.switches.set("alpha", enabled: false, now: host.clock.now)
            try await eventually("alpha is off") { try await anders.get("/alpha").status == .notFound }
            #expect(try await anders.get("/beta").status == .ok)
            try await host.base.switches.set("alpha", enabled: true, now: host.clock.now)
            try await eventually("alpha is on") { try await anders.get("/alpha").status == .ok }
        }
    }

    @Test func `switching on at many places at once starts a module once`() async throws {
        let stage = Stage()
        try await run(stage) { host, anders in
            try await set("alpha", on: false, anders)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 1...10 {
                    tasks.addTask { try await anders.post("/admin/modules", ["module": "alpha", "enabled": "yes"]) }
                }
                try await tasks.waitForAll()
            }
            try await set("alpha", on: false, anders)
            #expect(stage.told("alpha runs").count == stage.told("alpha has stopped").count)
            #expect(stage.told("alpha is made").count == 2)
        }
    }

    @Test func `a module that cannot be switched on says why, and the others go on`() async throws {
        let stage = Stage(faults: [.create("alpha")])
        try await Stage.$current.withValue(stage) {
            try await HostHarness.with(modules: [Alpha.self, Beta.self], enabled: ["beta"]) { host in
                let anders = try await host.browser("anders")
                try await anders.get("/admin/modules")
                let answer = try await anders.post("/admin/modules", ["module": "alpha", "enabled": "yes"])
                #expect(answer.status == .unprocessableContent)
                #expect(answer.text.contains("modulen «alpha» kom ikke i gang: the toy is out of order"))
                #expect(answer.text.contains("module alpha (phase create): the toy is out of order"))
                #expect(try await anders.get("/beta").status == .ok)
                #expect(try await anders.get("/health/ready").text.contains("module alpha"))
                try await set("alpha", on: false, anders)
                #expect(try await anders.get("/health/ready").status == .ok)
            }
        }
    }

    @Test func `a module that nobody compiled in cannot be switched on`() async throws {
        try await run { _, anders in
            let answer = try await anders.post("/admin/modules", ["module": "gamma", "enabled": "yes"])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("Det finnes ingen modul «gamma». Velg en av disse: alpha, beta."))
        }
    }

    @Test(arguments: ["maybe", "", "YES", "1"])
    func `what is neither on nor off is refused, and nothing changes`(_ enabled: String) async throws {
        try await run { host, anders in
            let answer = try await anders.post("/admin/modules", ["module": "alpha", "enabled": enabled])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("Velg om modulen skal være på eller av. Ingenting er endret."))
            #expect(try await host.base.switches.wanted(configured: ["alpha"]) == ["alpha"])
            #expect(try await anders.get("/alpha").status == .ok)
        }
    }

    @Test func `a refusal is in the reader's language`() async throws {
        try await run { _, anders in
            try await anders.post("/language", ["language": "en"])
            let answer = try await anders.post("/admin/modules", ["module": "gamma", "enabled": "yes"])
            #expect(answer.text.contains("There is no module “gamma”. Choose one of these: alpha, beta."))
        }
    }

    @Test func `only administrators see and switch modules`() async throws {
        try await run { host, _ in
            let kari = try await host.browser("kari")
            #expect(try await kari.get("/admin/modules").status == .forbidden)
            #expect(try await kari.post("/admin/modules", ["module": "alpha", "enabled": "no"]).status == .forbidden)
            #expect(try await kari.get("/alpha").status == .ok)
        }
    }
}
