import Foundation
import Storage
import Synchronization
import Testing
import TrivselTesting

@testable import Vault

@Suite(.timeLimit(.minutes(5)))
struct RewrapTests {
    @Test(arguments: Engine.all)
    func `after rewrapping the old master is not needed, and opens nothing`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let new = MasterKeys.makeLine()
            let key = try await bed.vault { try await $0.newKey() }
            let told = Mutex([Int]())
            try await bed.vault(masters: [new, bed.master]) { vault in
                try await vault.rewrap { done, of in told.withLock { $0 += [done, of] } }
                #expect(try await vault.key(key.id) != nil)
            }
            let numbers = told.withLock { $0 }
            #expect(numbers.prefix(2) == [0, 513] && numbers.suffix(2) == [513, 513])
            #expect(try await bed.found([key.id], masters: [new]).count == 1)
            await #expect(throws: VaultError.self) { try await bed.vault { _ in } }
        }
    }

    @Test(arguments: Engine.all)
    func `a new master as the second changes nothing until it is first`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let new = MasterKeys.makeLine()
            try await bed.vault(masters: [bed.master, new]) { vault in
                _ = try await vault.newKey()
                try await vault.rewrap()
            }
            let key = try await bed.vault { try await $0.newKey() }
            #expect(try await bed.found([key.id]).count == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `others make, read and destroy keys while all are rewrapped`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let new = MasterKeys.makeLine()
            // The other host has the new master as its second, and still wraps by the old one.
            try await bed.vault(masters: [bed.master, new]) { other in
                let first = try await withKeys(2000, other)
                let (kept, doomed) = (first.prefix(1900), first.suffix(100))
                let more = try await bed.vault(masters: [new, bed.master]) { vault in
                    async let made = withKeys(1500, other)
                    async let rewrapped: Void = vault.rewrap()
                    for key in doomed { try await bed.data.write { try other.destroy(key.id, in: $0) } }
                    try await other.carryOutDestructions()
                    let more = try await made
                    try await rewrapped
                    try await vault.rewrap()
                    return more
                }
                #expect(try await bed.found(kept.map(\.id) + more.map(\.id), masters: [new]).count == 3400)
                #expect(try await bed.found(doomed.map(\.id), masters: [new]).isEmpty)
            }
        }
    }

    @Test func `the keys' file holds nothing wrapped by the old master`() async throws {
        try await Bed.lay(.sqlite) { bed in
            let new = MasterKeys.makeLine()
            let key = try await bed.vault { try await $0.newKey() }
            let old = try await bed.keys.read { reader in
                try reader.query("SELECT wrapped FROM vault_key ORDER BY id LIMIT 3") { $0.bytes(0) }
            }
            try await bed.vault(masters: [new, bed.master]) { try await $0.rewrap() }
            let bytes = try files(of: bed.keys)
            #expect(old.count == 3 && old.allSatisfy { bytes.range(of: Data($0)) == nil })
            #expect(bytes.range(of: Data(key.id.bytes)) != nil)
        }
    }

    private func withKeys(_ count: Int, _ vault: Vault) async throws -> [CaseKey] {
        var keys: [CaseKey] = []
        for _ in 0..<count { keys.append(try await vault.newKey()) }
        return keys
    }
}
