import Foundation
import Logging
import Storage
import Testing
import TrivselTesting

@testable import Vault

@Suite(.timeLimit(.minutes(5)))
struct VaultTests {
    @Test(arguments: Engine.all)
    func `a new key is there after a restart, and for another host`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let (key, sealed) = try await bed.vault { vault in
                let key = try await vault.newKey()
                let sealed = try key.seal("hemmelig", as: "a")
                #expect(try await bed.found([key.id])[key.id]?.open(sealed, as: "a") == "hemmelig")
                return (key, sealed)
            }
            #expect(try await bed.found([key.id])[key.id]?.open(sealed, as: "a") == "hemmelig")
        }
    }

    @Test(arguments: Engine.all)
    func `two hosts at once never hand out the same key, and every key is stored`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.vault { one in
                try await bed.vault { other in
                    let ids = try await withThrowingTaskGroup(of: CaseKey.ID.self) { group in
                        for number in 0..<2000 {
                            group.addTask { try await (number.isMultiple(of: 2) ? one : other).newKey().id }
                        }
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                    #expect(Set(ids).count == 2000)
                    #expect(try await bed.found(ids).count == 2000)
                }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a crash after the key and before the case leaves a spare key and nothing else`(engine: Engine) async throws {
        struct Crash: Error {}
        try await Bed.lay(engine) { bed in
            let lost = try await bed.vault { vault in
                let key = try await vault.newKey()
                await #expect(throws: Crash.self) {
                    try await bed.data.write { tx in
                        try vault.destroy(key.id, in: tx)
                        throw Crash()
                    }
                }
                #expect(try await vault.key(key.id) != nil)
                return key
            }
            #expect(try await bed.found([lost.id]).count == 1)
            #expect(try await bed.vault { try await $0.newKey().id } != lost.id)
            #expect(try await bed.count("vault_destroy") == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `keys that cannot be stored are not handed out, and come when the database is back`(engine: Engine)
        async throws
    {
        try await Bed.lay(engine) { bed in
            try await bed.vault { vault in
                try await bed.keys.write { try $0.execute("ALTER TABLE vault_key RENAME TO vault_key_away") }
                await #expect(throws: StorageError.self) { try await vault.newKey() }
                try await bed.keys.write { try $0.execute("ALTER TABLE vault_key_away RENAME TO vault_key") }
                let key = try await vault.newKey()
                #expect(try await bed.found([key.id]).count == 1)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a wrong master key stops the start with one line`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            _ = try await bed.vault { try await $0.newKey() }
            let error = await #expect(throws: VaultError.self) {
                try await bed.vault(masters: [MasterKeys.makeLine()]) { _ in }
            }
            #expect(error?.kind == .master)
            #expect(error?.message.contains("which is not given") == true && error?.message.contains("\n") == false)
        }
    }

    @Test(arguments: Engine.all)
    func `keys and data in one database are refused`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let masters = try MasterKeys(text: bed.master, from: "x")
            let error = await #expect(throws: VaultError.self) {
                try await Vault.open(data: bed.data, keys: bed.data.url, masters: masters, logger: bed.logger)
            }
            #expect(error?.kind == .setting)
        }
    }

    @Test(arguments: Engine.all)
    func `no keys, or those of other data, stop the start, and nothing is made in their place`(engine: Engine)
        async throws
    {
        try await Bed.lay(engine) { bed in
            let key = try await bed.vault { try await $0.newKey() }
            let masters = try MasterKeys(text: bed.master, from: "x")
            try await TestDatabase.with(engine) { keys in
                let none = await #expect(throws: VaultError.self) {
                    try await Vault.open(data: bed.data, keys: keys.url, masters: masters, logger: bed.logger)
                }
                #expect(none?.kind == .setting && none?.message.contains("there are no keys in") == true)
                #expect(try await bed.count("vault_key", in: keys) == 0)
                try await TestDatabase.with(engine, Vault.migrations) { other in
                    let vault = try await Vault.open(
                        data: other, keys: keys.url, masters: masters, logger: bed.logger)
                    await vault.close()
                }
                let others = await #expect(throws: VaultError.self) {
                    try await Vault.open(data: bed.data, keys: keys.url, masters: masters, logger: bed.logger)
                }
                #expect(others?.kind == .setting && others?.message.contains("holds the keys of other data") == true)
            }
            #expect(try await bed.found([key.id]).count == 1)
        }
    }

    @Test func `a new keys' file is its owner's alone`() async throws {
        try await TestDatabase.with(.sqlite, Vault.migrations) { data in
            try await withFolder { folder in
                let url = try DatabaseURL("sqlite:\(folder)/keys.sqlite")
                let masters = try MasterKeys(text: MasterKeys.makeLine(), from: "x")
                let vault = try await Vault.open(data: data, keys: url, masters: masters, logger: .init(label: "test"))
                for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
                    let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)")[.posixPermissions]
                    #expect((mode as? NSNumber)?.intValue == 0o600)
                }
                await vault.close()
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a key's row moved to another id does not open`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.vault { vault in
                let (a, b) = (try await vault.newKey().id, try await vault.newKey().id)
                try await bed.keys.write { tx in
                    try tx.execute("DELETE FROM vault_key WHERE id = \(b)")
                    try tx.execute("UPDATE vault_key SET id = \(b) WHERE id = \(a)")
                }
                _ = try await bed.vault { other in
                    await #expect(throws: VaultError.damaged) { try await other.key(b) }
                }
            }
        }
    }
}
