import Foundation
import HTTPTypes
import Host
import TrivselTesting

/// How somebody reaches us: by the pages, or through the API.
enum Way: String, CaseIterable, Sendable {
    case page, api

    /// A form's fields as the API takes them: yes and no are true and false, a part is true, and some fields are lists.
    static func json(_ fields: KeyValuePairs<String, String>) throws -> String {
        var body: [String: Any] = [:]
        for (name, value) in fields {
            switch (name, value) {
            case ("people", _), ("along", _), ("cases", _): body[name] = (body[name] as? [String] ?? []) + [value]
            case (_, "yes"), (_, "part"): body[name] = true
            case (_, "no"): body[name] = false
            default: body[name] = value
            }
        }
        return String(decoding: try JSONSerialization.data(withJSONObject: body, options: .sortedKeys), as: UTF8.self)
    }
}

extension HostHarness {
    /// Sends a form of the desk for a case as it stands, whether it is taken or not.
    @discardableResult
    func send(
        _ form: String, on id: String, by person: String, _ way: Way, _ fields: KeyValuePairs<String, String> = [:]
    ) async throws -> Answer {
        switch way {
        case .page:
            let browser = try await browser(person)
            let version = try await browser.get("/deviations/\(id)").value(ofHidden: "version") ?? "1"
            let all = fields.map { ($0.key, $0.value) } + [("version", version)]
            return try await browser.post(
                "/deviations/\(id)/\(form)", fields: all.map { ($0.0, Array($0.1.utf8)) })
        case .api:
            let client = try await api(person)
            let tag = try await client.get("/api/v1/deviations/\(id)").headers[.eTag] ?? "\"1\""
            return try await client.post(
                "/api/v1/deviations/\(id)/\(form)", try Way.json(fields), headers: [.ifMatch: tag])
        }
    }

    /// What a reporter does with their own.
    @discardableResult
    func reporterAct(_ act: String, on id: String, by person: String, _ way: Way) async throws -> Answer {
        guard way == .page else {
            return try await api(person).post("/api/v1/deviations/\(id)/reporter-acts", "{\"act\":\"\(act)\"}")
        }
        let browser = try await browser(person)
        try await browser.get("/deviations/mine/\(id)")
        return try await browser.post("/deviations/mine/\(id)", ["act": act])
    }

    /// A case as somebody sees it, whichever of the two ways.
    func seen(_ id: String, by person: String, _ way: Way, mine: Bool = false) async throws -> Answer {
        way == .page
            ? try await browser(person).get("/deviations/\(mine ? "mine/" : "")\(id)")
            : try await api(person).get("/api/v1/deviations/\(id)")
    }
}

extension Answer {
    /// Whether what was sent was done.
    var isTaken: Bool { [.ok, .noContent, .seeOther].contains(status) }

    /// The fields that a problem names.
    var wrongFields: [String] { (try? json(ProblemBody.self).errors?.map(\.field)) ?? [] }
}
