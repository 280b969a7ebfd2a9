import Foundation
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// Files that concern somebody are given out one by one, and never with who sent them.
@Suite(.timeLimit(.minutes(5))) struct PrivacyFileTests {
    private struct Own: Decodable {
        struct Item: Decodable {
            let id: String
            let extract: [Answering.Extract]
        }
        let items: [Item]
    }

    /// A case with a picture, a text and a document; ids of case and files.
    private func caseWithFiles(_ host: HostHarness) async throws -> (id: String, files: [String]) {
        let id = try await host.caseAboutDagny()
        let pdf = Array("%PDF-1.7\n1 0 obj <</Author (Kari Solbakken)>> endobj\ntrailer <<>>\n%%EOF\n".utf8)
        let files = [
            ("kari-kontor.gif", Browser.File.picture.bytes), ("notat.txt", Array("Kari så at Dagny gikk".utf8)),
            ("brev.pdf", pdf),
        ]
        var ids: [String] = []
        for (name, bytes) in files {
            ids.append(try await host.sendFile(name, bytes, to: id))
            host.clock.advance(seconds: 1)
        }
        return (id, ids)
    }

    @Test(arguments: Engine.all)
    func `chosen files are given out without name, maker or reporter, and what is not chosen is not`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let (id, files) = try await caseWithFiles(host)
            let unni = try await host.answering()
            let request = try await unni.register()
            _ = try await unni.add(id, to: request)
            let seen = try await unni.review(id, of: request).files
            #expect(seen.map(\.id) == files && seen.map(\.name) == ["█████-kontor.gif", "notat.txt", "brev.pdf"])
            #expect(seen.map(\.form) == ["picture", "text", "whole"] && seen[1].text == "█████ så at Dagny gikk")
            // Nothing by itself.
            let none = try await unni.extract(id, of: request).json(Answering.Extract.self)
            #expect(none.files.isEmpty)
            let picture = unni.path(request, "/cases/\(id)/files/\(files[0])")
            #expect(try await unni.client.get(picture).header("Content-Type") == "image/webp")
            // What tells who made it cannot be chosen without a word that it may be given out.
            #expect(try await unni.extract(id, of: request, files: [files[2]]).status == .unprocessableContent)
            let made = try await unni.extract(id, of: request, files: Array(files.prefix(2)), hiding: ["gikk"])
            #expect(made.status == .ok, "\(made.text)")

            let dagny = try await host.api("dagny")
            let own = "/api/v1/me/requests/\(request)/files/\(files[0])"
            #expect(try await dagny.get(own).status == .notFound)
            #expect(try await unni.decide(request).status == .ok)
            let given = try await dagny.get("/api/v1/me/requests").json(Own.self).items.flatMap(\.extract)
            #expect(given.flatMap { $0.files.map(\.id) } == Array(files.prefix(2)))
            #expect(given.flatMap { $0.files.map(\.text) } == [nil, "█████ så at Dagny █████"])
            let got = try await dagny.get(own)
            #expect(got.status == .ok && got.body.starts(with: "RIFF".utf8))
            #expect(got.header("Content-Disposition")?.contains("vedlegg-1.webp") == true)
            for other in files.dropFirst() {
                #expect(try await dagny.get("/api/v1/me/requests/\(request)/files/\(other)").status == .notFound)
            }
            for person in ["kari", "hamid", "unni", "ingrid"] {
                #expect(try await host.api(person).get(own).status == .notFound, "\(person)")
                let page = try await host.browser(person).get("/me/data/requests/\(request)/files/\(files[0])/preview")
                #expect(page.status == .notFound, "\(person)")
            }
            let page = try await host.browser("dagny")
            let answer = try await page.get("/me/data/requests/\(request)")
            #expect(answer.text.contains("Vedlegg 1") && answer.text.contains("Vedlegg 2"))
            #expect(!answer.text.lowercased().contains("kari") && !answer.text.contains("brev"))
            let shown = try await page.get("/me/data/requests/\(request)/files/\(files[0])/preview")
            #expect(shown.header("Content-Disposition") == "inline" && shown.body == got.body)
        }
    }

    @Test func `on the page the officer ticks them, none is ticked beforehand, and the document holds its pictures`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (id, files) = try await caseWithFiles(host)
            let request = try await host.answering().register()
            _ = try await host.answering().add(id, to: request)
            let unni = try await host.browser("unni")
            let path = "/privacy-requests/\(request)"
            let page = try await unni.get("\(path)/cases/\(id)")
            #expect(page.text.contains("name=\"files\" value=\"\(files[0])\">"))
            #expect(!page.text.contains(" checked") && page.text.contains("hvem som laget den"))
            #expect(!page.text.lowercased().contains("kari"))
            #expect(try await unni.get("\(path)/cases/\(id)/files/\(files[0])").status == .ok)
            #expect(try await unni.get("\(path)/cases/\(id)/files/\(files[1])").status == .notFound)
            let sent = try await unni.post(
                "\(path)/cases/\(id)", ["passages": page.firstPassage ?? "", "files": files[0], "hidden": ""])
            #expect(sent.status == .seeOther, "\(sent.text)")
            let document = try await unni.get("\(path)/extract").text
            #expect(document.contains("src=\"data:image/webp;base64,") && document.contains("Vedlegg 1"))
            #expect(!document.contains("Vedlegg 2") && !document.lowercased().contains("kari"))
        }
    }

    @Test(arguments: Engine.all)
    func `a document goes out whole, and only when the officer confirms that all of it may`(engine: Engine) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let (id, files) = try await caseWithFiles(host)
            let (request, document) = (try await host.answering().register(), files[2])
            _ = try await host.answering().add(id, to: request)
            let unni = try await host.browser("unni")
            let path = "/privacy-requests/\(request)/cases/\(id)"
            let page = try await unni.get(path)
            #expect(page.text.contains("name=\"whole\" value=\"\(document)\">"))
            // It is read before it is chosen, and its name stays here.
            let read = try await unni.get("\(path)/files/\(document)")
            #expect(read.text.hasPrefix("%PDF-1.7"))
            #expect(read.header("Content-Disposition")?.contains("vedlegg-3.pdf") == true)
            func choose(whole: String) async throws -> Answer {
                try await unni.post(path, ["files": document, "files": files[0], "whole": whole, "hidden": ""])
            }
            let refused = try await choose(whole: files[0])
            #expect(refused.status == .unprocessableContent && refused.text.contains("Bekreft for hver fil"))
            #expect(refused.text.contains("name=\"files\" value=\"\(document)\" checked"))
            let sent = try await choose(whole: document)
            #expect(sent.status == .seeOther, "\(sent.text)")
            let shown = try await unni.get("/privacy-requests/\(request)/extract").text
            #expect(
                shown.contains("download=\"vedlegg-2.pdf\"") && shown.contains("href=\"data:application/pdf;base64,"))
            #expect(!shown.contains("brev.pdf"))

            #expect(try await host.answering().decide(request).status == .ok)
            let dagny = try await host.api("dagny")
            let given = try await dagny.get("/api/v1/me/requests").json(Own.self).items.flatMap(\.extract).flatMap(
                \.files)
            #expect(given.map(\.id) == [files[0], document] && given.map(\.type) == [nil, "application/pdf"])
            let own = "/me/requests/\(request)/files/\(document)"
            let got = try await dagny.get("/api/v1\(own)")
            #expect(got.body == read.body && got.header("Content-Disposition")?.contains("attachment") == true)
            #expect(got.header("Content-Disposition")?.contains("vedlegg-2.pdf") == true)
            let person = try await host.browser("dagny")
            let answer = try await person.get("/me/data/requests/\(request)").text
            #expect(answer.contains("/files/\(document)") && !answer.contains("brev"))
            // Never shown as if it were ours.
            #expect(try await person.get("/me/data/requests/\(request)/files/\(document)/preview").status == .notFound)
            for other in ["kari", "hamid", "unni"] {
                #expect(try await host.api(other).get("/api/v1\(own)").status == .notFound, "\(other)")
            }
        }
    }

    @Test func `a name in an older set of letters is hidden as well`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            try await host.base.database.write { tx in
                try Directory.put(
                    Person(
                        id: "asa", name: "Åsa Bø", email: "asa@ntnu.test", language: .nb, affiliation: .student,
                        unit: "ie-idi", campus: "trondheim"), in: tx)
            }
            let id = try await host.report(by: "asa")
            try await host.sendFile("notat.txt", Array("Hilsen ".utf8) + [0xC5] + Array("sa".utf8), to: id, by: "asa")
            let unni = try await host.answering()
            let request = try await unni.register()
            _ = try await unni.add(id, to: request)
            #expect(try await unni.review(id, of: request).files.map(\.text) == ["Hilsen █████"])
        }
    }
}
