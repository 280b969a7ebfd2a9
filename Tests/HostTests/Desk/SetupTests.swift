import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// Categories and guideline are maintained in the product, and count at once.
@Suite struct SetupTests {
    private static let path = "/deviations/categories"
    private static let names: KeyValuePairs = [
        "names.nb": "Inneklima", "names.nn": "Inneklima", "names.en": "Indoor climate",
    ]

    private struct Categories: Decodable {
        struct Item: Decodable {
            let id: String
            let isActive: Bool
        }
        let items: [Item]
    }

    private func codes(_ host: HostHarness, all: Bool = false) async throws -> [String] {
        try await host.stranger().get("/api/v1/categories\(all ? "?all=true" : "")").json(Categories.self).items
            .map(\.id)
    }

    private func maintained(_ host: HostHarness) async throws -> [String] {
        try await host.base.database.read { reader in
            try reader.query(
                """
                SELECT code, nb, position + version FROM deviations_category
                UNION ALL SELECT valid_from, owner, 0 FROM deviations_guideline
                """
            ) { "\($0.text(0)) \($0.text(1)) \($0.int(2))" }.sorted()
        }
    }

    @Test(arguments: Engine.all)
    func `a category is added, renamed and ordered, and the report form shows it at once`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let unni = try await host.browser("unni")
            _ = try await host.browser("kari").get("/deviations/report")
            #expect(try await unni.get("/").text.contains("href=\"\(Self.path)\""))
            let empty = try await unni.post(
                Self.path, ["names.nb": "Inneklima", "names.nn": "", "names.en": "Grading"])
            #expect(empty.status == .unprocessableContent && empty.text.contains("value=\"Inneklima\""))
            #expect(empty.text.contains("En annen kategori heter det"))
            #expect(try await unni.post(Self.path, Self.names).location == "\(Self.path)?done=1")
            #expect(try await codes(host).last == "indoor-climate")

            let one = "\(Self.path)/indoor-climate"
            let version = try await unni.get(one).value(ofHidden: "version") ?? ""
            #expect(
                try await unni.post(
                    one, ["version": version, "names.nb": "Luft", "names.nn": "Luft", "names.en": "Air"]
                ).status == .seeOther)
            #expect(try await unni.post("\(one)/place", ["before": "information-flow"]).status == .seeOther)
            #expect(try await codes(host).first == "indoor-climate")
            let list = try await unni.get(Self.path).text
            #expect(list.contains("<b>Luft</b>") && !list.contains("Inneklima"))
            let body = HostHarness.reportBody().replacing("\"grading\"", with: "\"indoor-climate\"")
            #expect(try await host.api("kari").post("/api/v1/deviations", body).status == .created)
        }
    }

    @Test(arguments: Engine.all)
    func `a category out of use keeps its cases and filters lists, and no new report can choose it`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.report()
            let unni = try await host.browser("unni")
            let version = try await unni.get("\(Self.path)/grading").value(ofHidden: "version") ?? ""
            #expect(
                try await unni.post("\(Self.path)/grading/use", ["version": version, "isActive": "no"]).status
                    == .seeOther)
            #expect(try await codes(host).contains("grading") == false)
            #expect(try await codes(host, all: true).contains("grading"))
            #expect(
                try await host.api("kari").post("/api/v1/deviations", HostHarness.reportBody()).status
                    == .unprocessableContent)
            let ingrid = try await host.browser("ingrid")
            let desk = try await ingrid.get("/deviations?view=all&category=grading").text
            #expect(desk.contains("/deviations/\(id)") && desk.contains("value=\"grading\" selected"))
            #expect(try await ingrid.get("/deviations/\(id)").text.contains("Sensur"))

            let back = try await unni.get("\(Self.path)/grading").value(ofHidden: "version") ?? ""
            #expect(
                try await unni.post("\(Self.path)/grading/use", ["version": back, "isActive": "yes"]).status
                    == .seeOther)
            #expect(try await host.api("kari").post("/api/v1/deviations", HostHarness.reportBody()).status == .created)
        }
    }

    @Test func `of two editors the second is told what the first has written, and loses nothing`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (unni, anders) = (try await host.browser("unni"), try await host.browser("anders"))
            let path = "\(Self.path)/grading"
            let seen = try await unni.get(path).value(ofHidden: "version") ?? ""
            _ = try await anders.get(path)
            func sent(_ name: String, _ version: String) -> KeyValuePairs<String, String> {
                ["version": version, "names.nb": name, "names.nn": name, "names.en": name]
            }
            #expect(try await anders.post(path, sent("Karakterer", seen)).status == .seeOther)
            let late = try await unni.post(path, sent("Sensur og klage", seen))
            #expect(late.status == .unprocessableContent && late.text.contains("value=\"Sensur og klage\""))
            #expect(late.text.contains("Nå står det: Karakterer"))
            let again = late.value(ofHidden: "version") ?? ""
            #expect(again != seen)
            #expect(try await unni.post(path, sent("Sensur og klage", again)).status == .seeOther)
        }
    }

    @Test func `only those who answer for categories and guideline change them`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let before = try await maintained(host)
            for person in ["kari", "hamid", "ingrid", "dagny"] {
                let browser = try await host.browser(person)
                for path in [Self.path, "\(Self.path)/grading", "/deviations/guideline/versions"] {
                    #expect(try await browser.get(path).status == .forbidden, "\(person) \(path)")
                    #expect(try await browser.post(path, Self.names).status == .forbidden, "\(person) \(path)")
                }
                #expect(try await browser.post("\(Self.path)/grading/place").status == .forbidden)
                #expect(try await browser.post("\(Self.path)/grading/use", ["version": "1"]).status == .forbidden)
                let client = try await host.api(person)
                #expect(try await client.post("/api/v1/categories", "{}").status == .forbidden)
                #expect(
                    try await client.put("/api/v1/categories/other", "{}", headers: [.ifMatch: "\"1\""]).status
                        == .forbidden)
                #expect(try await client.post("/api/v1/guideline-versions", "{}").status == .forbidden)
            }
            #expect(try await maintained(host) == before)
        }
    }

    @Test(arguments: Engine.all)
    func `a client maintains the categories too`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let unni = try await host.api("unni")
            let body = #"{"names":{"nb":"Luft","nn":"Luft","en":"Air"}}"#
            let key: HTTPFields = [HTTPField.Name("Idempotency-Key")!: "k1"]
            let made = try await unni.post("/api/v1/categories", body, headers: key)
            #expect(made.status == .created && made.location == "/api/v1/categories/air")
            #expect(try await unni.post("/api/v1/categories", body, headers: key).location == made.location)
            let bad = try await unni.post("/api/v1/categories", #"{"names":{"nb":"Luft"}}"#)
            #expect(bad.status == .unprocessableContent)
            #expect(try bad.json(ProblemBody.self).errors?.map(\.field) == ["names.nb", "names.nn", "names.en"])

            let path = "/api/v1/categories/air"
            let tag = try await host.stranger().get(path).headers[.eTag] ?? ""
            let off = #"{"names":{"nb":"Luft","nn":"Luft","en":"Air"},"isActive":false}"#
            #expect(try await unni.put(path, off).status == .preconditionRequired)
            #expect(try await unni.put(path, off, headers: [.ifMatch: tag]).status == .ok)
            #expect(try await unni.put(path, off, headers: [.ifMatch: tag]).status == .preconditionFailed)
            #expect(try await host.stranger().get("/api/v1/categories/nothing").status == .notFound)
            #expect(try await unni.post("/api/v1/categories/exam/place", "{}").status == .noContent)
            #expect(try await codes(host).last == "exam")
            #expect(try await unni.post("/api/v1/categories/exam/place", #"{"before":"x"}"#).status == .notFound)
        }
    }

    @Test(arguments: Engine.all)
    func `a new version of the guideline rules what comes in from its day on`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.report()
            let unni = try await host.browser("unni")
            let path = "/deviations/guideline/versions"
            let last = try await unni.get(path).value(ofHidden: "last") ?? ""
            func form(_ from: String) -> KeyValuePairs<String, String> {
                [
                    "last": last, "validFrom": from, "owner": "Prorektor", "norwegian": "Ny & bedre <tekst>",
                    "english": "New text",
                ]
            }
            let past = try await unni.post(path, form("2026-11-26"))
            #expect(
                past.status == .unprocessableContent && past.text.contains("Ny &amp; bedre &lt;tekst&gt;</textarea>"))
            #expect(past.text.contains("Datoen må ligge fram i tid"))
            #expect(try await unni.post(path, form("2026-11-28")).location == "\(path)?done=1")
            #expect(try await unni.get(path).text.contains("Gjelder senere"))
            #expect(try await host.visitor().get("/deviations/guideline").text.contains("Ny &amp; bedre") == false)
            let late = try await unni.post(path, form("2026-12-24"))
            #expect(late.status == .unprocessableContent && late.text.contains("Noen andre har lagt til en versjon"))
            #expect(late.text.contains("value=\"2026-12-24\"") && late.value(ofHidden: "last") == "2026-11-28")

            host.clock.advance(seconds: 2 * 86_400)
            #expect(try await host.visitor().get("/deviations/guideline").text.contains("Ny &amp; bedre"))
            let later = try await host.report()
            let ingrid = try await host.browser("ingrid")
            for (id, text) in [(id, "Avvik er feil og mangler"), (later, "Ny &amp; bedre")] {
                let page = try await ingrid.get("/deviations/\(id)").text
                let link =
                    page.firstRange(of: "/deviations/guideline?on=").map { page[$0.lowerBound...].prefix(35) } ?? ""
                #expect(try await ingrid.get(String(link)).text.contains(text))
            }
        }
    }

    @Test func `a reporter's page leads to the guideline that applied, with its owner, day and English text`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            let kari = try await host.browser("kari")
            let page = try await kari.get("/deviations/mine/\(id)").text
            let link = "/deviations/guideline?on=2026-11-27"
            #expect(page.contains("href=\"\(link)\""))
            let norwegian = try await kari.get(link).text
            #expect(norwegian.contains("Avvik er feil og mangler") && norwegian.contains("1. januar 2023"))
            #expect(norwegian.contains("Avdeling for utdanningskvalitet"))
            let english = try await host.visitor(language: "en").get(link).text
            #expect(english.contains("Deviations are faults and shortcomings") && english.contains("1 January 2023"))
            #expect(english.contains("Avdeling for utdanningskvalitet") && english.contains("<div lang=\"en\""))
        }
    }

    @Test func `a client adds a version of the guideline`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let unni = try await host.api("unni")
            let body = #"{"validFrom":"2027-01-01","owner":"Prorektor","norwegian":"Ny","english":"New"}"#
            #expect(try await unni.post("/api/v1/guideline-versions", body).status == .created)
            let again = try await unni.post("/api/v1/guideline-versions", body)
            #expect(again.status == .unprocessableContent)
            #expect(try again.json(ProblemBody.self).errors?.map(\.field) == ["validFrom"])
            #expect(try await host.stranger().get("/api/v1/guideline-versions").text.contains("2027-01-01"))
        }
    }
}
