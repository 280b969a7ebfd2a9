import HTTPTypes
import Host
import Storage
import TrivselTesting

extension Answer {
    /// The id of the first passage that the page, or the API, offers to choose.
    var firstPassage: String? {
        text.firstMatch(of: /name="passages" value="([^"]+)"/).map { String($0.1) }
            ?? (try? json(Answering.Review.self).passages.first?.id)
    }
}

/// Somebody who answers requests about personal data, through the API.
struct Answering: Sendable {
    struct Review: Decodable {
        struct Passage: Decodable { let id, text: String }
        struct File: Decodable {
            let id, name, type: String
            let form, text: String?
        }
        let number: String
        let passages: [Passage]
        let files: [File]
    }

    struct Extract: Decodable {
        struct Passage: Decodable { let text: String }
        struct File: Decodable {
            let id: String
            let text, type: String?
        }
        let number: String
        let passages: [Passage]
        let files: [File]
    }

    struct Request: Decodable {
        struct Case: Decodable {
            let module, id, number: String
            let hasExtract: Bool
        }
        struct Act: Decodable { let by, act: String }
        let id, state, name: String
        let version: Int
        let person, keptUntil: String?
        let cases: [Case]?
        let log: [Act]?
    }

    struct Receipt: Decodable {
        let id: String
        let version: Int
    }

    static let path = "/api/v1/privacy-requests"

    let client: APIClient

    func path(_ request: String, _ rest: String = "") -> String { "\(Self.path)/\(request)\(rest)" }

    func register(_ kind: String = "access", email: String = "dagny@ntnu.test", name: String = "Dagny") async throws
        -> String
    {
        try await client.post(
            Self.path, #"{"kind":"\#(kind)","name":"\#(name)","email":"\#(email)","text":"Alt om meg"}"#
        ).json(Receipt.self).id
    }

    func read(_ request: String) async throws -> Request { try await client.get(path(request)).json(Request.self) }

    /// What changes a request, in the version it has.
    func send(_ method: HTTPRequest.Method, _ request: String, _ rest: String, _ json: String = "{}") async throws
        -> Answer
    {
        let headers: HTTPFields = [.ifMatch: "\"\(try await read(request).version)\""]
        return switch method {
        case .put: try await client.put(path(request, rest), json, headers: headers)
        case .delete: try await client.delete(path(request, rest), headers: headers)
        default: try await client.post(path(request, rest), json, headers: headers)
        }
    }

    func add(_ id: String, to request: String) async throws -> Answer {
        try await send(.post, request, "/cases", #"{"module":"deviations","case":"\#(id)"}"#)
    }

    func review(_ id: String, of request: String) async throws -> Review {
        try await client.get(path(request, "/cases/\(id)")).json(Review.self)
    }

    /// Gives out all passages, and the files that are named.
    func extract(
        _ id: String, of request: String, files: [String] = [], whole: [String] = [], hiding hidden: [String] = []
    )
        async throws -> Answer
    {
        let passages = try await review(id, of: request).passages.map(\.id)
        return try await send(
            .put, request, "/cases/\(id)/extract",
            "{\"passages\":\(passages),\"files\":\(files),\"whole\":\(whole),\"hidden\":\(hidden)}")
    }

    func decide(_ request: String, _ state: String = "granted", ground: String = "", answer: String = "Her er det.")
        async throws -> Answer
    {
        try await send(
            .post, request, "/decision", #"{"state":"\#(state)","ground":"\#(ground)","answer":"\#(answer)"}"#)
    }
}

extension HostHarness {
    func answering(_ person: String = "unni") async throws -> Answering {
        Answering(client: try await api(person))
    }

    /// A case by Kari that names Dagny; its id.
    func caseAboutDagny() async throws -> String {
        let body = Self.reportBody(title: "Dagny svarer ikke")
            .replacing("ingen svarer.", with: "Dagny svarer ikke, hilsen KARI.")
        return try await api("kari").post("/api/v1/deviations", body).json(CaseReceipt.self).id
    }

    /// Sends a file to a case; its id.
    @discardableResult
    func sendFile(_ name: String, _ bytes: [UInt8], to id: String, by person: String = "kari") async throws -> String {
        let sent = try await api(person).post(
            "/api/v1/deviations/\(id)/files", bytes: bytes, type: "application/octet-stream",
            headers: [.contentDisposition: "attachment; filename=\"\(name)\""])
        guard sent.status == .created else { throw NeverCame(description: sent.text) }
        return String((sent.location ?? "").split(separator: "/").last ?? "")
    }

    /// Rows of a table that meet a condition.
    func rows(_ table: String, where condition: String = "1 = 1") async throws -> Int {
        try await base.database.read {
            try $0.first("SELECT COUNT(*) FROM \(raw: table) WHERE \(raw: condition)") { $0.int(0) }
        } ?? -1
    }
}
