import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// A masked passage is gone, wherever it stood.
@Suite struct MaskTests {
    private struct Masked: Decodable {
        struct Entry: Decodable { let kind, reference: String? }
        let timeline: [Entry]
    }

    private func masked(_ host: HostHarness) async throws -> (id: String, mask: String) {
        let id = try await host.assignedCase()
        try await host.act("notes", on: id, by: "hamid", #"{"text":"Sensor er Ingen Svarer, sier hun"}"#)
        try await host.act("replies", on: id, by: "hamid", #"{"text":"Vi vet at ingen svarer."}"#)
        try await host.act(
            "cause", on: id, by: "hamid",
            #"{"whatHappened":"ingen svarer","why":"b","prevention":"Ingen svarer alene"}"#)
        try await host.act("masks", on: id, by: "hamid", #"{"passage":"ingen svarer","reason":"Peker ut en person"}"#)
        let seen = try await host.api("ingrid").get("/api/v1/deviations/\(id)").json(Masked.self)
        return (id, try #require(seen.timeline.last { $0.kind == "masked" }?.reference))
    }

    @Test(arguments: Engine.all)
    func `a masked passage is gone from the case, its history, the reporter's page and the search`(
        _ engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let (id, _) = try await masked(host)
            for person in ["ingrid", "hamid", "kari"] {
                let api = try await host.api(person).get("/api/v1/deviations/\(id)").text.lowercased()
                let page = person == "kari" ? "/deviations/mine/\(id)" : "/deviations/\(id)"
                let html = try await host.browser(person).get(page).text.lowercased()
                #expect(!api.contains("ingen svarer") && !html.contains("ingen svarer"), "\(person)")
                #expect(api.contains("█████") && html.contains("█████"), "\(person)")
            }
            let found = try await host.api("ingrid").search(#"{"q":"svarer"}"#).text
            #expect(!found.contains(id))
            #expect(try await host.api("ingrid").search(#"{"q":"fristen"}"#).text.contains(id))
        }
    }

    @Test(arguments: Engine.all)
    func `a masked passage is gone from the names of files, which are then saved under a name that tells nothing`(
        _ engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let kari = try await host.browser("kari")
            try await kari.get("/deviations/mine/\(id)")
            let pdf = Array("%PDF-1.7\ntrailer <<>>\n%%EOF\n".utf8)
            let sent = try await kari.post(
                "/deviations/mine/\(id)", ["act": "add-files"],
                files: [Browser.File("plan.pdf", pdf), Browser.File("svar fra Petter Ås.pdf", pdf + pdf)])
            #expect(sent.status == .seeOther, "\(sent.text)")
            try await host.act("masks", on: id, by: "hamid", #"{"passage":"petter ås","reason":"Peker ut en person"}"#)
            for (person, page) in [("kari", "/deviations/mine/\(id)"), ("hamid", "/deviations/\(id)")] {
                let html = try await host.browser(person).get(page).text
                #expect(!html.contains("Petter Ås") && html.contains("svar fra █████.pdf"), "\(person)")
                let list = try await host.api(person).get("/api/v1/deviations/\(id)/files").text
                #expect(!list.contains("Petter Ås") && list.contains("svar fra █████.pdf"), "\(person)")
                let (browser, client) = (try await host.browser(person), try await host.api(person))
                var names: [String] = []
                for link in html.matches(of: /href="([^"]+\/files\/[^"\/]+)" download/).map({ String($0.1) }) {
                    names.append(try await browser.get(link).header("Content-Disposition") ?? "")
                    names.append(try await client.get("/api/v1\(link)").header("Content-Disposition") ?? "")
                }
                #expect(names.count { $0.contains("filename=\"plan.pdf\"") } == 2)
                #expect(names.count { $0.contains("filename=\"vedlegg-2.pdf\"") } == 2, "\(names)")
            }
            // Sent again, it is the same file: its name does not come back.
            try await kari.get("/deviations/mine/\(id)")
            _ = try await kari.post(
                "/deviations/mine/\(id)", ["act": "add-files"],
                files: [Browser.File("svar fra Petter Ås.pdf", pdf + pdf)])
            #expect(try await !kari.get("/deviations/mine/\(id)").text.contains("Petter Ås"))
        }
    }

    @Test(arguments: Engine.all)
    func `a masked passage is gone from reports that are part of the case, and from a consent`(_ engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let behalf =
                #","onBehalf":{"student":"kari@ntnu.test","consent":"Signert av Petter Ås","replies":"student"}}"#
            let body = String(HostHarness.reportBody(title: "Petter Ås venter").dropLast()) + behalf
            let part = try await host.api("berit").post("/api/v1/deviations", body).json(CaseReceipt.self)
            let alone = try await host.api("berit").post("/api/v1/deviations", body).json(CaseReceipt.self)
            for one in [part, alone] {
                try await host.act(
                    "triage", on: one.id, by: "ingrid",
                    #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#)
            }
            try await host.act("merges", on: id, by: "ingrid", #"{"cases":["\#(part.id)"]}"#)
            for whole in [id, alone.id] {
                try await host.act("masks", on: whole, by: "ingrid", #"{"passage":"petter ås","reason":"Navn"}"#)
            }
            for (person, path) in [
                ("ingrid", "/deviations/\(id)"), ("ingrid", "/deviations/\(id)/reports"),
                ("ingrid", "/deviations/\(alone.id)"), ("kari", "/deviations/mine/\(part.id)"),
                ("kari", "/deviations/mine/\(alone.id)"),
            ] {
                let page = try await host.browser(person).get(path)
                #expect(page.status == .ok && !page.text.contains("Petter Ås"), "\(person) \(path)")
            }
            let seen = try await host.browser("kari").get("/deviations/mine/\(part.id)").text
            #expect(seen.contains("█████ venter"))
            #expect(try await host.browser("ingrid").get("/deviations/\(alone.id)").text.contains("Signert av █████"))
        }
    }

    @Test func `an intake officer may look with a reason, which stays in the history, and nobody else may`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (id, mask) = try await masked(host)
            let path = "/deviations/\(id)/masks/\(mask)/unmasking"
            let officer = try await host.browser("ingrid")
            try await officer.get("/deviations/\(id)")
            let without = try await officer.post(path, ["reason": ""])
            #expect(without.status == .unprocessableContent && !without.text.contains("ingen svarer"))
            let shown = try await officer.post(path, ["reason": "Klage fra den det gjelder"])
            #expect(shown.status == .ok && shown.text.contains("ingen svarer"))
            #expect(!(try await officer.get("/deviations/\(id)").text.contains("ingen svarer")))
            let history = try await host.api("ingrid").get("/api/v1/deviations/\(id)").text
            #expect(history.contains("Klage fra den det gjelder") && history.contains("unmasked"))
            let handler = try await host.api("hamid").post("/api/v1\(path)", #"{"reason":"Nysgjerrig"}"#)
            let reporter = try await host.api("kari").post("/api/v1\(path)", #"{"reason":"Nysgjerrig"}"#)
            #expect(handler.status == .forbidden && reporter.status == .forbidden)
            #expect(try await host.api("nils").post("/api/v1\(path)", #"{"reason":"x"}"#).status == .notFound)
        }
    }

    @Test func `a passage that the case does not hold is refused, and what was typed is kept`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let browser = try await host.browser("hamid")
            try await browser.get("/deviations/\(id)")
            let answer = try await browser.post(
                "/deviations/\(id)/masks", ["passage": "Finnes ikke her", "reason": "Navn", "version": "3"])
            #expect(answer.status == .unprocessableContent && answer.text.contains("Finnes ikke her"))
            #expect(answer.text.contains("Saken har ikke denne teksten"))
        }
    }

    @Test func `no masked word is left readable in the database`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            _ = try await masked(host)
            let rows = try await host.base.database.read {
                try $0.query("SELECT passage FROM deviations_mask") { String(decoding: $0.bytes(0), as: UTF8.self) }
            }
            #expect(rows.count == 1 && !rows[0].contains("ingen svarer"))
        }
    }
}
