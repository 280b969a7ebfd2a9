import DeviationsCore
import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault

@testable import DeviationsModule

/// Scenario 5, and what else keeps people from cases.
@Suite struct KeptAwayTests {
    private static let unknown = "019ac000-0000-7000-8000-000000000000"

    private func report(
        _ host: HostHarness, by person: String = "kari", about people: String, title: String = "Hemmelig fugletitt",
        _ way: Way = .api
    ) async throws -> CaseReceipt {
        if way == .page {
            let chosen = people.split(separator: ",").map { ("people", String($0.filter { $0 != "\"" })) }
            return try await fillIn(host, by: person, title: title, chosen)
        }
        let body = HostHarness.reportBody(title: title).dropLast() + ",\"people\":[\(people)]}"
        let answer = try await host.api(person).post("/api/v1/deviations", String(body))
        try #require(answer.status == .created, "\(answer.text)")
        return try answer.json(CaseReceipt.self)
    }

    /// The same by the form, with what it says of those it is about.
    private func fillIn(_ host: HostHarness, by person: String = "kari", title: String, _ about: [(String, String)])
        async throws -> CaseReceipt
    {
        let browser = try await host.browser(person)
        try await browser.get("/deviations/report")
        let fields =
            [
                ("step", "5"), ("go", "send"), ("serious", "none"), ("unit", "ie-idi"), ("campus", "trondheim"),
                ("category", "grading"), ("environment", "organisational"), ("ordinaryChannels.tried", "no"),
                ("ordinaryChannels.reason", "Det haster"), ("title", title), ("description", "Ingen svarer."),
            ] + about
        let sent = try await browser.post("/deviations/report", fields: fields.map { ($0.0, Array($0.1.utf8)) })
        let place = try #require(sent.location, "\(sent.text)")
        let id = String(place.dropFirst("/deviations/mine/".count).prefix { $0 != "?" })
        return try await host.api(person).get("/api/v1/deviations/\(id)").json(CaseReceipt.self)
    }

    /// Everything that could tell the person of the case.
    private func expectNothing(_ host: HostHarness, of receipt: CaseReceipt, for person: String) async throws {
        let client = try await host.api(person)
        let browser = try await host.browser(person)
        for path in ["", "?status=received", "?unit=ie", "?order=newest"] {
            let list = try await client.get("/api/v1/deviations\(path)").text
            #expect(!list.contains(receipt.id) && !list.contains("fugletitt"), "\(person) \(path)")
        }
        for words in ["fugletitt", receipt.number] {
            let list = try await client.search(#"{"q":"\#(words)"}"#).text
            #expect(!list.contains(receipt.id) && !list.contains("fugletitt"), "\(person) \(words)")
        }
        for path in ["?view=triage", "?view=open", "?view=all"] {
            let page = try await browser.get("/deviations\(path)").text
            #expect(!page.contains(receipt.id) && !page.contains("fugletitt"), "\(person) \(path)")
        }
        for path in ["/deviations/export?view=all", "/deviations/overview?unit=ie", "/deviations/overview?unit=ntnu"] {
            let answer = try await browser.get(path)
            #expect([.ok, .forbidden].contains(answer.status), "\(person) \(path)")
            for told in [receipt.id, receipt.number, "fugletitt"] {
                #expect(!answer.text.contains(told), "\(person) \(path)")
            }
        }
        for words in ["fugletitt", receipt.number] {
            let found = try await browser.post("/deviations/search", ["view": "all", "q": words])
            let page = try await browser.get(try #require(found.location)).text
                .replacing("value=\"\(words)\"", with: "")
            #expect(!page.contains(receipt.id) && !page.contains(words), "\(person) \(words)")
        }
        for path in [
            "/deviations/\(receipt.id)", "/deviations/mine/\(receipt.id)", "/deviations/\(receipt.id)/reports",
        ] {
            let (seen, none) = (
                try await browser.get(path), try await browser.get(path.replacing(receipt.id, with: Self.unknown))
            )
            #expect(seen.status == .notFound)
            #expect(seen.text.replacing(receipt.id, with: "ID") == none.text.replacing(Self.unknown, with: "ID"))
        }
        #expect(try await client.get("/api/v1/deviations/\(receipt.id)").status == .notFound)
        let act = try await client.post(
            "/api/v1/deviations/\(receipt.id)/notes", #"{"text":"a"}"#, headers: [.ifMatch: "\"1\""])
        #expect(act.status == .notFound)
    }

    private func notified(_ host: HostHarness) async throws -> [String] {
        try await host.base.database.read { try $0.query("SELECT payload FROM bus_job ORDER BY id") { $0.text(0) } }
    }

    @Test(arguments: Engine.all, Way.allCases)
    func
        `given the intake officer is named in the report, then a deputy or the central unit gets it, and that person sees no line, count, notification or gap in numbering`(
            _ engine: Engine, _ way: Way
        ) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            // An all-seeing role changes nothing.
            try await host.grant(.intakeOfficer, to: "ingrid", at: "ntnu")
            let before = try await host.report()
            let receipt = try await report(host, about: "\"ingrid\"", way)
            try await expectNothing(host, of: receipt, for: "ingrid")
            #expect(try await host.api("tone").get("/api/v1/deviations").text.contains(receipt.id))
            let seen = try await host.api("ingrid").get("/api/v1/deviations").text
            #expect(seen.contains(before))
            try await eventually("the central unit is told") {
                try await notified(host).contains { $0.contains("tone") && $0.contains(receipt.id) }
            }
            #expect(try await notified(host).allSatisfy { !($0.contains("ingrid") && $0.contains(receipt.id)) })
        }
    }

    @Test func `a name that was typed instead of chosen keeps its bearer away as well`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let typed = try await fillIn(host, title: "Hemmelig fugletitt", [("names", "Per Hansen, INGRID  Tangvik")])
            try await expectNothing(host, of: typed, for: "ingrid")
            let body = HostHarness.reportBody(title: "Hemmelig fugletitt").dropLast()
            for (names, isKept) in [("Per Hansen, INGRID  Tangvik", true), ("Ingrid Hansen", false)] {
                let answer = try await host.api("kari").post(
                    "/api/v1/deviations", "\(body),\"names\":\"\(names)\"}")
                let receipt = try answer.json(CaseReceipt.self)
                if isKept { try await expectNothing(host, of: receipt, for: "ingrid") }
                let seen = try await host.api("ingrid").get("/api/v1/deviations/\(receipt.id)")
                #expect(seen.status == (isKept ? .notFound : .ok), "\(names)")
            }
        }
    }

    @Test(arguments: [
        ("Om Ingrid Tangviks fugletitt", "Hun svarer ikke.", "ingrid"),
        ("Hemmelig fugletitt", "Det gjelder «Tangvik, INGRID» på fakultetet.", "ingrid"),
        ("Hemmelig fugletitt", "Ingrid Hansen svarer ikke.", nil),
    ])
    func `a full name in the title or the description keeps its bearer away as well`(
        title: String, description: String, kept: String?
    ) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let ingrid = try await host.browser("ingrid")
            let overview = try await ingrid.get("/deviations/overview?unit=ie").text
            let receipt = try await host.api("kari").post(
                "/api/v1/deviations", HostHarness.reportBody(title: title, description: description)
            ).json(CaseReceipt.self)
            if let kept { try await expectNothing(host, of: receipt, for: kept) }
            let seen = try await host.api("ingrid").get("/api/v1/deviations/\(receipt.id)")
            #expect(seen.status == (kept == nil ? .ok : .notFound))
            // No figure tells of it either.
            #expect((try await ingrid.get("/deviations/overview?unit=ie").text == overview) == (kept != nil))
            if kept != nil { #expect(try await host.api("tone").get("/api/v1/deviations").text.contains(receipt.id)) }
        }
    }

    @Test func `whoever gets another name is known by it from then on`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            _ = try await host.report()
            try await host.base.database.write { tx in
                var ingrid = try #require(try Directory.person("ingrid", in: tx))
                ingrid.name = "Ingrid Fossheim"
                try Directory.put(ingrid, in: tx)
            }
            let receipt = try await host.api("kari").post(
                "/api/v1/deviations", HostHarness.reportBody(title: "Ingrid Fossheim og en fugletitt")
            ).json(CaseReceipt.self)
            try await expectNothing(host, of: receipt, for: "ingrid")
        }
    }

    @Test func `with a deputy at the faculty the case stays there`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            try await host.grant(.intakeOfficer, to: "berit", at: "ie")
            let receipt = try await report(host, about: "\"ingrid\"")
            try await expectNothing(host, of: receipt, for: "ingrid")
            let seen = try await host.api("berit").get("/api/v1/deviations/\(receipt.id)")
            #expect(seen.status == .ok && seen.text.contains("\"unit\":\"ie-idi\""))
        }
    }

    @Test func `a named handler or line manager is not offered, and not taken`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let receipt = try await report(host, about: "\"hamid\",\"dagny\"")
            try await expectNothing(host, of: receipt, for: "dagny")
            try await host.act(
                "triage", on: receipt.id, by: "ingrid",
                #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#)
            let page = try await host.browser("ingrid").get("/deviations/\(receipt.id)").text
            #expect(!page.contains("<option value=\"hamid\"") && page.contains("<option value=\"berit\""))
            let answer = try await host.api("ingrid").post(
                "/api/v1/deviations/\(receipt.id)/assignments", #"{"handler":"hamid"}"#, headers: [.ifMatch: "\"2\""])
            #expect(answer.status == .unprocessableContent)
        }
    }

    @Test func `a case that is kept from all handlers of the faculty goes to one of the central reception`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let receipt = try await report(host, about: "\"hamid\",\"berit\"")
            try await host.act(
                "triage", on: receipt.id, by: "ingrid",
                #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#)
            let page = try await host.browser("ingrid").get("/deviations/\(receipt.id)").text
            #expect(!page.contains("<option value=\"berit\"") && page.contains("<option value=\"tone\""))
            try await host.act("assignments", on: receipt.id, by: "ingrid", #"{"handler":"tone"}"#)
            #expect(try await host.api("tone").get("/api/v1/deviations/\(receipt.id)").status == .ok)
        }
    }

    @Test func `a case that is kept from every intake officer is the line manager's, who is told`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let receipt = try await report(host, about: "\"ingrid\",\"tone\"")
            for person in ["ingrid", "tone"] { try await expectNothing(host, of: receipt, for: person) }
            try await eventually("the line manager is told") {
                try await notified(host).contains { $0.contains("dagny") && $0.contains(receipt.id) }
            }
            #expect(try await host.api("dagny").get("/api/v1/deviations/\(receipt.id)").status == .ok)
            // A deputy of whom it is not about gets it.
            try await host.grant(.intakeOfficer, to: "berit", at: "ie")
            #expect(try await host.api("berit").get("/api/v1/deviations/\(receipt.id)").status == .ok)
        }
    }

    @Test
    func
        `whoever leads an employee who reports, or is led by them, is kept away, and so is the reporter from the desk`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let byHandler = try await report(host, by: "hamid", about: "", title: "Fra en behandler")
            try await expectNothing(host, of: byHandler, for: "dagny")
            let own = try await host.api("hamid").get("/api/v1/deviations/\(byHandler.id)")
            #expect(own.status == .ok && !own.text.contains("\"excluded\""))
            #expect(try await host.browser("hamid").get("/deviations/mine/\(byHandler.id)").status == .ok)
            let byDean = try await report(host, by: "dagny", about: "")
            for person in ["ingrid", "hamid", "berit"] { try await expectNothing(host, of: byDean, for: person) }
            #expect(try await host.api("tone").get("/api/v1/deviations/\(byDean.id)").status == .ok)
            // A student has no line of command: the dean follows up as always.
            let byStudent = try await report(host, by: "kari", about: "")
            #expect(try await host.api("dagny").get("/api/v1/deviations/\(byStudent.id)").status == .ok)
        }
    }

    @Test func `whoever declares partiality has no access from that moment, and the case goes on elsewhere`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let browser = try await host.browser("hamid")
            let page = try await browser.get("/deviations/\(id)")
            let version = try #require(page.value(ofHidden: "version"))
            let empty = try await browser.post("/deviations/\(id)/recusal", ["reason": "", "version": version])
            #expect(empty.status == .unprocessableContent && empty.text.contains("Skriv en begrunnelse"))
            let done = try await browser.post(
                "/deviations/\(id)/recusal", ["reason": "Hun er min søster", "version": version])
            #expect(done.status == .seeOther && done.location?.hasPrefix("/deviations?") == true)
            #expect(try await browser.get("/deviations/\(id)").status == .notFound)
            let seen = try await host.api("ingrid").get("/api/v1/deviations/\(id)").text
            #expect(
                seen.contains("Hun er min søster") && seen.contains("\"status\":\"received\"")
                    && seen.contains("\"recused\""))
            try await host.act("recusal", on: id, by: "ingrid", #"{"reason":"Jeg også"}"#)
            #expect(try await host.api("ingrid").get("/api/v1/deviations/\(id)").status == .notFound)
            #expect(
                try await host.api("tone").get("/api/v1/deviations/\(id)").text.contains("\"unit\":\"sentralmottak\""))
        }
    }

    @Test(arguments: Way.allCases)
    func `whom the intake officer names later sees nothing from then on`(way: Way) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let nobody = try await host.send("exclusions", on: id, by: "ingrid", way, ["names": ""])
            #expect(nobody.status == .unprocessableContent)
            #expect(way == .page ? nobody.text.contains("Velg minst én person") : nobody.wrongFields == ["people"])
            #expect(try await host.seen(id, by: "hamid", way).status == .ok)
            let named = try await host.send(
                "exclusions", on: id, by: "ingrid", way, ["people": "hamid", "names": "Per Hansen"])
            #expect(named.isTaken, "\(named.text)")
            let number = try await host.api("ingrid").get("/api/v1/deviations/\(id)").json(CaseReceipt.self)
            try await expectNothing(host, of: number, for: "hamid")
            #expect(try await host.browser("ingrid").get("/deviations/\(id)").text.contains("Per Hansen"))
        }
    }

    @Test func `who is kept away stands nowhere in the clear`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            _ = try await report(host, about: "\"ingrid\"")
            let rows = try await host.base.database.read {
                try $0.query("SELECT ground, token, who FROM deviations_exclusion") { ($0.text(1), $0.bytes(2)) }
            }
            #expect(
                !rows.isEmpty
                    && rows.allSatisfy { $0.0.count == 64 && !String(decoding: $0.1, as: UTF8.self).contains("ingrid") }
            )
        }
    }
}
