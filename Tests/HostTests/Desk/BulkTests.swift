import EventKit
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// Several cases at once: each whole or not at all, and the page says which.
@Suite struct BulkTests {
    @Test(arguments: Engine.all)
    func `several cases go to a handler at once, and the one that cannot is named and unchanged`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let triaged = try await [host.triagedCase(), host.triagedCase()]
            let untriaged = try await host.report()
            let ingrid = try await host.browser("ingrid")
            let page = try await ingrid.post("/deviations/bulk", fields: host.marks(triaged + [untriaged]))
            #expect(page.status == .ok && page.text.contains("3 saker er merket"))
            let versions = triaged.map { "\($0).2" } + ["\(untriaged).1"]
            let answer = try await ingrid.post(
                "/deviations/bulk/assignments", fields: host.marks(versions) + [("handler", Array("hamid".utf8))])
            #expect(answer.text.contains("2 av 3 er gjort"))
            #expect(answer.text.contains("Svar på de tre spørsmålene først."))
            let states = try await host.states()
            #expect(triaged.allSatisfy { states[$0] == "assigned 3" } && states[untriaged] == "received 1")
        }
    }

    @Test func `nothing is done when nobody is chosen, and what a colleague has changed meanwhile is left alone`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.triagedCase()
            let ingrid = try await host.browser("ingrid")
            let empty = try await ingrid.post("/deviations/bulk/assignments", fields: host.marks(["\(id).2"]))
            #expect(empty.status == .unprocessableContent && empty.text.contains("href=\"#assignments-handler\""))
            let none = try await ingrid.post("/deviations/bulk")
            #expect(none.location == "/deviations?view=triage&done=none")
            let stale = try await ingrid.post(
                "/deviations/bulk/assignments", fields: host.marks(["\(id).1"]) + [("handler", Array("hamid".utf8))])
            #expect(stale.text.contains("0 av 1 er gjort"))
            #expect(try await host.states()[id] == "received 2")
        }
    }

    @Test func `marks beyond a hundred are named as not done`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            var ids: [String] = []
            for _ in 0..<102 { ids.append(try await host.report()) }
            let ingrid = try await host.browser("ingrid")
            let left = try await [host.number(of: ids[100]), host.number(of: ids[101])]
            let page = try await ingrid.post("/deviations/bulk", fields: host.marks(ids)).text
            #expect(page.contains("100 saker er merket") && page.contains("2 saker blir ikke med"))
            let note = try #require(page.firstMatch(of: /2 saker blir ikke med.*?<\/section>/)).output
            #expect(left.allSatisfy { note.contains($0) })
            let done = try await ingrid.post(
                "/deviations/bulk/assignments",
                fields: host.marks(ids.map { "\($0).1" }) + [("handler", Array("hamid".utf8))]
            ).text
            #expect(done.contains("0 av 102 er gjort"))
            #expect(done.matches(of: /Ikke gjort: det går med høyst 100 saker om gangen/).count == 2)
        }
    }

    @Test func `a case one may not work with is not among the marked`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let foreign = try await host.assignedCase()
            let nils = try await host.browser("nils")
            let page = try await nils.post("/deviations/bulk", fields: host.marks([foreign]))
            #expect(page.status == .unprocessableContent && !page.text.contains("Sensuren"))
            #expect(try await host.browser("kari").post("/deviations/bulk").status == .forbidden)
        }
    }

    @Test func `a template is sent to each reporter in their language with their own number`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let ids = try await [host.assignedCase(), host.report(by: "priya")]
            try await host.act(
                "triage", on: ids[1], by: "ingrid",
                #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#)
            try await host.act("assignments", on: ids[1], by: "ingrid", #"{"handler":"hamid"}"#)
            let template = try await host.template()
            let hamid = try await host.browser("hamid")
            let answer = try await hamid.post(
                "/deviations/bulk/replies",
                fields: host.marks(ids.map { "\($0).3" }) + [("template", Array(template.utf8))])
            #expect(answer.text.contains("2 av 2 er gjort"))
            let norwegian = try await host.browser("kari").get("/deviations/mine/\(ids[0])").text
            let english = try await host.browser("priya").get("/deviations/mine/\(ids[1])").text
            let numbers = try await [host.number(of: ids[0]), host.number(of: ids[1])]
            #expect(norwegian.contains("Sak \(numbers[0]) får svar innen mandag 28. desember."))
            #expect(english.contains("Case \(numbers[1]) is answered by Monday 28 December."))
        }
    }

    @Test func `cases close with the same outcome, those without a cause stay open`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let ids = try await [host.assignedCase(), host.assignedCase()]
            try await host.act(
                "cause", on: ids[0], by: "hamid", #"{"whatHappened":"Sensor ble syk","why":"Ingen reserve"}"#)
            let hamid = try await host.browser("hamid")
            let answer = try await hamid.post(
                "/deviations/bulk/closing",
                fields: host.marks(["\(ids[0]).4", "\(ids[1]).3"]) + [("outcome", Array("Ordnet".utf8))])
            #expect(
                answer.text.contains("1 av 2 er gjort") && answer.text.contains("Skriv årsaken før saken avsluttes."))
            let states = try await host.states()
            #expect(states[ids[0]] == "closed 5" && states[ids[1]] == "assigned 3")
        }
    }
}

extension HostHarness {
    /// A case that is assessed and has no handler.
    func triagedCase() async throws -> String {
        let id = try await report()
        try await act(
            "triage", on: id, by: "ingrid", #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#)
        return id
    }

    func marks(_ cases: [String]) -> [(name: String, value: [UInt8])] { cases.map { ("case", Array($0.utf8)) } }

    /// Status and version of each case.
    func states() async throws -> [String: String] {
        let rows = try await base.database.read { reader in
            try reader.query("SELECT uid, status, version FROM deviations_case") {
                ($0.text(0), "\($0.text(1)) \($0.int(2))")
            }
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// A template of IE's; its id.
    func template() async throws -> String {
        let ingrid = try await browser("ingrid")
        let answer = try await ingrid.post(
            "/deviations/templates",
            [
                "templateName": "Svar kommer", "unit": "ie", "bokmaal": "Sak {number} får svar innen {due}.",
                "nynorsk": "Sak {number} får svar innan {due}.", "english": "Case {number} is answered by {due}.",
            ])
        guard answer.status == .seeOther else { throw NeverCame(description: "template: \(answer.status)") }
        return try await base.database.read {
            try $0.first("SELECT uid FROM deviations_template") { $0.text(0) } ?? ""
        }
    }
}
