import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// Measures without a case, which the education quality department starts and owns.
@Suite struct CentralMeasureTests {
    private struct Measures: Decodable {
        struct Item: Decodable, Equatable {
            let id, action, unit: String
            let effect: String?
            let isCentral: Bool
        }
        let items: [Item]
    }

    private static let path = "/deviations/measures"
    private static let api = "/api/v1/measures"
    private static let form: KeyValuePairs = [
        "unit": "ie", "action": "Felles sensorpool <IE>", "cause": "Sensur kommer sent på flere institutter",
        "dueOn": "2027-03-01",
    ]
    private static let body =
        #"{"unit":"ntnu","action":"Kurs for meldingsansvarlige","cause":"Ulik praksis","dueOn":"2027-02-01"}"#

    private func measures(_ host: HostHarness, _ person: String) async throws -> [Measures.Item] {
        try await host.api(person).get(Self.api).json(Measures.self).items
    }

    @Test(arguments: Engine.all)
    func `education quality starts them by page and API, and sees to them among its other measures`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let unni = try await host.browser("unni")
            let client = try await host.api("unni")
            #expect(try await unni.get(Self.path).text.contains("Nytt sentralt tiltak"))
            #expect(try await unni.post(Self.path, Self.form).location == "\(Self.path)?done=1")
            let started = try await client.post(Self.api, Self.body)
            #expect(started.status == .created && started.text.contains("Kurs for meldingsansvarlige"))
            // The department's, whoever started it.
            try await host.grant(.educationQuality, to: "sissel", at: "ntnu")
            let page = try await host.browser("sissel").get(Self.path).text
            #expect(page.contains("Felles sensorpool &lt;IE&gt;") && page.contains("sentralt tiltak"))
            let listed = try await measures(host, "sissel")
            #expect(listed.map(\.unit) == ["ntnu", "ie"] && listed.allSatisfy(\.isCentral))

            let (first, second) = (listed[0].id, listed[1].id)
            let early = try await client.post("\(Self.api)/\(first)/effect", #"{"effect":"x"}"#)
            #expect(early.status == .conflict)
            let done = try await client.post("\(Self.api)/\(first)/completion", #"{"effect":""}"#)
            #expect(done.status == .ok && done.text.contains("\"completedAt\":\"2026-11-27"))
            let again = try await client.post("\(Self.api)/\(first)/completion", "{}")
            #expect(again.status == .conflict)
            try await unni.get(Self.path)
            #expect(try await unni.post("\(Self.path)/\(second)/completion", ["effect": ""]).status == .seeOther)
            let empty = try await unni.post("\(Self.path)/\(second)/effect", ["effect": " "])
            #expect(empty.status == .unprocessableContent)
            #expect(
                try await unni.post("\(Self.path)/\(second)/effect", ["effect": "Sensuren kommer i tide."]).status
                    == .seeOther)
            #expect(try await measures(host, "unni").contains { $0.effect == "Sensuren kommer i tide." })
        }
    }

    @Test(arguments: Engine.all)
    func `one says for whom, what, why and by when, and nobody else starts or sees one`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let (unni, client) = (try await host.browser("unni"), try await host.api("unni"))
            let empty = try await client.post(Self.api, "{}")
            #expect(empty.status == .unprocessableContent)
            let fields = ["unit", "action", "cause", "dueOn"]
            #expect(try empty.json(ProblemBody.self).errors?.map(\.field) == fields)
            try await unni.get(Self.path)
            let blank = try await unni.post(Self.path, ["action": "Felles sensorpool"])
            #expect(blank.status == .unprocessableContent && blank.text.contains("Felles sensorpool</textarea>"))
            for field in ["unit", "cause", "dueOn"] {
                #expect(blank.text.contains("href=\"#central-\(field)\""), "\(field)")
            }
            // A department is followed up by its line.
            let low = try await client.post(Self.api, Self.body.replacing("\"ntnu\"", with: "\"ie-idi\""))
            #expect(try low.json(ProblemBody.self).errors?.map(\.field) == ["unit"])
            #expect(try await client.post(Self.api, Self.body).status == .created)
            let id = try #require(try await measures(host, "unni").first?.id)
            for person in ["hamid", "ingrid", "dagny", "kari"] {
                let browser = try await host.browser(person)
                #expect(try await !browser.get(Self.path).text.contains("sentralt tiltak"), "\(person)")
                #expect(try await browser.post(Self.path, Self.form).status == .forbidden, "\(person)")
                #expect(try await measures(host, person).isEmpty, "\(person)")
                let other = try await host.api(person)
                #expect(try await other.post(Self.api, Self.body).status == .forbidden, "\(person)")
                #expect(try await other.post("\(Self.api)/\(id)/completion", "{}").status == .notFound, "\(person)")
            }
        }
    }
}
