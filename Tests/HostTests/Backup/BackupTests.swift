import EventBus
import Foundation
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// `trivsel backup` beside a host that works, and `trivsel restore` on either engine.
@Suite(.timeLimit(.minutes(10))) struct BackupTests {
    private static let pairs = Engine.all.flatMap { from in Engine.all.map { (from, $0) } }

    private func report(_ client: APIClient, _ title: String) async throws -> String {
        try await client.post("/api/v1/deviations", HostHarness.reportBody(title: title)).json(CaseReceipt.self).id
    }

    @Test(arguments: pairs)
    func `what was acknowledged before a backup is there afterwards, and the log is another one`(
        from: Engine, to: Engine
    ) async throws {
        try await Installed.with(from) { installed in
            let backing = try await BackingUp(installed)
            let (kari, ingrid) = (try await installed.token("kari"), try await installed.token("ingrid"))
            var (before, head): (Set<String>, Int64) = ([], 0)
            try await installed.serving { _, port in
                let client = APIClient(port: port, token: kari)
                for number in 1...5 { before.insert(try await report(client, "Kvernen \(number)")) }
                for id in before { _ = try await APIClient(port: port, token: ingrid).get("/api/v1/deviations/\(id)") }
                // The host goes on meanwhile.
                async let late = report(client, "Samtidig")
                let run = try await backing.back()
                #expect(run.code == 0, "\(run.errors)")
                #expect(run.output.contains("read back and found the same"))
                _ = try await late
                for number in 1...3 { _ = try await report(client, "Etter \(number)") }
                head = try await installed.read {
                    try $0.first("SELECT max(position) FROM event_log") { $0.int64(0) } ?? 0
                }
            }
            let epoch = try await installed.read { try $0.first("SELECT epoch FROM event_log_epoch") { $0.text(0) } }
            try await backing.empty(to) { url in
                let run = try await backing.restore(to: url)
                #expect(run.code == 0, "\(run.errors)")
                let (ids, other, most, open) = try await backing.read(url) { reader in
                    (
                        Set(try reader.query("SELECT uid FROM deviations_case") { $0.text(0) }),
                        try reader.first("SELECT epoch FROM event_log_epoch") { $0.text(0) },
                        try reader.first("SELECT max(position) FROM event_log") { $0.int64(0) } ?? 0,
                        try ["host_session", "host_token", "host_login", "bus_key", "bus_member"].map { table in
                            try reader.first("SELECT count(*) FROM \(raw: table)") { $0.int(0) }
                        }
                    )
                }
                #expect(before.isSubset(of: ids))
                #expect(other != nil && other != epoch && most > 0 && most < head)
                #expect(open == [0, 0, 0, 0, 0])
                try await goesOn(backing, url, before, after: most, ingrid)
            }
        }
    }

    private func goesOn(
        _ backing: BackingUp, _ url: String, _ before: Set<String>, after most: Int64, _ old: String
    ) async throws {
        let (kari, ingrid) = (try await backing.token("kari", on: url), try await backing.token("ingrid", on: url))
        try await backing.serving(url) { _, port in
            let client = APIClient(port: port, token: ingrid)
            #expect(try await APIClient(port: port, token: old).get("/api/v1/deviations").status == .unauthorized)
            for id in before {
                let seen = try await client.get("/api/v1/deviations/\(id)")
                #expect(seen.status == .ok && seen.text.contains("Kvernen "))
            }
            #expect(try await client.search(#"{"q":"kvernen","limit":100}"#).text.contains(before.first ?? "none"))
            _ = try await report(APIClient(port: port, token: kari), "Nytt")
            // The host's own readers go on: the mail about it is there, and the event has the next place.
            try await eventually("the reader has come to the end") {
                try await backing.read(url) { reader in
                    let read =
                        try reader.first("SELECT max(position) FROM bus_reader") {
                            $0.int64(0)
                        } ?? 0
                    let newest = try reader.first("SELECT max(position) FROM event_log") { $0.int64(0) }
                    return read > most && read == newest
                }
            }
            let environment = backing.installed.environment.merging(["TRIVSEL_DATABASE_URL": url]) { $1 }
            try await eventually("the trail holds") {
                let run = try await backing.installed.program.run("audit", "verify", environment: environment)
                return run.code == 0 && run.output.contains("follow each other")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `work that may have been done since is done again only where the law wants it`(engine: Engine) async throws {
        try await Installed.with(engine) { installed in
            let backing = try await BackingUp(installed)
            try await installed.write { tx in
                for (key, required, state) in [
                    ("law-waits", true, "waiting"), ("law-sends", true, "sending"), ("waits", false, "waiting"),
                    ("sends", false, "sending"), ("done", true, "done"), ("gone", false, "dropped"),
                ] {
                    let lease: Int64? = state == "sending" ? 1 : nil
                    try tx.execute(
                        """
                        INSERT INTO bus_job (key, queue, payload, required, state, not_before, lease_until, created_at, changed_at)
                        VALUES (\(key), 'notifications', '{}', \(required), \(state), 0, \(lease), 0, 0)
                        """)
                }
            }
            #expect(try await backing.back().code == 0)
            try await backing.empty(engine) { url in
                let run = try await backing.restore(to: url)
                #expect(
                    run.output.contains("Jobs set aside: 2 (`trivsel work parked`). Done again, as the law wants: 2."))
                let states = try await backing.read(url) { reader in
                    try reader.query(
                        "SELECT key, state, reason FROM bus_job WHERE queue = 'notifications' ORDER BY key"
                    ) {
                        "\($0.text(0)) \($0.text(1)) \($0.textOrNil(2) ?? "-")"
                    }
                }
                #expect(
                    states == [
                        "done done -", "gone dropped -", "law-sends waiting restored", "law-waits waiting restored",
                        "sends parked restored", "waits parked restored",
                    ])
            }
        }
    }

    @Test(arguments: Engine.all)
    func `who was erased does not come back, though data and keys both come from before`(engine: Engine) async throws {
        try await Installed.with(engine, modules: "deviations,whistleblowing") { installed in
            let backing = try await BackingUp(installed)
            let (kari, ingrid) = (try await installed.token("kari"), try await installed.token("ingrid"))
            var (erased, kept) = ("", "")
            try await installed.serving { _, port in
                let client = APIClient(port: port, token: kari)
                erased = try await report(client, "Kvernknurr")
                kept = try await report(client, "Skakkelag")
                #expect(try await backing.back().code == 0)
                #expect(try await backing.back(up: "keys.backup", keys: true).code == 0)
                try await reRegister(erased, APIClient(port: port, token: ingrid))
                let uid = erased
                try await eventually("its key is destroyed") {
                    let (waiting, left) = (
                        try await installed.rows("vault_destroy", where: "is_done = 0"),
                        try await installed.rows("deviations_case", where: "uid = \(uid) AND key_id IS NULL")
                    )
                    return waiting == 0 && left == 1
                }
            }
            try await backing.empty(engine) { data in
                try await backing.empty(engine) { keys in
                    #expect(try await backing.restore(to: data).code == 0)
                    #expect(try await backing.restore("keys.backup", to: keys, destroyed: backing.destroyed).code == 0)
                    let uid = erased
                    let id = try await backing.read(data) { reader in
                        try reader.first("SELECT key_id FROM deviations_case WHERE uid = \(uid)") {
                            $0.bytesOrNil(0)
                        } ?? nil
                    }
                    let sealed = try #require(id)
                    let left = try await backing.read(keys) { reader in
                        try reader.first("SELECT count(*) FROM vault_key WHERE id = \(sealed)") { $0.int(0) }
                    }
                    #expect(left == 0)
                    #expect(try await backing.run("vault", "check", on: data, keys: keys).code == 0)
                    let token = try await backing.run("token", "new", "--person", "ingrid", on: data, keys: keys)
                        .output.trimmingCharacters(in: .whitespacesAndNewlines)
                    try await expectGone(erased, not: kept, backing, data, keys, token)
                }
            }
        }
    }

    /// It leaves for the vault keepers, and its key is destroyed.
    private func reRegister(_ id: String, _ ingrid: APIClient) async throws {
        let tag = try await ingrid.get("/api/v1/deviations/\(id)").header("ETag") ?? ""
        let left = try await ingrid.post(
            "/api/v1/deviations/\(id)/triage",
            #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"Varsel"}"#,
            headers: [.ifMatch: tag])
        #expect(left.status == .ok, "\(left.text)")
    }

    private func expectGone(
        _ erased: String, not kept: String, _ backing: BackingUp, _ data: String, _ keys: String, _ token: String
    ) async throws {
        try await backing.serving(data, keys: keys) { _, port in
            let client = APIClient(port: port, token: token)
            let list = try await client.get("/api/v1/deviations?limit=100").text
            let (gone, still) = (
                try await client.get("/api/v1/deviations/\(erased)"), try await client.get("/api/v1/deviations/\(kept)")
            )
            #expect(still.text.contains("Skakkelag"), "\(still.status)")
            #expect(!gone.text.contains("Kvernknurr") && !list.contains("Kvernknurr"), "\(gone.status)")
        }
    }
}
