import Foundation
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// A case that has left for whistleblowing is not found through a request that was answered from it.
@Suite(.timeLimit(.minutes(5))) struct PrivacyTraceTests {
    private static let both: [any FeatureModule.Type] = [Deviations.self, Whistleblowing.self]
    private static let censurable =
        #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"Dette er et varsel"}"#

    private func leave(_ id: String, _ client: APIClient) async throws {
        let tag = try await client.get("/api/v1/deviations/\(id)").header("ETag") ?? ""
        let sent = try await client.post(
            "/api/v1/deviations/\(id)/triage", Self.censurable, headers: [.ifMatch: tag])
        #expect(sent.status == .ok, "\(sent.text)")
    }

    private func isEmpty(_ id: String, _ host: HostHarness) async throws -> Bool {
        try await host.rows("deviations_case", where: "uid = '\(id)' AND ending = 'outside-scope'") == 1
    }

    @Test(arguments: Engine.all)
    func
        `given a case that a person's request was answered from, when it leaves for whistleblowing, then no request, log, answer or extract leads to it`(
            engine: Engine
        ) async throws
    {
        try await HostHarness.with(engine, modules: Self.both) { host in
            let id = try await host.caseAboutDagny()
            let number = try await host.number(of: id)
            let file = try await host.sendFile("bilde.gif", Browser.File.picture.bytes, to: id)
            let unni = try await host.answering()
            var requests: [String] = []
            for _ in 0..<2 {
                let request = try await unni.register()
                let key: HTTPFields = [.ifMatch: "\"1\"", .init("Idempotency-Key")!: "add-\(request)"]
                let body = #"{"module":"deviations","case":"\#(id)"}"#
                #expect(try await unni.client.post(unni.path(request, "/cases"), body, headers: key).status == .ok)
                #expect(try await unni.extract(id, of: request, files: [file]).status == .ok)
                requests.append(request)
            }
            let (decided, open) = (requests[0], requests[1])
            #expect(try await unni.decide(decided).status == .ok)
            let dagny = try await host.api("dagny")
            #expect(try await dagny.get("/api/v1/me/requests").text.contains(number))
            #expect(try await host.rows("privacy_act", where: "object = '\(id)'") == 6)

            try await leave(id, try await host.api("ingrid"))
            try await eventually("the deviation is empty") { try await isEmpty(id, host) }
            for table in ["privacy_act", "privacy_case"] {
                #expect(try await host.rows(table, where: "object = '\(id)'") == 0, "\(table)")
            }
            #expect(try await host.rows("privacy_act", where: "module IS NOT NULL") == 0)
            // Nor can what the officer once sent be guessed from what is kept for a repeat.
            #expect(try await host.rows("idempotency_answer", where: "person = 'unni'") == 0)
            for request in requests {
                let seen = try await unni.client.get(unni.path(request)).text
                #expect(!seen.contains(id) && !seen.contains(number))
                #expect(try await unni.client.get(unni.path(request, "/extract")).text == "{\"items\":[]}")
            }
            #expect(try await unni.client.get(unni.path(open, "/cases/\(id)")).status == .notFound)
            #expect(try await unni.add(id, to: open).status == .notFound)
            for words in [number, "Dagny svarer"] {
                let hits = try await unni.client.post(
                    unni.path(open, "/search"), #"{"words":"\#(words)"}"#)
                #expect(hits.text == "{\"items\":[],\"notSearched\":[]}")
            }
            let own = try await dagny.get("/api/v1/me/requests").text
            #expect(own.contains("\"granted\"") && !own.contains(number))
            #expect(try await dagny.get("/api/v1/me/requests/\(decided)/files/\(file)").status == .notFound)
        }
    }

    @Test(arguments: Engine.all)
    func `when a part of a case leaves, or it goes on without its reporter, what was given out of it before is gone`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: Self.both) { host in
            let unni = try await host.answering()
            let dagny = try await host.api("dagny")
            var requests: [String: String] = [:]
            for _ in 0..<2 {
                let id = try await host.caseAboutDagny()
                let request = try await unni.register()
                _ = try await unni.add(id, to: request)
                #expect(try await unni.extract(id, of: request).status == .ok)
                #expect(try await unni.decide(request).status == .ok)
                requests[id] = request
            }
            let (parted, withdrawn) = (requests.keys.sorted()[0], requests.keys.sorted()[1])
            let ingrid = try await host.browser("ingrid")
            let version = try await ingrid.get("/deviations/\(parted)").value(ofHidden: "version") ?? ""
            let sent = try await ingrid.post(
                "/deviations/\(parted)/triage",
                [
                    "isDeviation": "yes", "holdsSensitiveData": "yes", "isCensurable": "part",
                    "reason": "En del er varsel",
                    "keptTitle": "Sensuren er sen", "keptText": "Fristen gikk ut", "whistleblowText": "Dagny truet meg",
                    "version": version,
                ])
            #expect(sent.status == .seeOther, "\(sent.text)")
            try await eventually("the part has left") {
                try await host.rows("privacy_case", where: "object = '\(parted)'") == 0
            }
            let taken = try await host.api("kari").post(
                "/api/v1/deviations/\(withdrawn)/reporter-acts", #"{"act":"withdraw"}"#)
            #expect(taken.status == .noContent)
            try await host.act(
                "after-withdrawal", on: withdrawn, by: "ingrid",
                #"{"goesOn":true,"reason":"Gjelder flere","keptTitle":"Sensuren er sen","keptText":"Fristen gikk ut"}"#)
            #expect(try await host.rows("privacy_case") == 0)
            #expect(try await host.rows("privacy_act", where: "object IS NOT NULL") == 0)
            let own = try await dagny.get("/api/v1/me/requests").text
            #expect(own.contains("\"extract\":[]") && !own.contains("Dagny svarer"))
            // What is left is a case like any other, to be found and given out anew.
            let request = try await unni.register()
            for id in [parted, withdrawn] {
                #expect(try await unni.add(id, to: request).status == .ok)
                #expect(try await !unni.extract(id, of: request).text.contains("Dagny svarer"))
            }
        }
    }

    @Test func `while it is on its way it is neither found, read, decided on nor given out`() async throws {
        try await HostHarness.with(modules: Self.both, enabled: ["deviations"]) { host in
            let id = try await host.caseAboutDagny()
            let number = try await host.number(of: id)
            let unni = try await host.answering()
            let (decided, open) = (try await unni.register(), try await unni.register())
            for request in [decided, open] {
                _ = try await unni.add(id, to: request)
                #expect(try await unni.extract(id, of: request).status == .ok)
            }
            #expect(try await unni.decide(decided).status == .ok)
            try await leave(id, try await host.api("ingrid"))
            #expect(try await host.rows("deviations_case", where: "locked_to = 'ingrid'") == 1)
            let hits = try await unni.client.post(unni.path(open, "/search"), #"{"words":"\#(number)"}"#)
            #expect(hits.text == "{\"items\":[],\"notSearched\":[]}")
            let seen = try await unni.read(open)
            #expect(seen.cases?.isEmpty == true && seen.log?.map(\.act) == ["requested"])
            let page = try await host.browser("unni").get("/privacy-requests/\(open)").text
            #expect(!page.contains(number) && !page.contains("Sak funnet fram"))
            #expect(try await unni.client.get(unni.path(open, "/cases/\(id)")).status == .notFound)
            let document = try await host.browser("unni").get("/privacy-requests/\(open)/extract").text
            #expect(!document.contains("Dagny svarer"))
            #expect(try await unni.decide(open).status == .ok)
            #expect(try await host.rows("privacy_case", where: "request = '\(open)'") == 0)
            #expect(try await !host.api("dagny").get("/api/v1/me/requests").text.contains("Dagny svarer"))
        }
    }

    @Test func `what one report gave to the extract of its case goes when the report goes its own way`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let main = try await host.report(by: "ola")
            let part = try await host.caseAboutDagny()
            try await host.act("merges", on: main, by: "ingrid", "{\"cases\":[\"\(part)\"]}")
            let unni = try await host.answering()
            let request = try await unni.register()
            _ = try await unni.add(main, to: request)
            #expect(try await unni.extract(main, of: request).text.contains("Dagny svarer"))
            #expect(try await unni.decide(request).status == .ok)
            let dagny = try await host.api("dagny")
            #expect(try await dagny.get("/api/v1/me/requests").text.contains("Dagny svarer"))
            let ingrid = try await host.api("ingrid")
            let separated = try await ingrid.post(
                "/api/v1/deviations/\(main)/reports/\(part)/separation", "{}",
                headers: [.ifMatch: try await ingrid.get("/api/v1/deviations/\(main)").header("ETag") ?? ""])
            #expect(separated.status == .ok, "\(separated.text)")
            #expect(try await !dagny.get("/api/v1/me/requests").text.contains("Dagny svarer"))
        }
    }

    @Test func `an officer whom a case is kept from gives nothing out of it and reads nothing of it in the log`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.caseAboutDagny()
            try await host.grant(.educationQuality, to: "knut", at: "ntnu")
            let (unni, knut) = (try await host.answering(), try await host.answering("knut"))
            let request = try await unni.register()
            _ = try await unni.add(id, to: request)
            #expect(try await unni.extract(id, of: request).status == .ok)
            #expect(try await knut.client.get(knut.path(request, "/extract")).text.contains("Dagny svarer"))
            try await host.act("exclusions", on: id, by: "ingrid", #"{"people":["knut"],"names":""}"#)
            #expect(try await knut.client.get(knut.path(request, "/extract")).text == "{\"items\":[]}")
            let seen = try await knut.read(request)
            #expect(seen.cases?.isEmpty == true && seen.log?.map(\.act) == ["requested", "given", "given"])
            #expect(try await unni.client.get(unni.path(request, "/extract")).text.contains("Dagny svarer"))
        }
    }

    @Test func `who answers requests and is named in a report neither finds it nor gives anything out of it`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let body = HostHarness.reportBody(title: "Unni svarer ikke").replacing(
                "\"serious\":\"none\",", with: "\"serious\":\"none\",\"people\":[\"unni\"],")
            let id = try await host.api("kari").post("/api/v1/deviations", body).json(CaseReceipt.self).id
            let number = try await host.number(of: id)
            let unni = try await host.answering()
            let request = try await unni.register()
            for words in [number, "Unni svarer"] {
                let hits = try await unni.client.post(unni.path(request, "/search"), #"{"words":"\#(words)"}"#)
                #expect(hits.text == "{\"items\":[],\"notSearched\":[]}", "\(words)")
            }
            #expect(try await unni.add(id, to: request).status == .notFound)
            try await host.grant(.educationQuality, to: "knut", at: "ntnu")
            let knut = try await host.answering("knut")
            let hits = try await knut.client.post(knut.path(request, "/search"), #"{"words":"\#(number)"}"#)
            #expect(hits.text.contains(id))
        }
    }

    @Test func `no byte of the database links a request to a case that has left, free pages included`() async throws {
        let program = try Program()
        try await program.demo()
        func token(_ person: String) async throws -> String {
            try await program.run("token", "new", "--person", person).output
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let (kari, unni, ingrid) = (try await token("kari"), try await token("unni"), try await token("ingrid"))
        let settings = ["TRIVSEL_MODULES_ENABLED": "deviations,whistleblowing", "TRIVSEL_LOG_LEVEL": "trace"]
        var (id, requests, file, log): (String, [String], String, String) = ("", [], "", "")
        /// How often a row names one of the requests and then the case; and how often a marked word stands open.
        func found() throws -> (links: Int, words: Int) {
            var count = (links: 0, words: 0)
            let all = FileManager.default.enumerator(
                at: URL(filePath: program.folder.path), includingPropertiesForKeys: [.isRegularFileKey])
            for case let url as URL in all?.allObjects ?? [] {
                guard let held = try? Data(contentsOf: url) else { continue }
                for request in requests {
                    for link in ["\(request)deviations\(id)", "deviations\(id)\(request)"] {
                        count.links += held.ranges(of: Data(link.utf8)).count
                    }
                }
                for word in ["Kvernknurr", "Snirkelgang", "Skeivfot", "Kvernbilete"] {
                    count.words += held.ranges(of: Data(word.utf8)).count
                }
            }
            return count
        }
        try await program.serving(environment: settings) { _, port in
            let body = HostHarness.reportBody(title: "Kvernknurr").replacing("ingen svarer.", with: "Snirkelgang.")
            let reporter = APIClient(port: port, token: kari)
            id = try await reporter.post("/api/v1/deviations", body).json(CaseReceipt.self).id
            let sent = try await reporter.post(
                "/api/v1/deviations/\(id)/files", bytes: Array("Skeivfot".utf8), type: "application/octet-stream",
                headers: [.contentDisposition: "attachment; filename=\"Kvernbilete.txt\""])
            file = String((sent.location ?? "").split(separator: "/").last ?? "")
            let officer = Answering(client: APIClient(port: port, token: unni))
            for _ in 0..<3 {
                let request = try await officer.register()
                #expect(try await officer.add(id, to: request).status == .ok)
                #expect(try await officer.extract(id, of: request, files: [file]).status == .ok)
                requests.append(request)
            }
            #expect(try await officer.decide(requests[0]).status == .ok)
        }
        // What is looked for can be found.
        #expect(try found().links > 0 && found().words == 0)
        try await program.serving(environment: settings) { started, port in
            let officer = APIClient(port: port, token: ingrid)
            try await leave(id, officer)
            try await eventually("the deviation is empty") {
                try await officer.get("/api/v1/deviations/\(id)").status == .notFound
            }
            log = started.log
        }
        #expect(try found() == (0, 0) && !log.contains("Kvernknurr"))
        let left = try await program.database {
            try $0.first("SELECT COUNT(*) FROM privacy_act WHERE act = 'extracted' AND object IS NULL") { $0.int(0) }
        }
        #expect(left == 3)
    }
}
