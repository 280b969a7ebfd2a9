import Crypto
import EventKit
import Foundation
import Storage
import Testing
import TrivselTesting

@testable import Vault

@Suite(.timeLimit(.minutes(5)))
struct SealedFilesTests {
    private struct Broken: Error {}

    @Test(arguments: Engine.all, [0, 1, 1 << 20 - 1, 1 << 20, 1 << 20 + 1, 3 << 20 + 77])
    func `a file comes back as it was, with name, type, size and hash`(engine: Engine, size: Int) async throws {
        let original = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        try await laid(engine) { bed, vault, key in
            let stored = try await store(original, "bråk på rom 203.pdf", key, vault)
            try await bed.data.write { try vault.files.attach(stored.id, in: $0) }
            let file = try #require(try await bed.data.read { try vault.files.file(stored.id, by: key, in: $0) })
            #expect(file == stored && file.name == "bråk på rom 203.pdf" && file.type == "application/pdf")
            #expect(file.size == size && file.sha256 == Array(SHA256.hash(data: original)))
            #expect(try await read(file, key, vault) == original)
            #expect(try await bed.count("vault_file_part") == max(1, (size + 1 << 20 - 1) / (1 << 20)))
        }
    }

    @Test func `neither the content nor the name of a file is in the database's files`() async throws {
        try await laid(.sqlite) { bed, vault, key in
            _ = try await store(
                Array(String(repeating: "merkeligord ", count: 100_000).utf8), "merkeligord.pdf", key, vault)
            let bytes = try files(of: bed.data)
            #expect(bytes.count > 1_000_000 && bytes.range(of: Data("merkeligord".utf8)) == nil)
        }
    }

    @Test(arguments: [
        "UPDATE vault_file_part SET number = number + 10; UPDATE vault_file_part SET number = 12 - number",
        "DELETE FROM vault_file_part WHERE number = 2", "DELETE FROM vault_file_part WHERE number = 1",
        "UPDATE vault_file_part SET sealed = (SELECT sealed FROM vault_file_part WHERE number = 0) WHERE number = 1",
        "UPDATE vault_file_part SET sealed = zeroblob(length(sealed)) WHERE number = 2",
        "UPDATE vault_file_part SET sealed = substr(sealed, 1, 1000)",
    ])
    func `a file that was cut, put in another order or changed does not open to its end`(change: String) async throws {
        try await laid(.sqlite) { bed, vault, key in
            let file = try await store([UInt8](repeating: 9, count: 2 << 20 + 5), "a", key, vault)
            try await bed.data.write { tx in
                for statement in change.split(separator: ";") { try tx.execute(SQL(raw: String(statement))) }
            }
            await #expect(throws: VaultError.self) { try await read(file, key, vault) }
        }
    }

    @Test(arguments: Engine.all)
    func `a file does not open for another case, nor as another file`(engine: Engine) async throws {
        try await laid(engine) { bed, vault, key in
            let (a, b) = (try await store([1, 2, 3], "a", key, vault), try await store([4, 5, 6], "b", key, vault))
            let other = try await vault.newKey()
            await #expect(throws: VaultError.damaged) {
                try await bed.data.read { try vault.files.file(a.id, by: other, in: $0) }
            }
            await #expect(throws: VaultError.damaged) { try await read(a, other, vault) }
            try await bed.data.write { tx in
                try tx.execute(
                    "UPDATE vault_file SET header = (SELECT header FROM vault_file WHERE id = \(b.id)) WHERE id = \(a.id)"
                )
            }
            await #expect(throws: VaultError.damaged) {
                try await bed.data.read { try vault.files.file(a.id, by: key, in: $0) }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a file that is too large, or breaks off, leaves nothing`(engine: Engine) async throws {
        try await laid(engine) { bed, vault, key in
            let large = AsyncStream {
                for _ in 0..<5 { $0.yield([UInt8](repeating: 1, count: 1 << 20)) }
                $0.finish()
            }
            let error = await #expect(throws: VaultError.self) {
                try await vault.files.store(name: "a", type: "b", limit: 4 << 20, by: key, large)
            }
            #expect(error?.kind == .tooLarge)
            let broken = AsyncThrowingStream<[UInt8], any Error> {
                for _ in 0..<3 { $0.yield([UInt8](repeating: 1, count: 1 << 20)) }
                $0.finish(throwing: Broken())
            }
            await #expect(throws: Broken.self) {
                try await vault.files.store(name: "a", type: "b", limit: 4 << 20, by: key, broken)
            }
            let left = try await bed.count("vault_file") + bed.count("vault_file_part")
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `files that were never attached are removed, the others stay`(engine: Engine) async throws {
        try await laid(engine) { bed, vault, key in
            let (kept, loose) = (try await store([1], "a", key, vault), try await store([2], "b", key, vault))
            try await bed.data.write { try vault.files.attach(kept.id, in: $0) }
            try await vault.files.removeLoose()
            #expect(try await bed.count("vault_file") == 2)
            try await vault.files.removeLoose(before: Timestamp(milliseconds: .max))
            let left = try await bed.data.read { try $0.query("SELECT file FROM vault_file_part") { $0.text(0) } }
            #expect(left == [kept.id])
            await #expect(throws: VaultError.self) {
                try await bed.data.write { try vault.files.attach(loose.id, in: $0) }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `destroying a key removes its files, also one that is coming in, and no other's`(engine: Engine) async throws {
        try await laid(engine) { bed, vault, key in
            let other = try await vault.newKey()
            let (gone, kept) = (try await store([1], "a", key, vault), try await store([2], "b", other, vault))
            let (stream, pieces) = AsyncStream.makeStream(of: [UInt8].self)
            let coming = Task { try await vault.files.store(name: "a", type: "b", limit: 1 << 30, by: key, stream) }
            pieces.yield([UInt8](repeating: 1, count: 3 << 20))
            while try await bed.count("vault_file_part") < 4 { await Task.yield() }
            try await bed.destroy(key, by: vault)
            pieces.yield([UInt8](repeating: 1, count: 3 << 20))
            pieces.finish()
            await #expect(throws: VaultError.destroyed) { try await coming.value }
            await #expect(throws: VaultError.destroyed) { try await store([3], "c", key, vault) }
            let left = try await bed.data.read { try $0.query("SELECT file FROM vault_file_part") { $0.text(0) } }
            #expect(left == [kept.id])
            #expect(try await bed.data.read { try vault.files.file(gone.id, by: key, in: $0) } == nil)
        }
    }

    private func laid(_ engine: Engine, _ body: (Bed, Vault, CaseKey) async throws -> Void) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.vault { vault in try await body(bed, vault, try await vault.newKey()) }
        }
    }

    private func store(_ bytes: [UInt8], _ name: String, _ key: CaseKey, _ vault: Vault) async throws -> SealedFile {
        let pieces = AsyncStream { stream in
            for start in stride(from: 0, to: bytes.count, by: 300_000) {
                stream.yield(bytes[start..<min(start + 300_000, bytes.count)])
            }
            stream.finish()
        }
        return try await vault.files.store(name: name, type: "application/pdf", limit: 64 << 20, by: key, pieces)
    }

    private func read(_ file: SealedFile, _ key: CaseKey, _ vault: Vault) async throws -> [UInt8] {
        try await vault.files.content(of: file, by: key).reduce(into: []) { $0 += $1 }
    }
}
