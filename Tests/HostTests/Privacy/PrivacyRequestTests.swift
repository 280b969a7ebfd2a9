import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// What people ask about their own data is answered in time, without who reported, each step logged.
@Suite(.timeLimit(.minutes(5))) struct PrivacyRequestTests {
    private static let path = "/privacy-requests"

    /// A case by Kari that names Dagny; its id.
    private func caseAboutDagny(_ host: HostHarness) async throws -> String {
        let body = HostHarness.reportBody(title: "Dagny svarer ikke")
            .replacing("ingen svarer.", with: "Dagny svarer ikke, hilsen KARI. Ring lege på 73 59 50 00.")
        let id = try await host.api("kari").post("/api/v1/deviations", body).json(CaseReceipt.self).id
        try await host.act(
            "triage", on: id, by: "ingrid", #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#)
        try await host.act("assignments", on: id, by: "ingrid", #"{"handler":"hamid"}"#)
        try await host.act("notes", on: id, by: "hamid", #"{"text":"Snakket med Dagny om dette"}"#)
        return id
    }

    private func register(
        _ host: HostHarness, _ browser: Browser, kind: String = "access", email: String = "dagny@ntnu.test"
    ) async throws -> String {
        try await browser.get(Self.path)
        let made = try await browser.post(
            Self.path, ["kind": kind, "name": "Dagny", "email": email, "contact": "", "text": "Alt om meg"])
        #expect(made.status == .seeOther, "\(made.text)")
        return String((made.location ?? "").dropFirst(Self.path.count + 1).prefix { $0 != "?" })
    }

    private func acts(_ host: HostHarness) async throws -> [String] {
        try await host.base.database.read {
            try $0.query("SELECT person, COALESCE(concerns, '-'), act FROM privacy_act ORDER BY id") {
                "\($0.text(0)) \($0.text(1)) \($0.text(2))"
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a named person gets what concerns them without the reporter's identity, and every step is logged`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await caseAboutDagny(host)
            let number = try await host.number(of: id)
            let unni = try await host.browser("unni")
            let request = try await register(host, unni)
            let page = try await unni.get("\(Self.path)/\(request)")
            #expect(page.text.contains("svar innen") && page.text.contains("dagny@ntnu.test"))
            let hits = try await unni.post("\(Self.path)/\(request)/search", ["words": number])
            #expect(hits.text.contains(number) && !hits.text.contains("Kari"))
            let words = try await unni.post("\(Self.path)/\(request)/search", ["words": "Dagny"])
            #expect(words.text.contains(number))
            let added = try await unni.post(
                "\(Self.path)/\(request)/cases", ["module": "deviations", "case": id])
            #expect(added.status == .seeOther)
            let review = try await unni.get("\(Self.path)/\(request)/cases/\(id)")
            #expect(review.text.contains("Dagny svarer ikke") && review.text.contains("Snakket med Dagny"))
            #expect(!review.text.lowercased().contains("kari") && !review.text.contains("Solbakken"))
            let first = try #require(review.firstPassage)
            let extract = try await unni.post(
                "\(Self.path)/\(request)/cases/\(id)", ["passages": first, "hidden": "73 59 50 00\n"])
            #expect(extract.status == .seeOther, "\(extract.text)")
            let document = try await unni.get("\(Self.path)/\(request)/extract")
            #expect(document.header("Content-Disposition")?.hasPrefix("attachment") == true)
            for text in [document.text] {
                #expect(text.contains("Dagny svarer ikke, hilsen █████. Ring lege på █████."), "\(text)")
                #expect(!text.contains("Snakket med") && !text.contains("hamid"))
            }

            let dagny = try await host.browser("dagny")
            #expect(try await dagny.get("/me/data/requests/\(request)").status == .notFound)
            // Until it is decided, and if it is refused, nothing tells that there is a case.
            let before = try await host.api("dagny").get("/api/v1/me/data").text
            #expect(before.contains("\"requested\"") && !before.contains("case-") && !before.contains("extracted"))
            let decided = try await unni.post(
                "\(Self.path)/\(request)/decision",
                ["state": "granted", "ground": "", "answer": "Her er det som står."])
            #expect(decided.status == .seeOther, "\(decided.text)")
            let answer = try await dagny.get("/me/data/requests/\(request)")
            #expect(answer.text.contains("Her er det som står.") && answer.text.contains("hilsen █████"))
            #expect(!answer.text.lowercased().contains("kari"))
            #expect(try await host.browser("kari").get("/me/data/requests/\(request)").status == .notFound)
            #expect(
                try await acts(host) == [
                    "unni dagny requested", "unni dagny case-added", "unni dagny case-read", "unni dagny extracted",
                    "unni dagny given", "dagny dagny exported", "unni dagny granted",
                ])
            let log = try await dagny.get("/me/data").text
            #expect(log.contains("Du ba om noe") && log.contains("Du fikk ja"))
            // Decided is decided.
            let again = try await unni.post(
                "\(Self.path)/\(request)/decision", ["state": "refused", "ground": "internal", "answer": "Nei"])
            #expect(again.status == .preconditionFailed)
        }
    }

    @Test func `nobody but those who answer gets in, nobody answers themself, and a case kept from one is not there`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await caseAboutDagny(host)
            let unni = try await host.browser("unni")
            let request = try await register(host, unni)
            for person in ["kari", "hamid", "ingrid", "dagny", "anders", "thea"] {
                let browser = try await host.browser(person)
                for address in ["", "/\(request)", "/\(request)/cases/\(id)", "/\(request)/extract"] {
                    #expect(try await browser.get(Self.path + address).status == .forbidden, "\(person) \(address)")
                }
            }
            // Not one of the request's cases.
            #expect(try await unni.get("\(Self.path)/\(request)/cases/\(id)").status == .notFound)
            try await host.grant(.intakeOfficer, to: "unni", at: "ie")
            try await host.act("exclusions", on: id, by: "ingrid", #"{"people":["unni"],"names":""}"#)
            let hits = try await unni.post("\(Self.path)/\(request)/search", ["words": "Dagny"])
            #expect(hits.text.contains("Ingen flere saker"), "\(hits.text)")
            let added = try await unni.post("\(Self.path)/\(request)/cases", ["module": "deviations", "case": id])
            #expect(added.status == .notFound)
            let own = try await unni.post(
                Self.path, ["kind": "access", "name": "Unni", "email": "unni@ntnu.test", "contact": "", "text": ""])
            #expect(own.status == .unprocessableContent)
            try await unni.get("/me/data")
            #expect(
                try await unni.post("/me/data/requests", ["kind": "access", "text": "Hva står om meg"]).status
                    == .seeOther)
            let ids = try await host.base.database.read {
                try $0.query("SELECT id FROM privacy_request WHERE person = 'unni'") { $0.text(0) }
            }
            #expect(try await unni.get("\(Self.path)/\(ids.first ?? "")").status == .notFound)
            #expect(ids.count == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `erasure is refused with the law it stands in, or done by shredding the case, and the person is told`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let number = try await host.number(of: id)
            try await host.act("cause", on: id, by: "hamid", #"{"whatHappened":"a","why":"b"}"#)
            try await host.act("closing", on: id, by: "hamid", #"{"outcome":"Ferdig"}"#)
            let kari = try await host.browser("kari")
            try await kari.get("/me/data")
            let asked = try await kari.post(
                "/me/data/requests", ["kind": "erasure", "text": "Slett sak \(number)"])
            #expect(asked.location == "/me/data?asked=1#requests", "\(asked.text)")
            _ = try await kari.post("/me/data/requests", ["kind": "erasure", "text": "Slett sak \(number)"])
            let ids = try await host.base.database.read {
                try $0.query("SELECT id FROM privacy_request") { $0.text(0) }
            }
            let request = try #require(ids.first)
            #expect(ids.count == 1)
            let unni = try await host.browser("unni")
            try await unni.get("\(Self.path)/\(request)")
            let decision = "\(Self.path)/\(request)/decision"
            let noGround = try await unni.post(decision, ["state": "refused", "ground": "", "answer": "Nei"])
            #expect(noGround.status == .unprocessableContent && noGround.text.contains("Velg hjemmelen"))
            let other = try await unni.post(decision, ["state": "refused", "ground": "internal", "answer": "Nei"])
            #expect(other.status == .unprocessableContent)
            let nothing = try await unni.post(decision, ["state": "granted", "ground": "", "answer": "Ja"])
            #expect(nothing.status == .unprocessableContent && nothing.text.contains("Finn fram sakene"))

            _ = try await unni.post("\(Self.path)/\(request)/cases", ["module": "deviations", "case": id])
            let done = try await unni.post(decision, ["state": "granted", "ground": "", "answer": "Det er slettet"])
            #expect(done.status == .seeOther, "\(done.text)")
            #expect(try await kari.get("/deviations/mine/\(id)").status == .notFound)
            #expect(try await host.api("hamid").get("/api/v1/deviations/\(id)").status == .notFound)
            #expect(try await kari.get("/me/data/requests/\(request)").text.contains("Det er slettet"))
            #expect(try await acts(host).suffix(2) == ["unni kari erased", "unni kari granted"])
            let left = try await host.base.database.read { reader in
                (
                    try reader.first("SELECT COUNT(*) FROM privacy_case") { $0.int(0) },
                    try reader.first("SELECT COUNT(*) FROM deviations_entry") { $0.int(0) },
                    try reader.first("SELECT reporter FROM deviations_case") { $0.text(0) }
                )
            }
            #expect(left.0 == 0 && left.1 == 0 && left.2 == "")
        }
    }

    @Test func `a refusal names the ground, and what others reported is not erased`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await caseAboutDagny(host)
            let unni = try await host.browser("unni")
            let request = try await register(host, unni, kind: "erasure")
            _ = try await unni.post("\(Self.path)/\(request)/cases", ["module": "deviations", "case": id])
            let decision = "\(Self.path)/\(request)/decision"
            let wrong = try await unni.post(decision, ["state": "granted", "ground": "", "answer": "Ja"])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("ikke meldt av personen"))
            #expect(try await host.api("kari").get("/api/v1/deviations/\(id)").status == .ok)
            let refused = try await unni.post(
                decision, ["state": "refused", "ground": "archive", "answer": "Nei, fordi"])
            #expect(refused.status == .seeOther, "\(refused.text)")
            let answer = try await host.browser("dagny").get("/me/data/requests/\(request)").text
            #expect(answer.contains("arkivlova (LOV-2025-06-20-96)") && answer.contains("Nei, fordi"))
            #expect(answer.contains("Datatilsynet") && !answer.contains("█"))
        }
    }

    @Test func `when the case leaves or is erased, what was taken out of it goes as well; nothing lies open`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await caseAboutDagny(host)
            let unni = try await host.browser("unni")
            let request = try await register(host, unni)
            _ = try await unni.post("\(Self.path)/\(request)/cases", ["module": "deviations", "case": id])
            let first = try #require(try await unni.get("\(Self.path)/\(request)/cases/\(id)").firstPassage)
            _ = try await unni.post("\(Self.path)/\(request)/cases/\(id)", ["passages": first, "hidden": ""])
            _ = try await unni.post(
                "\(Self.path)/\(request)/decision", ["state": "granted", "ground": "", "answer": "Se under"])
            let dagny = try await host.browser("dagny")
            #expect(try await dagny.get("/me/data/requests/\(request)").text.contains("hilsen █████"))
            let open = try await host.base.database.read { reader in
                try reader.query("SELECT sealed FROM privacy_request UNION ALL SELECT extract FROM privacy_case") {
                    String(decoding: $0.bytes(0), as: UTF8.self)
                }
            }
            #expect(open.count == 2 && open.allSatisfy { !$0.contains("Dagny") && !$0.contains("Alt om meg") })
            let withdrawn = try await host.api("kari").post(
                "/api/v1/deviations/\(id)/reporter-acts", #"{"act":"withdraw"}"#)
            #expect(withdrawn.status == .noContent)
            try await host.act("after-withdrawal", on: id, by: "hamid", #"{"goesOn":false}"#)
            let after = try await dagny.get("/me/data/requests/\(request)")
            #expect(after.status == .ok && !after.text.contains("hilsen") && after.text.contains("Se under"))
            #expect(try await unni.get("\(Self.path)/\(request)").text.contains("Ingen saker"))
        }
    }

    @Test func `one asks by the API too, once, and reads the answer there`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let dagny = try await host.api("dagny")
            let path = "/api/v1/me/requests"
            #expect(try await host.stranger().post(path, #"{"kind":"access","text":"a"}"#).status == .unauthorized)
            let wrong = try await dagny.post(path, #"{"kind":"all","text":" "}"#).json(ProblemBody.self)
            #expect(wrong.status == 422 && wrong.errors?.map(\.field) == ["kind", "text"])
            for _ in 0..<2 {
                let asked = try await dagny.post(path, #"{"kind":"access","text":"Hva står om meg?"}"#)
                #expect(asked.status == .created, "\(asked.text)")
            }
            let ids = try await host.base.database.read {
                try $0.query("SELECT id FROM privacy_request") { $0.text(0) }
            }
            #expect(ids.count == 1)
            let open = try await dagny.get(path).text
            #expect(open.contains("\"state\":\"open\"") && open.contains("\"dueOn\":\"2026-12-27\""), "\(open)")
            let unni = try await host.browser("unni")
            try await unni.get("\(Self.path)/\(ids[0])")
            _ = try await unni.post(
                "\(Self.path)/\(ids[0])/decision", ["state": "refused", "ground": "others", "answer": "Nei"])
            let answer = try await dagny.get(path).text
            #expect(answer.contains("\"ground\":\"others\"") && answer.contains("\"extract\":[]"))
            #expect(try await host.api("kari").get(path).text == "{\"items\":[]}")
        }
    }

    @Test func `who decides on a page that somebody else has changed since is told so`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await caseAboutDagny(host)
            let unni = try await host.browser("unni")
            let request = try await register(host, unni)
            let seen = try #require(try await unni.get("\(Self.path)/\(request)").value(ofHidden: "version"))
            #expect(try await host.answering().add(id, to: request).status == .ok)
            func decide(_ version: String) async throws -> Answer {
                try await unni.post(
                    "\(Self.path)/\(request)/decision",
                    ["state": "granted", "ground": "", "answer": "Her er det.", "version": version])
            }
            let stale = try await decide(seen)
            #expect(stale.status == .unprocessableContent && stale.text.contains("Noen andre har endret kravet"))
            #expect(stale.text.contains("Her er det."), "what was typed is kept")
            let version = try #require(stale.value(ofHidden: "version"))
            #expect(try await decide(version).status == .seeOther)
        }
    }

    @Test func `older decisions are on further pages, each once`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let answering = try await host.answering()
            var made: Set<String> = []
            for _ in 0..<52 {
                let request = try await answering.register()
                #expect(try await answering.decide(request, "refused", ground: "others").status == .ok)
                made.insert(request)
            }
            let unni = try await host.browser("unni")
            func links(_ page: Answer) -> [String] {
                page.text.matches(of: /class="card" href="\/privacy-requests\/([^"]+)"/).map { String($0.1) }
            }
            let first = try await unni.get(Self.path)
            let older = try #require(first.text.firstMatch(of: /href="(\/privacy-requests\?after=[^"]+)"/)).1
            let second = try await unni.get(String(older))
            #expect(links(first).count == 50 && links(second).count == 2)
            #expect(Set(links(first) + links(second)) == made && !second.text.contains("?after="))
        }
    }
}
