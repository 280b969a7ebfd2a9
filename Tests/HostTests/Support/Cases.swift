import DeviationsModule
import HTTPTypes
import TrivselTesting

typealias Deviations = DeviationsModule

/// What the API says of a case after a write.
struct CaseReceipt: Decodable {
    let id, number, status: String
    let version: Int?
}

extension HostHarness {
    /// A report as the API takes it.
    static func reportBody(
        title: String = "Sensuren er tre uker forsinket",
        description: String = "Fristen gikk ut 6. november, og ingen svarer.", unit: String = "ie-idi"
    ) -> String {
        """
        {"serious":"none","title":"\(title)","description":"\(description)","unit":"\(unit)",\
        "campus":"trondheim","category":"grading","environment":"organisational",\
        "ordinaryChannels":{"tried":true,"which":["teacher"],"when":"uke 46"}}
        """
    }

    /// Reports a case to IDI; returns its id.
    func report(
        by person: String = "kari", unit: String = "ie-idi", title: String = "Sensuren er tre uker forsinket"
    ) async throws -> String {
        let answer = try await api(person).post("/api/v1/deviations", Self.reportBody(title: title, unit: unit))
        return try answer.json(CaseReceipt.self).id
    }

    /// Reports a case to IDI and gives it to Hamid; returns its id.
    func assignedCase() async throws -> String {
        let id = try await report()
        try await act(
            "triage", on: id, by: "ingrid", #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#)
        try await act("assignments", on: id, by: "ingrid", #"{"handler":"hamid"}"#)
        return id
    }

    /// The number that a case is called by, as somebody who sees it reads it.
    func number(of id: String, for person: String = "ingrid") async throws -> String {
        try await api(person).get("/api/v1/deviations/\(id)").json(CaseReceipt.self).number
    }

    /// Does something to a case, in the version it has.
    @discardableResult
    func act(_ act: String, on id: String, by person: String, _ json: String) async throws -> CaseReceipt {
        let client = try await api(person)
        let seen = try await client.get("/api/v1/deviations/\(id)")
        let answer = try await client.post(
            "/api/v1/deviations/\(id)/\(act)", json, headers: [.ifMatch: seen.headers[.eTag] ?? ""])
        guard answer.status == .ok else { throw NeverCame(description: "\(act): \(answer.status) \(answer.text)") }
        return try answer.json(CaseReceipt.self)
    }
}

extension Browser {
    /// Sends one of the forms beside a case, in the version that the page shows.
    func act(_ act: String, on id: String, _ fields: KeyValuePairs<String, String> = [:]) async throws -> Answer {
        let version = try await get("/deviations/\(id)").value(ofHidden: "version") ?? ""
        let sent = [("version", version)] + fields.map { ($0.key, $0.value) }
        return try await post("/deviations/\(id)/\(act)", fields: sent.map { ($0.0, Array($0.1.utf8)) })
    }
}

extension APIClient {
    /// Does something to a case, in the version it has.
    func act(_ act: String, on id: String, _ json: String) async throws -> Answer {
        let version = try await get("/api/v1/deviations/\(id)").headers[.eTag] ?? ""
        return try await post("/api/v1/deviations/\(id)/\(act)", json, headers: [.ifMatch: version])
    }
}
