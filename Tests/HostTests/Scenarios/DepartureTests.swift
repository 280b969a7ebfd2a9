import DeviationsCore
import EventKit
import Foundation
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// Deviations that belong to whistleblowing, from the reporter's and the officer's pages and through the API.
@Suite struct DepartureTests {
    private static let both: [any FeatureModule.Type] = [Deviations.self, Whistleblowing.self]
    private static let title = "Kvernknurr"
    private static let story = "Snirkelgang etter forelesningen"
    private static let reason = "Vindskeivt svar til melderen"

    private func report(_ host: HostHarness) async throws -> String {
        let body = HostHarness.reportBody(title: Self.title).replacing(
            "Fristen gikk ut 6. november, og ingen svarer.", with: Self.story)
        return try await host.api("kari").post("/api/v1/deviations", body).json(CaseReceipt.self).id
    }

    @discardableResult
    private func reRegister(_ id: String, by person: String = "ingrid", _ way: Way, _ host: HostHarness) async throws
        -> Answer
    {
        switch way {
        case .api:
            let ingrid = try await host.api(person)
            let tag = try await ingrid.get("/api/v1/deviations/\(id)").headers[.eTag] ?? "\"1\""
            var headers: HTTPFields = [.ifMatch: tag]
            headers[.init("Idempotency-Key")!] = "key-of-\(id)"
            return try await ingrid.post(
                "/api/v1/deviations/\(id)/triage",
                #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"\#(Self.reason)"}"#,
                headers: headers)
        case .page:
            let ingrid = try await host.browser(person)
            let version = try await ingrid.get("/deviations/\(id)").value(ofHidden: "version") ?? "1"
            return try await ingrid.post(
                "/deviations/\(id)/triage",
                [
                    "isDeviation": "no", "holdsSensitiveData": "yes", "isCensurable": "yes", "reason": Self.reason,
                    "version": version,
                ])
        }
    }

    private func whistleblows(_ host: HostHarness) async throws -> Int {
        try await host.base.database.read { try $0.first("SELECT count(*) FROM whistleblowing_case") { $0.int(0) } }
            ?? -1
    }

    private func emptied(_ id: String, _ host: HostHarness) async throws -> Bool {
        try await host.base.database.read {
            try $0.first("SELECT ending FROM deviations_case WHERE uid = \(id)") { $0.textOrNil(0) }
        } == "outside-scope"
    }

    @Test(arguments: Way.allCases)
    func
        `given a deviation that tells of sexual harassment, when triage chooses “censurable”, then in one act the reporter gets a reason, a vault case exists with text and files, and the deviation keeps only number, dates and outcome`(
            way: Way
        ) async throws
    {
        try await HostHarness.with(modules: Self.both) { host in
            let id = try await report(host)
            let sent = try await host.api("kari").post(
                "/api/v1/deviations/\(id)/files", bytes: Array("Snirkelgang".utf8), type: "application/octet-stream",
                headers: [.contentDisposition: "attachment; filename=\"vindskeivt.txt\""])
            #expect(sent.status == .created, "\(sent.text)")
            let answer = try await reRegister(id, way, host)
            #expect(
                way == .api ? answer.status == .ok : answer.location?.hasPrefix("/deviations?") == true,
                "\(answer.text)")
            try await eventually("the deviation is empty") { try await emptied(id, host) }
            #expect(try await whistleblows(host) == 1)
            let vigdis = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(vigdis).first)
            let held = try await vigdis.get(address).text
            #expect(held.contains(Self.story) && held.contains("vindskeivt.txt"))
            // Nobody finds it as a deviation any more.
            for person in ["ingrid", "dagny", "anders", "hamid"] {
                #expect(try await host.api(person).get("/api/v1/deviations/\(id)").status == .notFound, "\(person)")
                #expect(try await !host.api(person).search(#"{"q":"kvernknurr"}"#).text.contains(id))
                #expect(try await !host.api(person).get("/api/v1/deviations").text.contains(id))
            }
            // The reporter has the reason, how to get in, and whom to turn to.
            let kari = try await host.browser("kari")
            #expect(try await kari.get("/deviations/mine").text.contains("/deviations/mine/\(id)"))
            let page = try await kari.get("/deviations/mine/\(id)").text
            for text in [
                Self.reason, "Slik kommer du inn", "href=\"/whistleblowing\"", "<title>Trivsel</title>", "data-exit",
            ] {
                #expect(page.contains(text), "\(text)")
            }
            #expect(!page.contains(Self.story))
            let told = try await host.api("kari").get("/api/v1/deviations/\(id)").text
            #expect(told.contains(Self.reason) && told.contains("\"outside-scope\"") && !told.contains(Self.story))
            #expect(try await kari.get("/whistleblowing").text.contains(Self.title))
            try await kari.get("/deviations/mine/\(id)")
            #expect(
                try await kari.post("/deviations/mine/\(id)", ["act": "read"]).location == "/deviations/mine?done=1")
            #expect(try await kari.get("/deviations/mine/\(id)").status == .notFound)
        }
    }

    @Test func `no word of it is in any file, log line, event, mail or figure afterwards`() async throws {
        let program = try Program()
        try await program.demo()
        var (log, figures, id) = ("", "", "")
        try await program.serving(environment: [
            "TRIVSEL_MODULES_ENABLED": "deviations,whistleblowing", "TRIVSEL_LOG_LEVEL": "trace",
        ]) { started, port in
            let kari = Browser(port: port)
            try await kari.signIn("kari")
            let sent = try await kari.post(
                "/deviations/report",
                [
                    "step": "5", "go": "send", "serious": "none", "category": "other", "environment": "psychosocial",
                    "unit": "ie-idi", "campus": "trondheim", "ordinaryChannels.tried": "no",
                    "ordinaryChannels.reason": "Knirkemo", "title": Self.title, "description": Self.story,
                ])
            id = String((sent.location ?? "").dropFirst("/deviations/mine/".count).prefix { $0 != "?" })
            let ingrid = Browser(port: port)
            try await ingrid.signIn("ingrid")
            try await ingrid.get("/deviations/\(id)")
            _ = try await ingrid.post(
                "/deviations/\(id)/triage",
                [
                    "isDeviation": "no", "holdsSensitiveData": "yes", "isCensurable": "yes", "reason": Self.reason,
                    "version": "1",
                ])
            try await eventually("the deviation is empty") {
                try await ingrid.get("/deviations/\(id)").status == .notFound
            }
            log = started.log
            figures = try await Client(port: port).send(.get, "/metrics").text
        }
        let marked = [Self.title, "Snirkelgang", "Vindskeivt", "Knirkemo"]
        for word in marked { #expect(!log.contains(word) && !figures.contains(word), "\(word)") }
        #expect(!figures.lowercased().contains("whistle"))
        let all = FileManager.default.enumerator(
            at: URL(filePath: program.folder.path), includingPropertiesForKeys: [.isRegularFileKey])
        for case let file as URL in all?.allObjects ?? [] {
            guard let held = try? Data(contentsOf: file) else { continue }
            for word in marked {
                #expect(held.firstRange(of: Data(word.utf8)) == nil, "\(word) in \(file.lastPathComponent)")
            }
        }
        #expect(!id.isEmpty)
    }

    @Test
    func
        `given a subscriber, when a report is submitted and later re-registered, then no event ever held free text, title, file name or reporter; replaying the stream reveals no more`()
        async throws
    {
        try await HostHarness.with(modules: Self.both) { host in
            let id = try await report(host)
            try await reRegister(id, .api, host)
            try await eventually("the deviation is empty") { try await emptied(id, host) }
            let other = try await host.report()
            try await host.act(
                "rejection", on: other, by: "ingrid",
                #"{"reason":"Gjelder bolig","isDeviation":false,"holdsSensitiveData":true,"isCensurable":false}"#)
            let everything = try #require(TopicPattern("*"))
            let log = try await host.base.log.read(after: 0, matching: [everything], limit: 500, maxBytes: 1 << 20)
                .events
            func shape(_ subject: String) -> [String] {
                log.filter { $0.event.subject == subject }.map {
                    "\($0.event.type) \($0.event.data.replacing(subject, with: "ID"))"
                }
            }
            #expect(shape(id) == shape(other) && shape(id).count == 2)
            for event in log {
                for word in [Self.title, "Snirkelgang", "Vindskeivt", "kari", "ingrid", "whistle"] {
                    #expect(!event.cloudEvent.contains(word), "\(word)")
                }
            }
            #expect(log.allSatisfy { [id, other].contains($0.event.subject) }, "no event of another case")
            let answers = try await host.base.database.read {
                try $0.query("SELECT body FROM idempotency_answer") { $0.text(0) }
            }
            #expect(answers.allSatisfy { !$0.contains(id) })
        }
    }

    @Test(arguments: Way.allCases)
    func
        `while whistleblowing is off the deviation is unchanged and locked to its officer, and becomes exactly one case when it is on`(
            way: Way
        ) async throws
    {
        try await HostHarness.with(modules: Self.both, enabled: ["deviations"]) { host in
            let id = try await report(host)
            for _ in 0..<2 { try await reRegister(id, way, host) }
            let officer = try await host.browser("ingrid").get("/deviations/\(id)").text
            #expect(officer.contains("på vei til varslingsmottaket") && officer.contains("name=\"callBack\""))
            #expect(officer.contains(Self.story) && !officer.contains("/assignments"))
            #expect(try await host.api("dagny").get("/api/v1/deviations/\(id)").status == .notFound)
            #expect(try await host.browser("kari").get("/deviations/mine/\(id)").text.contains(Self.story))
            let anders = try await host.browser("anders")
            try await anders.get("/admin/modules")
            try await anders.post("/admin/modules", ["module": "whistleblowing", "enabled": "yes"])
            try await eventually("the deviation is empty") { try await emptied(id, host) }
            #expect(try await whistleblows(host) == 1)
            try await reRegister(id, way, host)
            #expect(try await whistleblows(host) == 1)
        }
    }

    @Test(arguments: [
        "bullying", "harassment", "sexual-harassment", "violence", "threats", "threatening-behaviour", "censurable",
    ])
    func `given the form answer “threats”, then the form stops before storing anything`(answer: String) async throws {
        try await HostHarness.with(modules: Self.both) { host in
            let kari = try await host.browser("kari")
            let client = try await host.api("kari")
            #expect(try await kari.get("/deviations/report").text.contains("Gjelder det noe av dette?"))
            let before = try await host.snapshot()
            for step in ["0", "4", "5"] {
                let stopped = try await kari.post(
                    "/deviations/report",
                    [
                        "step": step, "go": step == "5" ? "send" : "next", "serious": answer, "title": Self.title,
                        "description": Self.story, "unit": "ie-idi", "campus": "trondheim", "category": "other",
                        "environment": "psychosocial", "ordinaryChannels.tried": "no", "ordinaryChannels.reason": "Nei",
                    ])
                for text in [
                    "Dette skal ikke meldes her", "action=\"/whistleblowing\"", "data-exit", "studentombud", "tel:112",
                    "data-draft-sent=\"deviations.report\"", "<title>Trivsel</title>",
                ] {
                    #expect(stopped.text.contains(text), "\(step): \(text)")
                }
                #expect(stopped.value(ofHidden: "title") == Self.title)
            }
            let api = try await client.post(
                "/api/v1/deviations", HostHarness.reportBody().replacing("\"none\"", with: "\"\(answer)\""),
                headers: [.init("Idempotency-Key")!: "one-key-of-mine"])
            #expect(api.status == .unprocessableContent)
            let problem = try api.json(ProblemBody.self)
            #expect(problem.type.hasSuffix("serious") && problem.errors?.map(\.field) == ["serious"])
            for told in ["/whistleblowing", "112", "Studentpresten i Trondheim", "Studentombud"] {
                #expect(problem.detail.contains(told), "\(told): \(problem.detail)")
            }
            #expect(try await host.snapshot() == before)
            // Only who agrees takes along what they have written.
            let carried = try await kari.post(
                "/whistleblowing",
                [
                    "step": "about", "as": "anonymous", "category": answer, "title": Self.title,
                    "description": Self.story,
                ])
            #expect(carried.value(ofHidden: "title") == Self.title)
        }
    }

    @Test func `re-registered from the page that triages one by one, it leaves the same way, and not without a reason`()
        async throws
    {
        try await HostHarness.with(modules: Self.both) { host in
            let id = try await report(host)
            let ingrid = try await host.browser("ingrid")
            #expect(try await ingrid.get("/deviations/triage?case=\(id)").text.contains("Omregistrer som varsel"))
            func send(_ reason: String) async throws -> Answer {
                try await ingrid.post(
                    "/deviations/triage/\(id)",
                    [
                        "isDeviation": "no", "holdsSensitiveData": "yes", "outcome": "triage", "whistleReason": reason,
                        "version": "1",
                    ])
            }
            let refused = try await send("")
            #expect(refused.status == .unprocessableContent && refused.text.contains("href=\"#whistleReason\""))
            #expect(try await send(Self.reason).location == "/deviations/triage?done=\(id)")
            try await eventually("the deviation is empty") { try await emptied(id, host) }
            #expect(try await whistleblows(host) == 1)
        }
    }

    @Test func `the form asks the first question until it is answered; a client that leaves it out means none`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let kari = try await host.browser("kari")
            let page = try await kari.post("/deviations/report", ["step": "0", "go": "next"])
            #expect(page.status == .unprocessableContent && page.text.contains("href=\"#serious\""))
            let api = try await host.api("kari").post(
                "/api/v1/deviations", HostHarness.reportBody().replacing("\"serious\":\"none\",", with: ""))
            #expect(api.status == .created)
        }
    }

    @Test(arguments: Way.allCases)
    func
        `given an overdue deviation, when the reporter uses “not followed up”, then a vault case opens with dates and steps only, handler and line manager are not told, and the deviation goes on`(
            way: Way
        ) async throws
    {
        try await HostHarness.with(modules: Self.both) { host in
            let id = try await host.assignedCase()
            func escalate() async throws -> Answer {
                guard way == .page else {
                    return try await host.api("kari").post(
                        "/api/v1/deviations/\(id)/reporter-acts", #"{"act":"not-followed-up"}"#)
                }
                let kari = try await host.browser("kari")
                try await kari.get("/deviations/mine/\(id)")
                return try await kari.post("/deviations/mine/\(id)", ["act": "not-followed-up"])
            }
            #expect(try await !(200..<400).contains(escalate().status.code))
            host.clock.advance(seconds: 40 * 86_400)
            #expect(
                try await host.browser("kari").get("/deviations/mine/\(id)").text.contains("Er saken ikke fulgt opp?"))
            let seen = try await host.api("hamid").get("/api/v1/deviations/\(id)").text
            func jobs() async throws -> Int {
                try await host.base.database.read { try $0.first("SELECT count(*) FROM bus_job") { $0.int(0) } } ?? -1
            }
            try await eventually("mails of before are written") { try await jobs() >= 3 }
            // The audit trail of the days that have passed.
            try await eventually("the day is anchored") { try await host.rows("audit_anchor") == 1 }
            let (head, mails) = (try await host.base.log.bounds().head, try await jobs())
            #expect(try await (200..<400).contains(escalate().status.code))
            try await eventually("a vault case is open") { try await whistleblows(host) == 1 }
            #expect(try await host.api("hamid").get("/api/v1/deviations/\(id)").text == seen)
            let (headAfter, mailsAfter) = (try await host.base.log.bounds().head, try await jobs())
            #expect(headAfter == head && mailsAfter == mails)
            #expect(try await !(200..<400).contains(escalate().status.code))
            let vigdis = try await host.browser("vigdis")
            let text = try await vigdis.get(try #require(try await Whistle.cases(vigdis).first)).text
            #expect(text.contains("Sendt til behandler") && !text.contains("Fristen gikk ut 6. november"))
            #expect(try await host.browser("kari").get("/deviations/mine/\(id)").text.contains("Du har varslet om"))
            try await host.act("notes", on: id, by: "hamid", #"{"text":"Vi går videre"}"#)
        }
    }

    @Test(arguments: Way.allCases)
    func
        `given the reporter withdraws, then handling stops or goes on with a recorded reason; if it had been re-registered, withdrawing neither touches nor confirms the vault case`(
            way: Way
        ) async throws
    {
        try await HostHarness.with(modules: Self.both) { host in
            let (ordinary, gone) = (try await host.assignedCase(), try await report(host))
            let going = try await host.assignedCase()
            try await reRegister(gone, .api, host)
            try await eventually("the deviation is empty") { try await emptied(gone, host) }
            func withdraw(_ id: String) async throws -> String {
                let answer: Answer
                if way == .api {
                    answer = try await host.api("kari").post(
                        "/api/v1/deviations/\(id)/reporter-acts", #"{"act":"withdraw"}"#)
                } else {
                    let kari = try await host.browser("kari")
                    try await kari.get("/deviations/mine/\(id)")
                    answer = try await kari.post("/deviations/mine/\(id)", ["act": "withdraw"])
                }
                return "\(answer.status) \(answer.location ?? "") \(answer.text)"
            }
            #expect(try await withdraw(ordinary) == withdraw(gone))
            _ = try await withdraw(going)
            #expect(try await whistleblows(host) == 1)
            for id in [ordinary, gone] {
                #expect(try await host.browser("kari").get("/deviations/mine/\(id)").status == .notFound)
                #expect(try await host.api("kari").get("/api/v1/deviations/\(id)").status == .notFound)
            }
            let hamid = try await host.browser("hamid")
            let page = try await hamid.get("/deviations/\(ordinary)")
            #expect(page.text.contains("Melderen har trukket meldingen") && !page.text.contains("Kari"))
            let stopped = try await hamid.post(
                "/deviations/\(ordinary)/after-withdrawal",
                ["goesOn": "no", "version": page.value(ofHidden: "version") ?? ""])
            #expect(stopped.location?.hasPrefix("/deviations?") == true)
            #expect(try await hamid.get("/deviations/\(ordinary)").status == .notFound)
            let version = try await hamid.get("/deviations/\(going)").value(ofHidden: "version") ?? ""
            let goesOn = try await hamid.post(
                "/deviations/\(going)/after-withdrawal",
                [
                    "goesOn": "yes", "version": version, "reason": "Andre kan være berørt",
                    "keptTitle": "Undervisningen i emnet", "keptText": "Emnet må ses på.",
                ])
            #expect(goesOn.status == .seeOther, "\(goesOn.text)")
            let kept = try await hamid.get("/deviations/\(going)").text
            #expect(kept.contains("Andre kan være berørt") && kept.contains("Emnet må ses på."))
            #expect(!kept.contains("Kari"))
        }
    }
}
