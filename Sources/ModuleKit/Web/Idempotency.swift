import Crypto
import EventKit
public import HTTPTypes
public import Hummingbird
public import Storage

/// The answer to a write, kept so that a repeated request gets the same one.
///
/// Holds identifiers, states and dates, never what somebody wrote: it is stored beside the case.
public struct WriteAnswer: Sendable {
    public var status: HTTPResponse.Status
    public var body: JSON
    public var location: String?
    public var version: Int?

    public init(status: HTTPResponse.Status, body: JSON, location: String? = nil, version: Int? = nil) {
        (self.status, self.body, self.location, self.version) = (status, body, location, version)
    }

    public var response: Response {
        var answer = Response.json(body, status: status)
        answer.headers[.location] = location
        answer.headers[.eTag] = version.map { "\"\($0)\"" }
        return answer
    }
}

/// `Idempotency-Key`: a request that comes twice is done once.
///
/// The key, a hash of the request and the answer are written in the transaction of the change itself, so there is no
/// moment at which one is there without the other. Keys are kept 24 hours and belong to one person.
public struct Idempotency: Sendable {
    public static let migrations: [Migration] = [
        Migration(module: "idempotency", number: 1, name: "answered keys") { dialect in
            [
                """
                CREATE TABLE idempotency_answer (
                  person TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, status \(dialect.bigint) NOT NULL, \
                  body TEXT NOT NULL,
                  location TEXT, version \(dialect.bigint), time \(dialect.bigint) NOT NULL, PRIMARY KEY (person, key))
                """,
                "CREATE INDEX idempotency_answer_time ON idempotency_answer (time)",
            ]
        }
    ]

    let person: String
    let key: String?
    let request: String
    let visit: Visit

    /// - Throws: `Problem` 400 when the header is there and not 1–200 visible ASCII characters.
    public init(_ request: Request, body: [UInt8], visit: Visit, viewer: Viewer) throws {
        key = request.headers[header: "Idempotency-Key"]
        person = viewer.person.id
        self.visit = visit
        self.request = key == nil ? "" : Self.hash(request, body)
        if let key, key.isEmpty || key.utf8.count > 200 || !key.utf8.allSatisfy({ (33...126).contains($0) }) {
            throw Problem.malformed(visit.language, [FieldError("Idempotency-Key", APITexts[visit.language].badKey)])
        }
    }

    private static func hash(_ request: Request, _ body: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(data: Array("\(request.method.rawValue) \(request.uri.string)\n".utf8))
        hash.update(data: body)
        return Array(hash.finalize()).hexadecimal
    }

    /// Does `change` once for this key, in `tx`; a repeat gets the first answer.
    ///
    /// - Throws: `Problem` 422 when the key was used with another request; what `change` throws.
    public func once(in tx: Transaction, _ change: () throws -> WriteAnswer) throws -> WriteAnswer {
        guard let key else { return try change() }
        try tx.execute("DELETE FROM idempotency_answer WHERE time < \(visit.now.adding(seconds: -86_400))")
        let claimed = try tx.execute(
            """
            INSERT INTO idempotency_answer (person, key, request, status, body, time)
            VALUES (\(person), \(key), \(request), 0, '', \(visit.now)) ON CONFLICT (person, key) DO NOTHING
            """)
        guard claimed == 1 else { return try earlier(key, in: tx) }
        let answer = try change()
        try tx.execute(
            """
            UPDATE idempotency_answer SET status = \(answer.status.code), body = \(answer.body.text), location = \
            \(answer.location),
              version = \(answer.version) WHERE person = \(person) AND key = \(key)
            """)
        return answer
    }

    /// Takes an object out of the answers kept, with what lies below its address; a repeat gets an empty answer.
    ///
    /// - Parameter id: the object's id, as answers begin with it or stands in their address.
    public static func forget(_ id: String, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE idempotency_answer SET body = '{}', location = NULL, version = NULL
            WHERE body LIKE \("{\"id\":\"\(id)\"%") OR location LIKE \("%/\(id)/%")
            """)
    }

    /// Forgets that an object was ever asked for: of the requests too nothing is left, not even their hashes.
    ///
    /// - Parameter id: the object's id, as answers begin with it.
    public static func remove(_ id: String, in tx: Transaction) throws {
        try tx.execute("DELETE FROM idempotency_answer WHERE body LIKE \("{\"id\":\"\(id)\"%")")
    }

    private func earlier(_ key: String, in tx: Transaction) throws -> WriteAnswer {
        let stored = try tx.first(
            """
            SELECT request, status, body, location, version FROM idempotency_answer WHERE person = \(person) AND key \
            = \(key)
            """
        ) { row in
            (
                row.text(0),
                WriteAnswer(
                    status: .init(code: row.int(1)), body: JSON(text: row.text(2)), location: row.textOrNil(3),
                    version: row.intOrNil(4))
            )
        }
        guard let (request, answer) = stored, request == self.request else { throw Problem.keyReused(visit.language) }
        return answer
    }
}

extension JSON {
    /// Text that is JSON already.
    init(text: String) { self.init(stringLiteral: text) }
}
