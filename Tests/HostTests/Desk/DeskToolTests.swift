import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// Search, saved selections, export, overview, triage and templates.
@Suite struct DeskToolTests {
    @Test(arguments: Engine.all)
    func `what is searched for stands in no address, and finds`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let number = try await host.number(of: host.report())
            let ingrid = try await host.browser("ingrid")
            let answer = try await ingrid.post("/deviations/search", ["view": "all", "q": "sensuren"])
            let address = try #require(answer.location)
            #expect(answer.status == .seeOther && !address.contains("sensuren") && address.contains("search="))
            #expect(try await ingrid.get(address).text.contains(number))
            // Another tab has a search of its own, and this one goes on as it was.
            let other = try #require(
                try await ingrid.post("/deviations/search", ["view": "all", "q": "heisen"]).location)
            let nothing = try await ingrid.get(other).text
            #expect(!nothing.contains(number) && nothing.contains("value=\"heisen\""))
            #expect(try await ingrid.get(address).text.contains(number))
            #expect(try await ingrid.get(address).text.contains("value=\"sensuren\""))
            // The same words are the same search.
            #expect(try await ingrid.post("/deviations/search", ["view": "all", "q": "heisen"]).location == other)
            // Nobody else gets the words, and they are not to be read in the database.
            #expect(try await host.browser("hamid").get(other).text.contains("heisen") == false)
            let words = try await host.base.database.read {
                try $0.first("SELECT words FROM deviations_searched WHERE person = 'ingrid'") { $0.bytes(0) }
            }
            #expect(words.map { String(decoding: $0, as: UTF8.self).contains("heisen") } == false)
            #expect(try await ingrid.get("/me/data").text.contains("<dd>heisen</dd>"))
            // Taken away in one tab, it is forgotten; an address that has it shows all, and the other tab's is kept.
            let searched = try #require(other.firstMatch(of: /search=(\d+)/)).1
            let cleared = try await ingrid.post(
                "/deviations/search", ["view": "all", "q": "", "search": "\(searched)"])
            #expect(cleared.location == "/deviations?view=all")
            #expect(try await ingrid.get(other).text.contains(number))
            #expect(try await !ingrid.get("/me/data").text.contains("<dd>heisen</dd>"))
            #expect(try await ingrid.get(address).text.contains("value=\"sensuren\""))
        }
    }

    @Test(arguments: Engine.all)
    func `of many searches the last ten are kept`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let ingrid = try await host.browser("ingrid")
            var addresses: [String] = []
            for index in 1...11 {
                let answer = try await ingrid.post("/deviations/search", ["view": "all", "q": "kvern\(index)"])
                addresses.append(try #require(answer.location))
            }
            #expect(Set(addresses).count == 11)
            #expect(try await !ingrid.get(addresses[0]).text.contains("kvern1\""))
            for index in 2...11 {
                #expect(try await ingrid.get(addresses[index - 1]).text.contains("\"kvern\(index)\""))
            }
        }
    }

    @Test func `the title of a case's page is its number`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let number = try await host.number(of: id)
            for (person, path) in [("hamid", "/deviations/\(id)"), ("kari", "/deviations/mine/\(id)")] {
                let page = try await host.browser(person).get(path).text
                #expect(page.contains("<title>\(number) – Trivsel</title>"), "\(person)")
            }
        }
    }

    @Test func `a selection is saved, named by what it selects, and removed`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let ingrid = try await host.browser("ingrid")
            let fields: KeyValuePairs = [
                "view": "open", "category": "grading", "campus": "gjovik", "overdue": "1", "q": "navn",
            ]
            let saved = try await ingrid.post("/deviations/filters", fields)
            #expect(saved.location == "/deviations?view=open&category=grading&campus=gjovik&overdue=1")
            let page = try await ingrid.get("/deviations?view=all").text
            #expect(page.contains("Åpne · Sensur · Gjøvik · Bare over fristen"))
            #expect(
                try await host.browser("hamid").get("/deviations?view=all").text.contains("Sensur · Gjøvik") == false)
            #expect(
                try await ingrid.post("/deviations/filters", ["view": "open", "category": "hei"]).status == .badRequest)
            _ = try await ingrid.post("/deviations/filters/removal", fields)
            #expect(try await ingrid.get("/deviations?view=all").text.contains("Sensur · Gjøvik") == false)
        }
    }

    @Test(arguments: Engine.all)
    func `the export holds what the list shows, without titles and reporters`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            try await host.loadDemo(Deviations.self)
            let ingrid = try await host.browser("ingrid")
            let answer = try await ingrid.get("/deviations/export?view=all")
            #expect(
                answer.header("Content-Disposition")?.hasPrefix("attachment; filename=\"trivsel-2026-11-27.csv\"")
                    == true)
            #expect(Array(answer.body.prefix(3)) == [0xEF, 0xBB, 0xBF])
            let lines = answer.text.split(separator: "\r\n")
            let units = host.base.directory.chart.subtree(of: "ie")
            let own = try await host.base.database.read { reader in
                try reader.query("SELECT unit, title FROM deviations_case") { $0.text(0) }.filter { units.contains($0) }
            }
            #expect(lines.count == own.count + 1 && !own.isEmpty)
            #expect(!answer.text.contains("Solbakken") && !answer.text.contains("kari"))
            #expect(try await host.browser("kari").get("/deviations/export").status == .forbidden)
        }
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+47", "'+47"), ("-1", "'-1"), ("@x", "'@x"), ("a;b", "\"a;b\""), ("a\"b", "\"a\"\"b\""),
        ("2026-0001", "2026-0001"), ("\t=1", "'\t=1"),
    ])
    func `a cell that a spreadsheet would carry out is shown instead`(text: String, cell: String) {
        #expect(CSV.cell(text) == cell)
    }

    @Test(arguments: Engine.all)
    func `a line manager sees the unit's numbers, and nobody else's`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            try await host.loadDemo(Deviations.self)
            let dagny = try await host.browser("dagny")
            let page = try await dagny.get("/deviations/overview?unit=ie")
            let units = host.base.directory.chart.subtree(of: "ie").sorted()
            let open = try await host.base.database.read { reader in
                try reader.first(
                    "SELECT COUNT(*) FROM deviations_case WHERE unit IN (\(SQL.list(units))) AND status = 'assigned'"
                ) { $0.int(0) }
            }
            #expect(page.text.contains("under behandling</th><td>\(open ?? -1)</td>"))
            #expect(page.text.contains("<svg class=\"chart\"") && page.text.contains("november 2026"))
            #expect(
                try await dagny.get("/deviations/overview?unit=hf").text.contains(
                    "Oversikt: Fakultet for informasjonsteknologi og elektroteknikk"))
            for person in ["hamid", "kari", "unni"] {
                #expect(try await host.browser(person).get("/deviations/overview").status == .forbidden, "\(person)")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `triage takes three answers and an outcome in one form, or nothing`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.report()
            let ingrid = try await host.browser("ingrid")
            let page = try await ingrid.get("/deviations/triage")
            #expect(page.text.contains("Sensuren er tre uker forsinket") && page.text.contains("data-key=\"a\""))
            let refused = try await ingrid.post(
                "/deviations/triage/\(id)",
                [
                    "version": "1", "isDeviation": "yes", "holdsSensitiveData": "no", "isCensurable": "no",
                    "outcome": "assignments",
                ])
            #expect(refused.status == .unprocessableContent && refused.text.contains("href=\"#handler\""))
            let censurable = try await ingrid.post(
                "/deviations/triage/\(id)",
                [
                    "version": "1", "isDeviation": "yes", "holdsSensitiveData": "no", "isCensurable": "yes",
                    "outcome": "assignments", "handler": "hamid",
                ])
            #expect(censurable.status == .unprocessableContent)
            let forward = try await ingrid.post(
                "/deviations/triage/\(id)",
                [
                    "version": "1", "isDeviation": "yes", "holdsSensitiveData": "no", "isCensurable": "no",
                    "outcome": "forwardings", "unit": "hf",
                ])
            #expect(forward.text.contains("href=\"#forwardReason\""))
            #expect(try await host.states()[id] == "received 1")
            let taken = try await ingrid.post(
                "/deviations/triage/\(id)",
                [
                    "version": "1", "isDeviation": "yes", "holdsSensitiveData": "no", "isCensurable": "no",
                    "outcome": "assignments", "handler": "hamid",
                ])
            #expect(taken.location == "/deviations/triage?done=\(id)")
            #expect(try await host.states()[id] == "assigned 3")
            #expect(try await ingrid.get("/deviations/triage").text.contains("Alt er vurdert"))
            #expect(try await host.browser("hamid").get("/deviations/triage").status == .forbidden)
        }
    }

    @Test func `a template fills the reply before it is sent, and belongs to those who lead the unit`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let (template, number) = try await (host.template(), host.number(of: id))
            let page = try await host.browser("hamid").get("/deviations/\(id)?view=mine&template=\(template)")
            #expect(page.status == .ok && page.text.contains("Sak \(number) får svar innen mandag 28. desember."))
            let nils = try await host.browser("nils")
            for path in ["\(template)", "\(template)/deletion"] {
                #expect(try await nils.post("/deviations/templates/\(path)").status == .notFound)
            }
            #expect(try await nils.get("/deviations/templates").text.contains("Svar kommer") == false)
            #expect(try await host.browser("hamid").get("/deviations/templates").status == .forbidden)
            let bad = try await nils.post(
                "/deviations/templates",
                ["templateName": "x", "unit": "ie", "bokmaal": "{navn}", "nynorsk": "a", "english": "b"])
            #expect(bad.status == .unprocessableContent && bad.text.contains("href=\"#new-bokmaal\""))
        }
    }
}
