import Foundation
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting
import Vault

/// A host that is killed on the way from a deviation to a whistleblow.
@Suite(.timeLimit(.minutes(10))) struct HandOverKillTests {
    /// Every step, in its order: offered, taken, completed, and the old key destroyed. One in -ing is not committed yet.
    private static let points = [
        "handover.offering", "handover.offered", "handover.prepared", "handover.taking", "handover.taken",
        "handover.completing", "handover.completed", "destroy.begun", "destroy.deleted", "destroy.erased",
        "destroy.done",
    ]

    /// A report with one file, on its way.
    private struct Leaving: Sendable {
        let number: Int
        let id: String
        let key: CaseKey.ID
        /// As the keys' database has it.
        let wrapped: [UInt8]

        static func story(_ number: Int) -> String { "Snirkelgang nummer \(number)." }
    }

    @Test(arguments: Engine.all)
    func `killed at any step of a re-registration, the report becomes exactly one case, and nothing of it is left`(
        engine: Engine
    ) async throws {
        try await Installed.with(engine, modules: "deviations,whistleblowing") { installed in
            let (kari, ingrid) = (try await installed.token("kari"), try await installed.token("ingrid"))
            let before = try await installed.rows("whistleblowing_case")
            for (number, point) in Self.points.enumerated() {
                var leaving: Leaving?
                try await installed.dying(at: point) { port, plant in
                    let reported = try await report(number, kari, port, installed)
                    leaving = reported
                    try plant()
                    // Whether it was answered before it died or not.
                    _ = try? await reRegister(reported, ingrid, port)
                }
                let reported = try #require(leaving)
                #expect(try await installed.rows("whistleblowing_case") <= before + number + 1, "\(point)")
                try await installed.serving { _, port in
                    // Who got no answer tries again.
                    let again = try await reRegister(reported, ingrid, port)
                    #expect(again.status == .ok, "\(point): \(again.text)")
                    try await eventually("it has left, killed at \(point)") { try await hasLeft(reported, installed) }
                    let late = try await reRegister(reported, ingrid, port)
                    #expect(late.status == .ok && late.text == "{}", "\(point): \(late.text)")
                    try await expectNoResidue(reported, point, installed)
                    #expect(try await installed.rows("whistleblowing_case") == before + number + 1, "\(point)")
                }
            }
            try await installed.serving { _, port in try await expectOneCaseEach(port) }
        }
    }

    private func report(_ number: Int, _ token: String, _ port: Int, _ installed: Installed) async throws -> Leaving {
        let kari = APIClient(port: port, token: token)
        let id = try await kari.post(
            "/api/v1/deviations", HostHarness.reportBody(title: "Kvernknurr", description: Leaving.story(number))
        ).json(CaseReceipt.self).id
        let sent = try await kari.post(
            "/api/v1/deviations/\(id)/files", bytes: Browser.File.picture.bytes, type: "application/octet-stream",
            headers: [.contentDisposition: "attachment; filename=\"vindskeivt\(number).gif\""])
        #expect(sent.status == .created, "\(sent.text)")
        let bytes = try await installed.read {
            try $0.first("SELECT key_id FROM deviations_case WHERE uid = \(id)") { $0.bytes(0) }
        }
        let key = try #require(bytes.flatMap { CaseKey.ID($0) })
        let wrapped = try await installed.readKeys {
            try $0.first("SELECT wrapped FROM vault_key WHERE id = \(key)") { $0.bytes(0) }
        }
        return Leaving(number: number, id: id, key: key, wrapped: try #require(wrapped))
    }

    private func reRegister(_ leaving: Leaving, _ token: String, _ port: Int) async throws -> Answer {
        let ingrid = APIClient(port: port, token: token)
        let seen = try await ingrid.get("/api/v1/deviations/\(leaving.id)")
        var headers: HTTPFields = [.ifMatch: seen.headers[.eTag] ?? "\"1\""]
        headers[try #require(HTTPField.Name("Idempotency-Key"))] = "leaving-\(leaving.id)"
        return try await ingrid.post(
            "/api/v1/deviations/\(leaving.id)/triage",
            #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"Hører ikke hjemme her"}"#,
            headers: headers)
    }

    private func hasLeft(_ leaving: Leaving, _ installed: Installed) async throws -> Bool {
        let key = leaving.key
        return try await installed.rows("vault_destroy", where: "key_id = \(key) AND is_done = 1") == 1
    }

    /// Its number, its dates and that it was outside the scope are all that is left of the deviation.
    private func expectNoResidue(_ leaving: Leaving, _ point: String, _ installed: Installed) async throws {
        let (id, key) = (leaving.id, leaving.key)
        for table in [
            "vault_handover", "vault_handover_part", "deviations_leaving", "deviations_file", "deviations_draft",
        ] {
            #expect(try await installed.rows(table) == 0, "\(table), killed at \(point)")
        }
        #expect(try await installed.rows("vault_file", where: "key_id = \(key)") == 0, "\(point)")
        #expect(try await installed.rows("idempotency_answer", where: "body LIKE \("%\(id)%")") == 0, "\(point)")
        let emptied: SQL = """
            uid = \(id) AND ending = 'outside-scope' AND key_id IS NULL AND title IS NULL AND description IS NULL
                AND reporter = '' AND locked_to IS NULL
            """
        #expect(try await installed.rows("deviations_case", where: emptied) == 1, "\(point)")
        let keys = try await installed.readKeys {
            try $0.query("SELECT id FROM vault_key WHERE id = \(key)") { $0.bytes(0) }
        }
        #expect(keys.isEmpty, "\(point)")
        for end in ["", "-wal"] {
            let file = "\(installed.program.folder.path)/data/keys.sqlite\(end)"
            guard let held = FileManager.default.contents(atPath: file) else { continue }
            #expect(held.firstRange(of: Data(leaving.wrapped)) == nil, "keys.sqlite\(end), killed at \(point)")
        }
    }

    /// Each report is one case, with its file.
    private func expectOneCaseEach(_ port: Int) async throws {
        let keeper = Browser(port: port)
        try await keeper.signIn("vigdis")
        var pages: [String] = []
        for address in try await Whistle.cases(keeper) { pages.append(try await keeper.get(address).text) }
        for number in Self.points.indices {
            let own = pages.filter { $0.contains(Leaving.story(number)) }
            #expect(own.count == 1 && own[0].contains("vindskeivt\(number).gif"), "\(Self.points[number])")
        }
    }
}
