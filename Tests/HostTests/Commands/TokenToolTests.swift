import Foundation
import HTTPTypes
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// `trivsel token`.
@Suite(.timeLimit(.minutes(5))) struct TokenToolTests {
    private func token(_ program: Program, _ arguments: [String], _ environment: [String: String] = [:]) async throws
        -> String
    {
        let run = try await program.start(["token", "new"] + arguments, environment: environment).end()
        try #require(run.code == 0, "\(run.errors)")
        return run.output.trimmingCharacters(in: .newlines)
    }

    @Test func `token list shows what each is for, and token revoke takes one back`() async throws {
        let program = try Program()
        try await program.demo()
        let secret = try await token(
            program, ["--person", "kari", "--scope", "read", "--name", "Rapport", "--days", "7"])
        _ = try await token(program, ["--person", "ola"])
        #expect(try await program.run("token", "list").output.split(separator: "\n").count == 2)
        let listed = try await program.run("token", "list", "--person", "kari").output
        #expect(!listed.contains(secret))
        let line = try #require(
            listed.wholeMatch(
                of: /([0-9a-f-]+)  kari  read  made \d{4}-\d\d-\d\d  until \d{4}-\d\d-\d\d  never used  Rapport\n/))
        #expect(
            try await program.run("token", "revoke", String(line.1)).output == "\(line.1) opens nothing any more.\n")
        #expect(try await program.run("token", "list", "--person", "kari").output.isEmpty)
        let again = try await program.run("token", "revoke", String(line.1))
        #expect(again.code > 0)
        #expect(again.complaints == ["Error: there is no token with the id \(line.1); `trivsel token list` shows them"])
    }

    @Test(arguments: [
        (["--days", "366"], "--days takes 1 to 365"), (["--days", "0"], "--days takes 1 to 365"),
        (["--scope", "all"], "--scope takes read, write or scim"), (["--name", "a\nb"], "--name takes at most 100"),
    ])
    func `token new refuses what it cannot make, and says why`(arguments: [String], why: String) async throws {
        let program = try Program()
        let run = try await program.start(["token", "new", "--person", "kari"] + arguments, environment: [:]).end()
        #expect(run.code > 0 && run.output.isEmpty)
        #expect(run.errors.contains(why))
    }

    @Test func `a token that is revoked at one host opens nothing at another one either`() async throws {
        try await TestDatabase.with(.postgres) { database in
            let (one, other) = (try Program(), try Program())
            let address = ["TRIVSEL_DATABASE_URL": database.url.description]
            let shared = address.merging(one.sharedKeys) { $1 }
            _ = try await one.start(["demo", "--folder", HostHarness.demo.path], environment: address).end()
            let secret = try await token(one, ["--person", "kari"], address)
            try await one.serving(environment: address) { _, first in
                try await other.serving(environment: shared) { _, second in
                    let clients = [first, second].map { APIClient(port: $0, token: secret) }
                    for client in clients { #expect(try await client.get("/api/v1/deviations").status == .ok) }
                    let listed = try await one.run("token", "list", environment: address).output
                    let id = try #require(listed.firstMatch(of: /[0-9a-f-]+/)).output
                    #expect(try await one.run("token", "revoke", String(id), environment: address).code == 0)
                    for client in clients {
                        #expect(try await client.get("/api/v1/deviations").status == .unauthorized)
                    }
                }
            }
        }
    }
}
