import EventKit
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// Reports of people who are not signed in, where `deviations.signedIn` is off.
@Suite struct SignedOutTests {
    private func newID() -> String { Identifier.make(at: Timestamp(milliseconds: 1_795_000_000_000)) }

    /// Sends a report; its id.
    private func report(_ host: HostHarness, _ others: [(String, String)] = []) async throws -> String {
        let id = newID()
        let sent = try await SignedOut.send(host.visitor(), SignedOut.fields(as: id, others))
        #expect(sent.status == .ok && sent.caseNumber != nil)
        return id
    }

    @Test(arguments: Engine.all)
    func `somebody who is not signed in reports, is told that nobody can answer, and the case is handled in time`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(
            engine, modules: [Deviations.self, Whistleblowing.self], environment: SignedOut.on
        ) { host in
            let visitor = host.visitor()
            let door = try await visitor.get(SignedOut.path + "?category=equipment")
            let notice = try #require(door.text.firstRange(of: "Du er ikke logget inn"))
            let first = try #require(door.text.firstRange(of: "<fieldset"))
            #expect(notice.lowerBound < first.lowerBound)
            for words in [
                "ingen svare deg", "href=\"/sign-in?back=/deviations/report\"", "så får du svar og en egen side",
                "href=\"/whistleblowing\"",
            ] {
                #expect(door.text.contains(words), "\(words)")
            }
            #expect(door.value(ofHidden: "category") == "equipment" && !door.text.contains("data-draft="))
            let tell = try await SignedOut.send(visitor, SignedOut.fields("4", go: "to-4"))
            #expect(!tell.text.contains("name=\"onBehalf\"") && !tell.text.contains("name=\"people\""))
            let id = newID()
            let check = try await SignedOut.send(visitor, SignedOut.fields("4", go: "next", as: id))
            #expect(check.text.contains("value=\"send\"") && !check.text.contains("type=\"file\""))
            #expect(check.text.contains("ingen svare deg") && check.value(ofHidden: "signedOut") == "yes")

            let sent = try await SignedOut.send(visitor, SignedOut.fields(as: id))
            let number = try await host.number(of: id)
            #expect(sent.status == .ok && sent.caseNumber == number && sent.text.contains("Du får ikke svar"))
            // Sent twice, it is one case.
            #expect(try await SignedOut.send(visitor, SignedOut.fields(as: id)).caseNumber == number)
            #expect(try await host.rows("deviations_case") == 1 && visitor.cookies.isEmpty)

            let page = try await host.browser("ingrid").get("/deviations/\(id)").text
            #expect(page.contains("Sendt uten innlogging") && page.contains("svar når ingen"))
            #expect(page.contains(SignedOut.text) && !page.contains("meldingen er trukket"))
            let seen = try await host.api("ingrid").get("/api/v1/deviations/\(id)").text
            #expect(seen.contains("\"reporter\":null") && seen.contains("\"signedOut\":true"))
            #expect(seen.contains("\"reports\":1") && seen.contains("\"withdrawnOn\":null"))
            #expect(try await host.browser("ingrid").get("/deviations/triage?case=\(id)").text.contains("Sendt uten"))

            for (act, person, body) in [
                ("triage", "ingrid", #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#),
                ("assignments", "ingrid", #"{"handler":"hamid"}"#), ("replies", "hamid", #"{"text":"Vi ser på det."}"#),
                ("cause", "hamid", #"{"whatHappened":"Lager","why":"Slitt","prevention":"Bytte"}"#),
                ("closing", "hamid", #"{"outcome":"Viften er byttet."}"#),
            ] {
                try await host.act(act, on: id, by: person, body)
            }
            // The intake officer and the handler are told, and nobody else.
            let mails = try await host.takenMails(waitingFor: 2)
            #expect(mails.allSatisfy { $0.link.url.hasSuffix("/deviations/\(id)") }, "\(mails.map(\.subject))")
        }
    }

    @Test(arguments: Engine.all)
    func `unless it is set so, one has to be signed in, and the API always asks for a token`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let visitor = host.visitor()
            let asked = try await visitor.get(SignedOut.path + "?unit=ie-idi")
            #expect(asked.status == .seeOther && asked.location?.hasPrefix("/sign-in?back=") ?? false)
            #expect(try await SignedOut.send(visitor).status == .unauthorized)
            #expect(try await visitor.get("/").text.contains("Logg inn for å melde fra"))
            #expect(try await host.rows("deviations_case") == 0)
        }
        try await HostHarness.with(engine, modules: [Deviations.self], environment: SignedOut.on) { host in
            let refused = try await host.stranger().post("/api/v1/deviations", HostHarness.reportBody())
            #expect(refused.status == .unauthorized)
            #expect(try await host.visitor().get("/deviations/mine").status == .seeOther)
            let front = try await host.visitor().get("/").text
            #expect(front.contains("href=\"/deviations/report\"") && front.contains("Logg inn for å få svar"))
            #expect(!front.contains("Logg inn for å melde fra"))
            #expect(try await host.visitor().get("/privacy").text.contains("Sender du uten å logge inn"))
            let kari = try await host.browser("kari").get(SignedOut.path).text
            #expect(!kari.contains("Du er ikke logget inn") && kari.contains("data-draft=\"deviations.report\""))
        }
    }

    @Test func `what somebody began signed in does not go without their name when the session has ended`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self], environment: SignedOut.on) { host in
            let begun = SignedOut.fields().filter { $0.0 != "signedOut" }
            var own: HTTPFields = [:]
            own[.init("Sec-Fetch-Site")!] = "same-origin"
            let sent = try await SignedOut.send(host.visitor(), begun + [("_token", "old")], headers: own)
            #expect(sent.status == .unauthorized && sent.text.contains(SignedOut.text))
            // Nor the other way round: who has signed in meanwhile is first told in whose name it goes.
            let kari = try await host.browser("kari")
            let named = try await kari.post(
                SignedOut.path, fields: SignedOut.fields().map { ($0.0, Array($0.1.utf8)) }, token: .none)
            #expect(named.status == .unprocessableContent && named.text.contains("Kari Moen Solbakken"))
            #expect(try await host.rows("deviations_case") == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `more than an hour's number is turned away with its words, and there is room again later`(engine: Engine)
        async throws
    {
        let environment = SignedOut.on.merging(["TRIVSEL_DEVIATIONS_SIGNED_OUT_PER_HOUR": "1"]) { $1 }
        try await HostHarness.with(engine, modules: [Deviations.self], environment: environment) { host in
            _ = try await report(host)
            for (language, words) in [
                ("nb", "Prøv igjen om noen minutter"), ("nn", "Prøv igjen om nokre minutt"),
                ("en", "Try again in a few minutes"),
            ] {
                let refused = try await SignedOut.send(host.visitor(language: language))
                #expect(refused.status == .tooManyRequests)
                #expect(refused.text.contains(words) && refused.text.contains(SignedOut.text))
            }
            #expect(try await host.rows("deviations_case") == 1)
            #expect(try await host.api("kari").post("/api/v1/deviations", HostHarness.reportBody()).status == .created)
            host.clock.advance(seconds: 3600)
            #expect(try await SignedOut.send(host.visitor()).status == .ok)
        }
    }

    @Test func `whom its words name does not see it, and neither files nor somebody else's name are taken`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self], environment: SignedOut.on) { host in
            let id = newID()
            let named = SignedOut.fields(
                as: id, [("names", "Ingrid Tangvik"), ("onBehalf", "yes"), ("people", "hamid")])
            let sent = try await SignedOut.send(host.visitor(), named)
            #expect(sent.status == .ok)
            let stored = try await host.base.database.read {
                try $0.query("SELECT reporter FROM deviations_case") { $0.text(0) }
            }
            #expect(stored == [""])
            for table in ["deviations_behalf", "deviations_file"] { #expect(try await host.rows(table) == 0) }
            #expect(try await host.api("ingrid").get("/api/v1/deviations/\(id)").status == .notFound)
            let withFile = try await host.visitor().post(
                SignedOut.path, list: SignedOut.fields(), files: [Browser.File("notat.txt", Array("x".utf8))])
            #expect(withFile.status == .badRequest)
            #expect(try await host.rows("deviations_case") == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `it is merged, counted and taken to whistleblowing like any other, and nobody is written to`(engine: Engine)
        async throws
    {
        try await HostHarness.with(
            engine, modules: [Deviations.self, Whistleblowing.self], environment: SignedOut.on
        ) { host in
            let main = try await host.report()
            let part = try await report(host)
            try await host.act("merges", on: main, by: "ingrid", "{\"cases\":[\"\(part)\"]}")
            let ingrid = try await host.api("ingrid")
            let all = try await ingrid.get("/api/v1/deviations/\(main)/reports").text
            #expect(all.contains("\"reporter\":\"kari\"") && all.contains("\"reporter\":null"))
            let list = try await host.browser("ingrid").get("/deviations/\(main)/reports").text
            #expect(list.contains("Sendt uten innlogging"))
            let one = try await host.browser("ingrid").get("/deviations/\(main)/reports/\(part)").text
            #expect(!one.contains("/replies\"") && one.contains(SignedOut.text))
            let refused = try await ingrid.post(
                "/api/v1/deviations/\(main)/reports/\(part)/replies", #"{"text":"Hei"}"#)
            #expect(refused.status == .conflict)

            let alone = try await report(host)
            try await host.act(
                "triage", on: alone, by: "ingrid",
                #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"Et varsel."}"#)
            try await eventually("the whistleblow") { try await host.rows("whistleblowing_case") == 1 }
            try await eventually("the case is emptied") {
                try await host.rows("deviations_case", where: "ending = 'outside-scope'") == 1
            }
            #expect(try await host.rows("deviations_farewell") == 0)
        }
    }

    @Test func `what belongs to whistleblowing stops at the first question, signed out too`() async throws {
        try await HostHarness.with(
            modules: [Deviations.self, Whistleblowing.self], environment: SignedOut.on
        ) { host in
            let fields = SignedOut.fields("0", go: "next").map { $0.0 == "serious" ? ("serious", "threats") : $0 }
            let stopped = try await SignedOut.send(host.visitor(), fields)
            #expect(stopped.text.contains("action=\"/whistleblowing\"") && !stopped.text.contains("value=\"send\""))
            #expect(try await host.rows("deviations_case") == 0)
        }
    }
}
