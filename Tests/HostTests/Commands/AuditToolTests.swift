import Foundation
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// `trivsel audit verify`, beside a host and after somebody has been at the database.
@Suite(.timeLimit(.minutes(5))) struct AuditToolTests {
    @Test func `the chain is checked from the command line, and a line that was changed ends it with 1`() async throws {
        let program = try Program()
        try await program.demo()
        #expect(try await program.run("audit", "verify").output == "The chain has no lines yet.\n")
        let token = try await program.run("token", "new", "--person", "ingrid").output.trimmingCharacters(
            in: .whitespacesAndNewlines)
        try await program.serving { _, port in
            let client = APIClient(port: port, token: token)
            let list = try await client.get("/api/v1/deviations?limit=20").text
            for id in Set(list.matches(of: /"id":"([0-9a-f-]{36})"/).map { String($0.1) }) {
                #expect(try await client.get("/api/v1/deviations/\(id)").status == .ok)
            }
            try await eventually("the chain has lines") {
                try await program.run("audit", "verify").output.contains("follow each other")
            }
        }
        let whole = try await program.run("audit", "verify")
        let hash = String(try #require(whole.output.firstMatch(of: /hash is ([0-9a-f]{64})\.\n$/)).1)
        #expect(whole.code == 0)
        #expect(try await program.run("audit", "verify", "--anchor", hash).code == 0)
        let other = try await program.run("audit", "verify", "--anchor", String(hash.reversed()))
        #expect(other.code == 1 && other.errors.contains("no line of the chain has the hash"))
        let malformed = try await program.run("audit", "verify", "--anchor", "abc")
        #expect(malformed.code > 1 && malformed.errors.contains("64 hexadecimal digits"))

        let database = try await Database.open(try DatabaseURL("sqlite:\(program.folder.path)/data/trivsel.sqlite"))
        try await database.write { try $0.execute("UPDATE audit_entry SET actor = 'unni' WHERE position = 3") }
        await database.close()
        let changed = try await program.run("audit", "verify")
        #expect(changed.code == 1)
        #expect(
            changed.complaints.last
                == "Error: line 3 of the audit trail was changed, or another one stands in its place; 2 lines before it follow each other"
        )
    }

    @Test func `the chain goes along to PostgreSQL, and goes on there`() async throws {
        try await Moving.prepare { moving in
            func read(_ count: Int, at port: Int) async throws {
                let client = APIClient(port: port, token: moving.token)
                let list = try await client.get("/api/v1/deviations?limit=50").text
                let ids = list.matches(of: /"id":"([0-9a-f-]{36})"/).map { String($0.1) }
                for id in ids.prefix(count) {
                    #expect(try await client.get("/api/v1/deviations/\(id)").status == .ok)
                }
            }
            /// How many lines the chain has, and whether any waits.
            func verified(_ environment: [String: String] = [:]) async throws -> Int {
                let run = try await moving.program.run("audit", "verify", environment: environment)
                return Int(run.output.prefix { $0 != " " }) ?? 0
            }
            // The host itself sees to open cases as it starts: there are more than were read.
            try await moving.program.serving { _, port in
                try await read(5, at: port)
                try await eventually("all are tied") { try await verified() >= 5 }
            }
            let (before, count) = (try await moving.program.run("audit", "verify").output, try await verified())
            #expect(try await moving.move().code == 0)
            #expect(try await moving.program.run("audit", "verify", environment: moving.there).output == before)
            try await moving.program.serving(environment: moving.there) { _, port in
                try await read(8, at: port)
                try await eventually("what is new follows") { try await verified(moving.there) >= count + 8 }
            }
        }
    }
}
