import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// A masked attachment is gone, with its preview and what was given out of it.
@Suite(.timeLimit(.minutes(5))) struct FileMaskTests {
    private struct Masked: Decodable {
        struct Entry: Decodable { let kind, reference: String? }
        let timeline: [Entry]
    }

    private func mask(of id: String, _ host: HostHarness) async throws -> String {
        let seen = try await host.api("ingrid").get("/api/v1/deviations/\(id)").json(Masked.self)
        return try #require(seen.timeline.last { $0.kind == "masked" }?.reference)
    }

    @Test(arguments: Engine.all)
    func `a masked attachment is gone for everybody, with its preview, and is not there when it is sent again`(
        _ engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let kari = try await host.browser("kari")
            let own = "/deviations/mine/\(id)"
            try await kari.get(own)
            let sent = try await kari.post(
                own, ["act": "add-files"], files: [Browser.File("notat.txt", Array("Notat".utf8)), .picture])
            #expect(sent.status == .seeOther, "\(sent.text)")
            let link = try #require(try await kari.get(own).text.firstMatch(of: /src="([^"]+)\/preview"/)).1
            let file = String(link.split(separator: "/").last ?? "")
            let addresses = ["/deviations/\(id)/files/\(file)", "/deviations/\(id)/files/\(file)/preview"]
            for person in ["kari", "hamid", "ingrid"] {
                for address in addresses { #expect(try await host.browser(person).get(address).status == .ok) }
            }
            #expect(try await host.rows("vault_file") == 3)

            let hamid = try await host.browser("hamid")
            let page = try await hamid.get("/deviations/\(id)")
            #expect(page.text.contains("Skjul et vedlegg"))
            let version = page.value(ofHidden: "version") ?? ""
            func hide(_ file: String) async throws -> Answer {
                try await hamid.post(
                    "/deviations/\(id)/file-masks", ["file": file, "reason": "Viser en person", "version": version])
            }
            for wrong in ["", "x1"] { #expect(try await hide(wrong).status == .unprocessableContent) }
            #expect(try await hide(file).location?.hasPrefix("/deviations/\(id)?done=") == true)
            for person in ["kari", "hamid", "ingrid"] {
                let (browser, client) = (try await host.browser(person), try await host.api(person))
                for address in addresses { #expect(try await browser.get(address).status == .notFound, "\(person)") }
                #expect(try await client.get("/api/v1/deviations/\(id)/files/\(file)").status == .notFound)
                let list = try await client.get("/api/v1/deviations/\(id)/files").text
                let shown = try await browser.get(person == "kari" ? own : "/deviations/\(id)").text
                for text in [list, shown] {
                    #expect(text.contains("notat.txt") && !text.contains("bilde.gif"), "\(person)")
                }
            }
            // Of the preview nothing is kept.
            #expect(try await host.rows("vault_file") == 2)
            #expect(try await host.rows("deviations_file", where: "preview IS NOT NULL") == 0)
            let copy = try await host.api("kari").get("/api/v1/me/data").text
            #expect(copy.contains("notat.txt") && !copy.contains("bilde.gif"))
            try await kari.get(own)
            _ = try await kari.post(own, ["act": "add-files"], files: [.picture])
            #expect(try await !kari.get(own).text.contains("bilde.gif"))
        }
    }

    @Test(arguments: Engine.all)
    func `an extract given out before is taken back, and the attachment cannot be chosen any more`(_ engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.caseAboutDagny()
            let file = try await host.sendFile("bilde.gif", Browser.File.picture.bytes, to: id)
            let unni = try await host.answering()
            let request = try await unni.register()
            #expect(try await unni.add(id, to: request).status == .ok)
            #expect(try await unni.extract(id, of: request, files: [file]).status == .ok)
            #expect(try await unni.decide(request).status == .ok)
            let path = "/api/v1/me/requests"
            #expect(try await host.api("dagny").get(path).text.contains(file))
            try await host.act("file-masks", on: id, by: "ingrid", #"{"file":"\#(file)","reason":"Viser en person"}"#)
            #expect(try await !host.api("dagny").get(path).text.contains(file))
            let other = try await unni.register()
            #expect(try await unni.add(id, to: other).status == .ok)
            #expect(try await unni.review(id, of: other).files.isEmpty)
            #expect(try await unni.extract(id, of: other, files: [file]).status != .ok)
        }
    }

    @Test(arguments: Engine.all)
    func `an intake officer who says why gets the file, which stays in the history, and nobody else does`(
        _ engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            // The attachment is that of a report which is part of the case.
            let (id, part) = (try await host.assignedCase(), try await host.report(by: "ola"))
            let file = try await host.sendFile("notat.txt", Array("Snirkelgang".utf8), to: part, by: "ola")
            try await host.act("merges", on: id, by: "ingrid", #"{"cases":["\#(part)"]}"#)
            let inPart = "/api/v1/deviations/\(id)/reports/\(part)/files/\(file)"
            #expect(try await host.api("ingrid").get(inPart).text == "Snirkelgang")
            try await host.act("file-masks", on: id, by: "ingrid", #"{"file":"\#(file)","reason":"Navn"}"#)
            #expect(try await host.api("ingrid").get(inPart).status == .notFound)
            #expect(try await host.api("ola").get("/api/v1/deviations/\(part)/files/\(file)").status == .notFound)

            let path = "/deviations/\(id)/masks/\(try await mask(of: id, host))/unmasking"
            let without = try await host.api("ingrid").post("/api/v1\(path)", #"{"reason":""}"#)
            #expect(without.status == .unprocessableContent)
            let shown = try await host.api("ingrid").post("/api/v1\(path)", #"{"reason":"Klage"}"#)
            #expect(shown.status == .ok && shown.text == "Snirkelgang")
            #expect(shown.header("Content-Disposition")?.contains("notat.txt") == true)
            let officer = try await host.browser("ingrid")
            try await officer.get("/deviations/\(id)")
            #expect(try await officer.post(path, ["reason": "Innsyn"]).text == "Snirkelgang")
            let history = try await host.api("ingrid").get("/api/v1/deviations/\(id)").text
            #expect(history.contains("Klage") && history.contains("Innsyn") && history.contains("unmasked"))
            for person in ["hamid", "ola", "kari"] {
                let refused = try await host.api(person).post("/api/v1\(path)", #"{"reason":"Nysgjerrig"}"#)
                #expect([.forbidden, .notFound].contains(refused.status), "\(person)")
            }
        }
    }

    @Test func `a masked attachment goes along to whistleblowing, and is not in the reporter's dialogue`() async throws
    {
        try await HostHarness.with(modules: [Deviations.self, Whistleblowing.self]) { host in
            let id = try await host.report()
            let file = try await host.sendFile("kvernknurr.txt", Array("Snirkelgang".utf8), to: id)
            try await host.sendFile("annet.txt", Array("Annet".utf8), to: id)
            try await host.act("file-masks", on: id, by: "ingrid", #"{"file":"\#(file)","reason":"Navn"}"#)
            try await host.act(
                "triage", on: id, by: "ingrid",
                #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"Hører ikke hjemme her"}"#
            )
            try await eventually("it has left") { try await host.rows("deviations_file") == 0 }
            let keeper = try await host.browser("vigdis")
            let page = try await keeper.get(try #require(try await Whistle.cases(keeper).first)).text
            #expect(page.contains("kvernknurr.txt") && page.contains("annet.txt"))
            let kari = try await host.browser("kari")
            let own = try #require(try await kari.get(Whistle.path).text.firstMatch(of: /name="own" value="([^"]+)"/)).1
            let dialogue = try await kari.post(Whistle.path, ["step": "start", "go": "own", "own": String(own)]).text
            #expect(dialogue.contains("annet.txt") && !dialogue.contains("kvernknurr.txt"))
        }
    }
}
