import EventKit
import Foundation
import ModuleKit
import Storage
import Vault

extension PrivacyStore {
    /// A request as it lies in the database.
    struct SealedRequest: Sendable {
        let bare: PrivacyRequest
        let sealed: [UInt8]

        func opened(by key: CaseKey) throws -> PrivacyRequest {
            var request = bare
            let bytes = try key.open(bytes: sealed, as: place(bare.id))
            request.content = try JSONDecoder().decode(PrivacyRequest.Content.self, from: Data(bytes))
            return request
        }
    }

    private static func place(_ id: String) -> CaseKey.Place { CaseKey.Place("privacy.request", row: id) }

    private static func sealed(_ content: PrivacyRequest.Content, of id: String, by key: CaseKey) throws -> [UInt8] {
        try key.seal(bytes: [UInt8](try JSONEncoder().encode(content)), as: place(id))
    }

    static func insert(_ request: PrivacyRequest, by key: CaseKey, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO privacy_request (id, version, kind, person, received_on, due_on, state, key_id, sealed)
            VALUES (\(request.id), 1, \(request.kind.rawValue), \(request.person), \(request.receivedOn), \(request.dueOn),
                \(request.state.rawValue), \(key.id), \(sealed(request.content, of: request.id, by: key)))
            """)
    }

    /// Stores the decision; false when somebody else has changed the request since it was read.
    static func decide(_ request: PrivacyRequest, by key: CaseKey, in tx: Transaction) throws -> Bool {
        let rows = try tx.execute(
            """
            UPDATE privacy_request SET version = version + 1, state = \(request.state.rawValue), decided_on = \(request.decidedOn),
                ground = \(request.ground), sealed = \(sealed(request.content, of: request.id, by: key))
            WHERE id = \(request.id) AND version = \(request.version) AND state = 'open'
            """)
        return rows == 1
    }

    /// Those that are open by when they are due, or those that are decided, the latest first.
    static func requests(
        isOpen: Bool, after cursor: PrivacyCursor?, limit: Int, in reader: Reader
    ) throws -> [SealedRequest] {
        guard isOpen else {
            let rest: SQL = cursor.map { " AND (decided_on, id) < (\($0.day), \($0.id))" } ?? ""
            return try reader.query(
                """
                \(requestColumns) WHERE decided_on IS NOT NULL\(rest) ORDER BY decided_on DESC, id DESC LIMIT \(limit)
                """, row)
        }
        let rest: SQL = cursor.map { " AND (due_on, id) > (\($0.day), \($0.id))" } ?? ""
        return try reader.query(
            "\(requestColumns) WHERE state = 'open'\(rest) ORDER BY due_on, id LIMIT \(limit)", row)
    }

    /// A person's own, the latest first.
    static func requests(of person: String, in reader: Reader) throws -> [SealedRequest] {
        try reader.query("\(requestColumns) WHERE person = \(person) ORDER BY id DESC", row)
    }

    static func request(_ id: String, in reader: Reader) throws -> SealedRequest? {
        try reader.first("\(requestColumns) WHERE id = \(id)", row)
    }

    private static let requestColumns: SQL = """
        SELECT id, version, kind, person, received_on, due_on, state, decided_on, ground, key_id, sealed FROM privacy_request
        """

    private static func row(_ row: Row) throws -> SealedRequest {
        guard let kind = PrivacyRequest.Kind(rawValue: row.text(2)),
            let state = PrivacyRequest.State(rawValue: row.text(6)), let key = CaseKey.ID(row.bytes(9))
        else { throw StorageError(.other, "a row of privacy_request has values that this version does not know") }
        return SealedRequest(
            bare: PrivacyRequest(
                id: row.text(0), version: row.int(1), kind: kind, person: row.textOrNil(3), receivedOn: row.date(4),
                dueOn: row.date(5), state: state, decidedOn: row.dateOrNil(7), ground: row.textOrNil(8), keyID: key,
                content: PrivacyRequest.Content(name: "", contact: "", text: "")),
            sealed: row.bytes(10))
    }

    /// Counts an open request's version on; nil when it is decided, or has another version than `expected`.
    static func turn(_ id: String, ifVersion expected: Int?, in tx: Transaction) throws -> Int? {
        let version = try tx.first(
            "SELECT version FROM privacy_request WHERE id = \(id) AND state = 'open'\(tx.dialect.forUpdate)"
        ) { $0.int(0) }
        guard let version, version == expected ?? version else { return nil }
        try tx.execute("UPDATE privacy_request SET version = version + 1 WHERE id = \(id)")
        return version + 1
    }

    // Cases

    static func cases(of request: String, in reader: Reader) throws -> [PrivacyCase] {
        try reader.query(
            "SELECT module, object, extract FROM privacy_case WHERE request = \(request) ORDER BY module, object"
        ) { PrivacyCase(module: $0.text(0), id: $0.text(1), extract: $0.bytesOrNil(2)) }
    }

    /// False when it was there already.
    static func add(_ one: PrivacyCase, to request: String, in tx: Transaction) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO privacy_case (request, module, object) VALUES (\(request), \(one.module), \(one.id))
            ON CONFLICT (request, module, object) DO NOTHING
            """) == 1
    }

    static func remove(_ one: PrivacyCase, from request: String, in tx: Transaction) throws {
        try tx.execute(
            "DELETE FROM privacy_case WHERE request = \(request) AND module = \(one.module) AND object = \(one.id)")
    }

    /// Takes it out of the request, and from the request's log which one it was.
    static func detach(_ one: PrivacyCase, from request: String, in tx: Transaction) throws {
        try remove(one, from: request, in: tx)
        try blur("request = \(request) AND module = \(one.module) AND object = \(one.id)", in: tx)
    }

    static func keep(_ extract: [UInt8], of one: PrivacyCase, for request: String, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE privacy_case SET extract = \(extract)
            WHERE request = \(request) AND module = \(one.module) AND object = \(one.id)
            """)
    }

    // Grounds

    /// Those in force on `day` for this kind of request, in order.
    static func grounds(_ kind: PrivacyRequest.Kind, on day: CivilDate, in reader: Reader) throws -> [PrivacyGround] {
        try reader.query(
            "\(groundColumns) WHERE kind = \(kind.rawValue) AND valid_from <= \(day) ORDER BY sort, code", ground)
    }

    static func ground(_ code: String, in reader: Reader) throws -> PrivacyGround? {
        try reader.first("\(groundColumns) WHERE code = \(code)", ground)
    }

    /// All of them, for who maintains the law that each stands in.
    static func grounds(in reader: Reader) throws -> [PrivacyGround] {
        try reader.query("\(groundColumns) ORDER BY sort, code", ground)
    }

    private static let groundColumns: SQL = "SELECT code, kind, name_nb, name_nn, name_en FROM privacy_ground"

    private static func ground(_ row: Row) -> PrivacyGround {
        PrivacyGround(
            code: row.text(0), kind: PrivacyRequest.Kind(rawValue: row.text(1)) ?? .access,
            names: Translated(nb: row.text(2), nn: row.text(3), en: row.text(4)))
    }
}

/// A place in the list of requests.
struct PrivacyCursor: Sendable, Hashable, CustomStringConvertible {
    /// When it is due, or was decided.
    let day: CivilDate
    let id: String

    init(_ request: PrivacyRequest) { (day, id) = (request.decidedOn ?? request.dueOn, request.id) }

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "_", maxSplits: 1)
        guard parts.count == 2, let day = CivilDate(String(parts[0])), Identifier.isWellFormed(String(parts[1])) else {
            return nil
        }
        (self.day, id) = (day, String(parts[1]))
    }

    var description: String { "\(day)_\(id)" }
}
