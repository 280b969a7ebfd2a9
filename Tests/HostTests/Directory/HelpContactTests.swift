import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// Whom one can turn to: editable, and never nobody.
@Suite struct HelpContactTests {
    private struct Contacts: Decodable {
        struct Item: Decodable {
            let id, kind, phone: String
            let campus: String?
        }
        let items: [Item]
    }

    private func run(_ body: (HostHarness) async throws -> Void) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { try await body($0) }
    }

    private func contacts(_ host: HostHarness, _ query: String = "") async throws -> [Contacts.Item] {
        try await host.stranger().get("/api/v1/help-contacts\(query)").json(Contacts.self).items
    }

    private let chaplain: KeyValuePairs = [
        "kind": "confidential", "campus": "gjovik", "name.nb": "Presten <b>", "name.nn": "", "name.en": "The chaplain",
        "purpose.nb": "Samtale",
        "purpose.nn": "Samtale", "purpose.en": "A talk", "hours.nb": "", "hours.nn": "", "hours.en": "",
        "phone": "61 00 00 00", "mail": "", "link": "",
    ]

    @Test func `a campus has its own and those for all`() async throws {
        try await run { host in
            let gjovik = try await contacts(host, "?campus=gjovik")
            #expect(gjovik.allSatisfy { $0.campus == nil || $0.campus == "gjovik" })
            #expect(gjovik.contains { $0.kind == "ombud" } && gjovik.contains { $0.id == "studentprest-gjovik" })
            #expect(try await contacts(host).count > gjovik.count)
            #expect(try await host.stranger().get("/api/v1/help-contacts?campus=oslo").status == .badRequest)
            let page = try await host.visitor().get("/help?campus=gjovik").text
            #expect(page.contains("Studentpresten i Gjøvik") && !page.contains("Studentpresten i Ålesund"))
        }
    }

    @Test func `an editor adds, changes, orders and removes, and everybody sees it at once`() async throws {
        try await run { host in
            let unni = try await host.browser("unni")
            try await unni.get("/admin/help/new")
            #expect(try await unni.post("/admin/help", chaplain).location == "/admin/help?done=1")
            let id = try #require(try await contacts(host).last { $0.kind == "confidential" }).id
            #expect(
                try await host.visitor(language: "nn").get("/help?campus=gjovik").text.contains("Presten &lt;b&gt;"))
            #expect(try await host.browser("jonas").get("/deviations/report").text.contains("Presten &lt;b&gt;"))

            try await unni.post("/admin/help/\(id)", ["go": "up"])
            #expect(try await contacts(host).filter { $0.kind == "confidential" }.dropLast().last?.id == id)
            try await unni.post("/admin/help/\(id)", ["go": "down"])
            #expect(try await contacts(host).last { $0.kind == "confidential" }?.id == id)

            let changed =
                KeyValuePairs(dictionaryLiteral: ("phone", "61 00 00 01")).map { $0 }
                + chaplain.filter { $0.key != "phone" }.map { ($0.key, $0.value) }
            _ = try await unni.post("/admin/help/\(id)", fields: changed.map { (name: $0.0, value: Array($0.1.utf8)) })
            #expect(try await contacts(host).first { $0.id == id }?.phone == "61 00 00 01")
            try await unni.post("/admin/help/\(id)", ["go": "remove"])
            #expect(try await !contacts(host).contains { $0.id == id })
            #expect(try await unni.post("/admin/help/\(id)", ["go": "remove"]).status == .notFound)
        }
    }

    @Test(arguments: [
        ("name.nb", ""), ("purpose.en", ""), ("kind", "friend"), ("campus", "oslo"), ("phone", "ring meg"),
        ("mail", "navn"),
        ("link", "http://ntnu.no"), ("link", "javascript:alert(1)"), ("name.nb", String(repeating: "æ", count: 201)),
    ])
    func `what is wrong is marked, and nothing is stored`(_ field: String, _ value: String) async throws {
        try await run { host in
            let anders = try await host.browser("anders")
            let before = try await host.snapshot()
            let fields = chaplain.filter { $0.key != field }.map { ($0.key, $0.value) } + [(field, value)]
            let answer = try await anders.post(
                "/admin/help", fields: fields.map { (name: $0.0, value: Array($0.1.utf8)) })
            #expect(answer.status == .unprocessableContent && answer.text.contains("href=\"#\(field)\""))
            #expect(try await host.snapshot() == before)
        }
    }

    @Test func `nobody else edits them`() async throws {
        try await run { host in
            for person in ["kari", "ingrid", "dagny", "vigdis"] {
                let browser = try await host.browser(person)
                #expect(try await browser.get("/admin/help").status == .forbidden, "\(person)")
                #expect(try await browser.post("/admin/help", chaplain).status == .forbidden, "\(person)")
            }
        }
    }

    @Test func `with nobody entered there are the emergency numbers, and nothing else`() async throws {
        try await run { host in
            try await host.base.database.write { tx in
                for id in try tx.query("SELECT id FROM directory_contact", { $0.text(0) }) {
                    try Directory.removeContact(id, in: tx)
                }
            }
            #expect(try await contacts(host).map(\.phone) == ["112", "113", "116 117", "116 123"])
            let front = try await host.visitor().get("/").text
            let panel = try #require(front.firstMatch(of: /<aside class="note care help.*?<\/aside>/)).output
            #expect(panel.contains("tel:116123") && !panel.contains("/help") && !panel.contains("Studentombudet"))
        }
    }
}
