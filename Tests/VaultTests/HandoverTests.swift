import Foundation
import Storage
import Synchronization
import Testing
import TrivselTesting

@testable import Vault

@Suite(.timeLimit(.minutes(5)))
struct HandoverTests {
    private struct Crash: Error {}

    private static let table = Migration(module: "test", number: 1, name: "cases") { d in
        [
            "CREATE TABLE test_case (id \(d.identity), payload \(d.blob) NOT NULL)",
            "CREATE TABLE test_sent (id TEXT PRIMARY KEY)",
        ]
    }

    private let text = Array("merkeligord om noe alvorlig".utf8)

    @Test(arguments: Engine.all, [0, 1, 1 << 20, 1 << 20 + 1, 5 << 20])
    func `a payload arrives whole, its sender is told, and no trace is left`(engine: Engine, size: Int) async throws {
        let payload = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try await laid(engine) { bed, vault, outbox in
            try await bed.data.write { try outbox.offer("a", payload, in: $0) }
            #expect(try await state("a", outbox, bed) == .waiting)
            #expect(try await inbox(vault).handleAll() == 1)
            #expect(try await state("a", outbox, bed) == .taken)
            #expect(try await bed.count("vault_handover_part") == 0)
            #expect(try await completions(outbox).handleAll() == 1)
            #expect(try await cases(bed) == [payload])
            #expect(try await bed.count("test_sent") == 1)
            #expect(try await bed.count("vault_handover") == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `the same id twice is one hand-over`(engine: Engine) async throws {
        try await laid(engine) { bed, vault, outbox in
            let text = text
            #expect(try await bed.data.write { try outbox.offer("a", text, in: $0) })
            #expect(try await bed.data.write { try outbox.offer("a", text, in: $0) } == false)
            try await inbox(vault).handleAll()
            #expect(try await bed.data.write { try outbox.offer("a", text, in: $0) } == false)
            #expect(try await inbox(vault).handleAll() == 0)
            #expect(try await cases(bed) == [text])
        }
    }

    @Test(arguments: Engine.all)
    func `a crash at any point leaves one case and no trace`(engine: Engine) async throws {
        try await laid(engine) { bed, vault, outbox in
            let text = text
            await #expect(throws: Crash.self) {
                try await bed.data.write { tx in
                    try outbox.offer("a", text, in: tx)
                    throw Crash()
                }
            }
            #expect(try await bed.count("vault_handover") == 0)
            try await bed.data.write { try outbox.offer("a", text, in: $0) }
            // Within the recipient's transaction, then before the sender is told, then within the sender's.
            let crashing = try await vault.inbox(of: "vault") { _, payload, tx in
                try tx.execute("INSERT INTO test_case (payload) VALUES (\(payload))")
                throw Crash()
            }
            #expect(try await crashing.handleAll() == 0 && crashing.failing == 1)
            #expect(try await cases(bed) == [])
            #expect(try await inbox(vault).handleAll() == 1)
            let crashingToo = outbox.completions { _, _ in throw Crash() }
            #expect(try await crashingToo.handleAll() == 0)
            #expect(try await state("a", outbox, bed) == .taken)
            #expect(try await completions(outbox).handleAll() == 1)
            #expect(try await inbox(vault).handleAll() == 0)
            #expect(try await cases(bed) == [text])
            #expect(try await bed.count("vault_handover") == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `two hosts take and complete each hand-over once between them`(engine: Engine) async throws {
        try await laid(engine) { bed, vault, outbox in
            for number in 0..<30 { try await bed.data.write { try outbox.offer("\(number)", [UInt8(number)], in: $0) } }
            try await bed.vault { other in
                let inboxes = [try await inbox(vault), try await inbox(other), try await inbox(other)]
                let readers =
                    inboxes + [completions(outbox), completions(try await other.outbox(from: "sender", to: "vault"))]
                try await withThrowingTaskGroup { group in
                    for reader in readers { group.addTask { try await reader.run() } }
                    while try await bed.count("test_sent") < 30 { await Task.yield() }
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
            #expect(try await cases(bed).sorted { $0[0] < $1[0] } == (0..<30).map { [UInt8($0)] })
            #expect(try await bed.count("vault_handover") == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `an offer waits for a recipient who comes later, on another host`(engine: Engine) async throws {
        try await Bed.lay(engine, [Self.table]) { bed in
            let text = text
            try await bed.vault { vault in
                let outbox = try await vault.outbox(from: "sender", to: "vault")
                try await bed.data.write { try outbox.offer("a", text, in: $0) }
            }
            _ = try await bed.vault { try await inbox($0).handleAll() }
            #expect(try await cases(bed) == [text])
        }
    }

    @Test(arguments: Engine.all)
    func `an offer can be taken back until it is taken`(engine: Engine) async throws {
        try await laid(engine) { bed, vault, outbox in
            let text = text
            try await bed.data.write { try outbox.offer("a", text, in: $0) }
            #expect(try await bed.data.write { try outbox.cancel("a", in: $0) })
            #expect(try await bed.count("vault_handover_part") == 0)
            #expect(try await inbox(vault).handleAll() == 0)
            try await bed.data.write { try outbox.offer("a", text, in: $0) }
            try await inbox(vault).handleAll()
            #expect(try await bed.data.write { try outbox.cancel("a", in: $0) } == false)
            #expect(try await cases(bed).count == 1)
        }
    }

    @Test(arguments: [
        "UPDATE vault_handover_part SET number = number + 10; UPDATE vault_handover_part SET number = 11 - number",
        "DELETE FROM vault_handover_part WHERE number = 1", "UPDATE vault_handover SET parts = 1",
        "UPDATE vault_handover_part SET sealed = substr(sealed, 2)",
        "UPDATE vault_handover_part SET handover = 'b' WHERE handover = 'a'",
        "UPDATE vault_handover SET opening = zeroblob(32) WHERE id = 'a'",
    ])
    func `a payload that was cut, put in another order, moved or changed is not taken, and holds up no other`(
        change: String
    ) async throws {
        try await laid(.sqlite) { bed, vault, outbox in
            let payload = [UInt8](repeating: 7, count: 1 << 20 + 5)
            try await bed.data.write { try outbox.offer("a", payload, in: $0) }
            try await bed.data.write { tx in
                for id in ["b"] {
                    try tx.execute(
                        "INSERT INTO vault_handover SELECT \(id), sender, recipient, opening, parts, 0, at FROM vault_handover"
                    )
                }
                for statement in change.split(separator: ";") { try tx.execute(SQL(raw: String(statement))) }
            }
            try await bed.data.write { try outbox.offer("c", [1], in: $0) }
            #expect(try await inbox(vault).handleAll() == 1)
            #expect(try await cases(bed) == [[1]])
        }
    }

    @Test(arguments: Engine.all)
    func `what is too large is refused, and nothing of it is kept`(engine: Engine) async throws {
        try await laid(engine) { bed, _, outbox in
            let error = await #expect(throws: VaultError.self) {
                try await bed.data.write {
                    _ = try outbox.offer("a", [UInt8](repeating: 0, count: 64 << 20 + 1), in: $0)
                }
            }
            let kept = try await bed.count("vault_handover")
            #expect(error?.kind == .tooLarge && kept == 0)
        }
    }

    @Test func `no word of a payload is in the files, under way or afterwards`() async throws {
        try await laid(.sqlite) { bed, vault, outbox in
            let text = text
            try await bed.data.write { try outbox.offer("a", text, in: $0) }
            #expect(try files(of: bed.data).range(of: Data("merkeligord".utf8)) == nil)
            let silent = try await vault.inbox(of: "vault") { _, payload, _ in #expect(payload == text) }
            #expect(try await silent.handleAll() == 1)
            #expect(try await completions(outbox).handleAll() == 1)
            #expect(try files(of: bed.data).range(of: Data("merkeligord".utf8)) == nil)
            #expect(try files(of: bed.keys).range(of: Data("merkeligord".utf8)) == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `the two lists of waiting hand-overs have their indexes`(engine: Engine) async throws {
        try await laid(engine) { bed, _, _ in
            let plan = try await bed.data.read { reader in
                if engine == .postgres {
                    _ = try reader.first("SELECT set_config('enable_seqscan', 'off', false)") { $0.text(0) }
                }
                return try reader.plan(
                    of: "SELECT id FROM vault_handover WHERE recipient = 'a' AND is_taken = 0 ORDER BY at, id LIMIT 20")
                    + reader.plan(
                        of:
                            "SELECT id FROM vault_handover WHERE sender = 'a' AND recipient = 'b' AND is_taken = 1 ORDER BY at, id LIMIT 20"
                    )
            }
            #expect(plan.contains("vault_handover_recipient") && plan.contains("vault_handover_sender"))
        }
    }

    private func laid(_ engine: Engine, _ body: (Bed, Vault, Outbox) async throws -> Void) async throws {
        try await Bed.lay(engine, [Self.table]) { bed in
            try await bed.vault { vault in
                try await body(bed, vault, try await vault.outbox(from: "sender", to: "vault"))
            }
        }
    }

    private func inbox(_ vault: Vault) async throws -> HandoverReader {
        try await vault.inbox(of: "vault") { _, payload, tx in
            try tx.execute("INSERT INTO test_case (payload) VALUES (\(payload))")
        }
    }

    private func completions(_ outbox: Outbox) -> HandoverReader {
        outbox.completions { id, tx in try tx.execute("INSERT INTO test_sent (id) VALUES (\(id))") }
    }

    private func cases(_ bed: Bed) async throws -> [[UInt8]] {
        try await bed.data.read { try $0.query("SELECT payload FROM test_case ORDER BY id") { $0.bytes(0) } }
    }

    private func state(_ id: String, _ outbox: Outbox, _ bed: Bed) async throws -> Outbox.State? {
        try await bed.data.read { try outbox.state(of: id, in: $0) }
    }
}
