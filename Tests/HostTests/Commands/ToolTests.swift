import Foundation
import HTTPTypes
import Storage
import Testing
import TrivselTesting

/// The commands that others script against.
@Suite struct ToolTests {
    private struct Key: Decodable {
        let name, publicKey, secretKey, serverKey, feed, desk: String
    }

    private struct LoggedEvent: Decodable {
        let specversion, id, source, type, subject, sequence: String
    }

    /// Counts rows in the program's own database.
    private func counts(_ program: Program) async throws -> [Int] {
        let tables = [
            "directory_unit", "directory_person", "directory_grant", "deviations_case", "deviations_entry", "event_log",
        ]
        return try await program.database { reader in
            try tables.map { table in try reader.first("SELECT COUNT(*) FROM \(raw: table)") { $0.int(0) } ?? -1 }
        }
    }

    @Test func `demo loads its people and three hundred cases, and a second time adds nothing`() async throws {
        let program = try Program()
        #expect(try await program.demo().code == 0)
        let first = try await counts(program)
        #expect(first[1] == 45)
        #expect(first[3] == 300)
        #expect(try await program.demo().code == 0)
        #expect(try await counts(program) == first)
    }

    @Test func `events tail prints CloudEvents from a position on, one a line`() async throws {
        let program = try Program()
        try await program.demo()
        let run = try await program.run("events", "tail", "--from", "1", "--count", "5")
        #expect(run.code == 0)
        let events = try run.output.split(separator: "\n").map {
            try JSONDecoder().decode(LoggedEvent.self, from: Data($0.utf8))
        }
        #expect(events.map { Int($0.sequence) } == [1, 2, 3, 4, 5])
        #expect(
            events.allSatisfy {
                $0.specversion == "1.0" && $0.source == "/trivsel/local/deviations" && $0.type.hasPrefix("deviations.")
            })
    }

    @Test func `events tail keeps to the types it is asked for`() async throws {
        let program = try Program()
        try await program.demo()
        let run = try await program.run(
            "events", "tail", "--from", "1", "--types", "deviations.closed.*", "--count", "3")
        let events = try run.output.split(separator: "\n").map {
            try JSONDecoder().decode(LoggedEvent.self, from: Data($0.utf8))
        }
        #expect(events.map(\.type) == Array(repeating: "deviations.closed.v1", count: 3))
    }

    @Test func `token new prints the token alone, and it opens the API`() async throws {
        let program = try Program()
        try await program.demo()
        let run = try await program.run("token", "new", "--person", "kari")
        #expect(run.code == 0)
        let token = run.output.trimmingCharacters(in: .newlines)
        #expect(token.wholeMatch(of: /trv_[A-Za-z0-9_-]{43}/) != nil)
        try await program.serving { _, port in
            let answer = try await APIClient(port: port, token: token).get("/api/v1/deviations")
            #expect(answer.status == .ok)
        }
    }

    @Test func `token new for nobody says so in one line`() async throws {
        let run = try await Program().run("token", "new", "--person", "nobody")
        #expect(run.code > 0)
        #expect(run.output.isEmpty)
        #expect(
            run.complaints == [
                "Error: nobody has the id “nobody”; `trivsel demo` loads demo people such as kari and ingrid"
            ])
    }

    @Test func `keys new prints all that a client needs`() async throws {
        let program = try Program()
        let endpoints = [
            "TRIVSEL_FEED_ENDPOINT": "tcp://127.0.0.1:7001", "TRIVSEL_DESK_ENDPOINT": "tcp://127.0.0.1:7002",
        ]
        let run = try await program.run("keys", "new", "reader", "--topics", "deviations.*", environment: endpoints)
        #expect(run.code == 0)
        let key = try JSONDecoder().decode(Key.self, from: Data(run.output.utf8))
        #expect(key.name == "reader")
        #expect([key.publicKey, key.secretKey, key.serverKey].map(\.count) == [40, 40, 40])
        #expect([key.feed, key.desk] == ["tcp://127.0.0.1:7001", "tcp://127.0.0.1:7002"])
        let second = try await program.run("keys", "new", "worker", "--work", "notifications")
        let other = try JSONDecoder().decode(Key.self, from: Data(second.output.utf8))
        #expect(other.serverKey == key.serverKey && other.secretKey != key.secretKey)
    }

    @Test(arguments: [
        ["reader"], ["reader", "--topics", "Deviations!"], ["reader", "--topics", ""], ["--topics", "deviations.*"],
    ])
    func `keys new that allows nothing, or nonsense, makes no key`(_ arguments: [String]) async throws {
        let program = try Program()
        let run = try await program.start(["keys", "new"] + arguments).end()
        #expect(run.code > 0)
        #expect(run.output.isEmpty)
        #expect(try await program.run("keys", "list").output.isEmpty)
    }

    @Test func `keys new for a queue that there is not names those there are`() async throws {
        let program = try Program()
        let run = try await program.run("keys", "new", "worker", "--work", "notifications,nonsense")
        #expect(run.code > 0)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("there is no queue “nonsense”; there are: notifications"))
        #expect(try await program.run("keys", "list").output.isEmpty)
    }

    @Test func `keys revoke takes a key away, and says when there is none`() async throws {
        let program = try Program()
        _ = try await program.run("keys", "new", "reader", "--topics", "deviations.*")
        #expect(try await program.run("keys", "revoke", "reader").output == "reader is shut out.\n")
        let again = try await program.run("keys", "revoke", "reader")
        #expect(again.code > 0)
        #expect(again.complaints == ["Error: there is no key with the name reader; `trivsel keys list` shows them"])
    }

    @Test func `config shows every value with its source, and no password`() async throws {
        let run = try await Program().run(
            "config",
            environment: [
                "TRIVSEL_DATABASE_URL": "postgres://trivsel:geheim@db.example/trivsel",
                "TRIVSEL_MAIL_SMTP_URL": "smtp://me:hemmelig@mail.example:587",
            ])
        #expect(run.code == 0)
        #expect(
            run.output.contains(
                "database.url: postgres://trivsel:<redacted>@db.example/trivsel  # TRIVSEL_DATABASE_URL"))
        #expect(run.output.contains("mail.smtpUrl: smtp://me:<redacted>@mail.example:587  # TRIVSEL_MAIL_SMTP_URL"))
        #expect(run.output.contains("stop.seconds: 20  # default"))
        #expect(!run.output.contains("geheim") && !run.output.contains("hemmelig"))
    }

    @Test func `modules lists each module with its state, topics and tables`() async throws {
        let program = try Program()
        let run = try await program.run("modules")
        #expect(run.output.hasPrefix("deviations  on  Deviations\n  topics: deviations.received.v1, "))
        #expect(run.output.contains("  tables: deviations_case, "))
        #expect(try await program.run("modules", "disable", "deviations").code == 0)
        #expect(try await program.run("modules").output.hasPrefix("deviations  off"))
    }

    @Test func `modules disable with a name that there is not suggests the right one`() async throws {
        let run = try await Program().run("modules", "disable", "deviation")
        #expect(
            run.complaints == [
                "Error: module “deviation” (phase choose): there is no such module; did you mean deviations?"
            ])
    }
}
