import Foundation
import Testing

@testable import Vault

struct MasterKeysTests {
    @Test func `a new file is its owner's alone, holds one key, and is never written over`() async throws {
        try await withFolder { folder in
            let path = folder + "/master.key"
            try MasterKeys.makeFile(path)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            let first = try MasterKeys(file: path).first.id
            #expect(throws: VaultError.self) { try MasterKeys.makeFile(path) }
            #expect(try MasterKeys(file: path).first.id == first)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["master.key"])
        }
    }

    @Test(arguments: [0o640, 0o604, 0o644, 0o620])
    func `a file that others can read is refused, with the command that mends it`(mode: Int) async throws {
        try await withFolder { folder in
            let path = folder + "/master.key"
            try MasterKeys.makeFile(path)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            let error = #expect(throws: VaultError.self) { try MasterKeys(file: path) }
            #expect(error?.message == "the master key file \(path) can be read by others; run `chmod 600 \(path)`")
        }
    }

    @Test func `systemd may let the group's right show on what it hands over, and no other`() async throws {
        try await withFolder { folder in
            let path = folder + "/master.key"
            try MasterKeys.makeFile(path)
            try FileManager.default.setAttributes([.posixPermissions: 0o440], ofItemAtPath: path)
            _ = try MasterKeys(file: path, credentials: folder)
            #expect(throws: VaultError.self) { try MasterKeys(file: path, credentials: folder + "/other") }
            try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
            #expect(throws: VaultError.self) { try MasterKeys(file: path, credentials: folder) }
        }
    }

    @Test func `a file that is missing, or a folder, is one clear line`() async throws {
        try await withFolder { folder in
            let missing = #expect(throws: VaultError.self) { try MasterKeys(file: folder + "/none") }
            #expect(missing?.message.hasPrefix("the master key file \(folder)/none cannot be read") == true)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
            let unreadable = #expect(throws: VaultError.self) { try MasterKeys(file: folder) }
            #expect(unreadable?.message == "the master key file \(folder) cannot be read; check who owns it")
        }
    }

    @Test(arguments: ["", "# only this", "short", "c2hvcnQ=", String(repeating: "A", count: 88)])
    func `a text without a proper key is refused, and not repeated`(text: String) {
        let error = #expect(throws: VaultError.self) { try MasterKeys(text: text, from: "TRIVSEL_VAULT_MASTER") }
        #expect(error?.kind == .master)
        #expect(error?.message.hasPrefix("TRIVSEL_VAULT_MASTER holds ") == true)
        #expect(text.isEmpty || error?.message.contains(text) == false)
    }

    @Test func `comments, empty lines and carriage returns do not count, and the first key is first`() throws {
        let lines = [MasterKeys.makeLine(), MasterKeys.makeLine()]
        let masters = try MasterKeys(text: "# new\r\n\(lines[0])\r\n\r\n  \(lines[1])  \n", from: "x")
        #expect(try masters.first.id == MasterKeys(text: lines[0], from: "x").first.id)
        #expect(try masters[MasterKeys(text: lines[1], from: "x").first.id] != nil)
    }
}
