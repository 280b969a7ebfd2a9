import Foundation
import Testing
import TrivselTesting

/// The master key as its operator meets it.
@Suite struct MasterKeyTests {
    private func file(_ program: Program) -> String { "\(program.folder.path)/data/keys/master.key" }

    private func write(_ lines: [String], _ program: Program) throws {
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: file(program)))
    }

    @Test func `the master key is changed in four steps, and nothing sealed is lost`() async throws {
        let program = try Program()
        #expect(try await program.run("migrate").code == 0)
        let old = try #require(try String(contentsOfFile: file(program), encoding: .utf8).split(separator: "\n").last)
        let new = try await program.run("vault", "new").output.trimmingCharacters(in: .newlines)
        #expect(try await program.demo().code == 0)

        try write([new, String(old)], program)
        let rewrapped = try await program.run("vault", "rewrap")
        #expect(rewrapped.code == 0)
        #expect(rewrapped.output.contains("the others may be taken away"))
        try write([new], program)
        #expect(try await program.run("migrate").code == 0)

        try write([String(old)], program)
        let refused = try await program.run("migrate")
        #expect(refused.code > 0)
        #expect(refused.complaints.count == 1 && refused.complaints[0].contains("master"))
    }

    @Test func `the master key may come from the environment, and then there is no file`() async throws {
        let program = try Program()
        let key = try await program.run("vault", "new").output.trimmingCharacters(in: .newlines)
        let environment = ["TRIVSEL_VAULT_MASTER_KEYS": key]
        #expect(try await program.run("migrate", environment: environment).code == 0)
        #expect(!FileManager.default.fileExists(atPath: file(program)))
        let shown = try await program.run("config", environment: environment)
        #expect(shown.code == 0 && !shown.output.contains(key))
    }

    @Test func `a master key file that is lost stops the start in one line, and no other is made in its place`()
        async throws
    {
        let program = try Program()
        #expect(try await program.run("migrate").code == 0)
        let kept = try Data(contentsOf: URL(filePath: file(program)))
        try FileManager.default.removeItem(atPath: file(program))
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(program.folder.path)/data/keys")
        for command in ["serve", "migrate", "serve"] {
            let refused = try await program.run(command)
            #expect(refused.code > 0)
            #expect(
                refused.complaints == [
                    "Error: the master key file data/keys/master.key is missing, and what is stored needs it: put its copy back"
                ])
            let now = try FileManager.default.contentsOfDirectory(atPath: "\(program.folder.path)/data/keys")
            #expect(now.sorted() == left.sorted())
        }
        try kept.write(to: URL(filePath: file(program)))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file(program))
        #expect(try await program.run("migrate").code == 0)
    }

    @Test func `a master key file that others can read stops the start in one line`() async throws {
        let program = try Program()
        #expect(try await program.run("migrate").code == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file(program))
        let refused = try await program.run("serve")
        #expect(refused.code > 0)
        #expect(refused.complaints.count == 1 && refused.complaints[0].contains("chmod 600"))
    }
}
