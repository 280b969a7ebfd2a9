import Foundation
import Storage
import Testing
import TrivselTesting

@testable import Vault

@Suite(.timeLimit(.minutes(5)))
struct DestructionTests {
    @Test(arguments: Engine.all)
    func `a destroyed key is gone at the commit, and for good, for every host`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.vault { vault in
                let (key, kept) = (try await vault.newKey(), try await vault.newKey())
                try await bed.data.write { try vault.destroy(key.id, in: $0) }
                #expect(try await vault.key(key.id) == nil)
                try await vault.carryOutDestructions()
                #expect(try await vault.keys([key.id, kept.id]).keys.map { $0 } == [kept.id])
                #expect(try await bed.found([key.id, kept.id]).count == 1)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `destroying twice, at once and later, is destroying once`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.vault { vault in
                let key = try await vault.newKey()
                try await bed.vault { other in
                    async let a: Void = bed.destroy(key, by: vault)
                    async let b: Void = bed.destroy(key, by: other)
                    _ = try await (a, b)
                }
                try await bed.destroy(key, by: vault)
                #expect(try await vault.key(key.id) == nil)
                #expect(try await bed.count("vault_destroy") == 1)
                #expect(try await bed.count("vault_destroy WHERE is_done = 0") == 0)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `what was committed and not carried out when the host died is carried out at the next start`(engine: Engine)
        async throws
    {
        try await Bed.lay(engine) { bed in
            let key = try await bed.vault { vault in
                let key = try await vault.newKey()
                try await bed.data.write { try vault.destroy(key.id, in: $0) }
                return key
            }
            #expect(try await stored(key, bed) != nil)
            try await bed.vault { _ in }
            #expect(try await stored(key, bed) == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `the service destroys without being asked again`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.vault { vault in
                let key = try await vault.newKey()
                try await withThrowingTaskGroup { group in
                    group.addTask { try await vault.run() }
                    try await bed.data.write { try vault.destroy(key.id, in: $0) }
                    while try await stored(key, bed) != nil { await Task.yield() }
                    group.cancelAll()
                    try await group.waitForAll()
                }
                #expect(try await stored(key, bed) == nil)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a keys' database from a backup loses the destroyed key again at the start`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let (key, row) = try await bed.vault { vault in
                let key = try await vault.newKey()
                let row = try #require(try await stored(key, bed))
                try await bed.destroy(key, by: vault)
                return (key, row)
            }
            try await bed.keys.write { tx in
                try tx.execute(
                    "INSERT INTO vault_key (id, master, wrapped) VALUES (\(key.id), \(row.master), \(row.wrapped))")
            }
            #expect(try await bed.found([key.id]).isEmpty)
            #expect(try await stored(key, bed) == nil)
        }
    }

    @Test func `a copy of the data from before the destruction opens nothing`() async throws {
        let table = Migration(module: "test", number: 1, name: "case") { _ in
            ["CREATE TABLE test_case (key_id BLOB NOT NULL, title BLOB NOT NULL)"]
        }
        try await Bed.lay(.sqlite, [table]) { bed in
            let copy = try #require(bed.data.url.filePath) + ".backup"
            let key = try await bed.vault { vault in
                let key = try await vault.newKey()
                let sealed = try key.seal("merkeligord", as: "test.title")
                try await bed.data.write { try $0.execute("INSERT INTO test_case VALUES (\(key.id), \(sealed))") }
                try await bed.data.emptyLog()
                try FileManager.default.copyItem(atPath: try #require(bed.data.url.filePath), toPath: copy)
                try await bed.destroy(key, by: vault)
                return key
            }
            let restored = try await Database.open(try DatabaseURL("sqlite:\(copy)"))
            let row = try await restored.read { reader in
                try reader.first("SELECT key_id, title FROM test_case") { (CaseKey.ID($0.bytes(0)), $0.bytes(1)) }
            }
            let masters = try MasterKeys(text: bed.master, from: "x")
            let vault = try await Vault.open(data: restored, keys: bed.keys.url, masters: masters, logger: bed.logger)
            #expect(row?.0 == key.id)
            #expect(try await vault.key(key.id) == nil)
            await vault.close()
            await restored.close()
        }
    }

    @Test func `neither the keys' file nor its log holds a destroyed key, or any sealed word`() async throws {
        try await Bed.lay(.sqlite) { bed in
            try await bed.vault { vault in
                let (key, kept) = (try await vault.newKey(), try await vault.newKey())
                let (gone, there) = (
                    try #require(try await stored(key, bed)), try #require(try await stored(kept, bed))
                )
                #expect(try files(of: bed.keys).range(of: Data(gone.wrapped)) != nil)
                try await bed.destroy(key, by: vault)
                let bytes = try files(of: bed.keys)
                #expect(bytes.range(of: Data(gone.wrapped)) == nil && bytes.range(of: Data(key.id.bytes)) == nil)
                #expect(bytes.range(of: Data(there.wrapped)) != nil)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `another host forgets a destroyed key within the minute`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.vault { vault in
                let key = try await vault.newKey()
                let cache = KeyCache(lifetime: .zero)
                cache.keep([key])
                #expect(cache.find([key.id]).missing == [key.id])
                let read = cache.find([key.id]).age
                cache.doom([key.id])
                cache.bury([key.id])
                cache.keep([key], age: read)
                #expect(cache.find([key.id]).found.isEmpty)
            }
        }
    }

    private func stored(_ key: CaseKey, _ bed: Bed) async throws -> (master: String, wrapped: [UInt8])? {
        try await bed.keys.read { reader in
            try reader.first("SELECT master, wrapped FROM vault_key WHERE id = \(key.id)") { ($0.text(0), $0.bytes(1)) }
        }
    }
}
