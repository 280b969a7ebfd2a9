import Foundation
import HTTPTypes
import ModuleKit
import Testing
import TrivselTesting

/// `trivsel role`.
@Suite(.timeLimit(.minutes(5))) struct RoleToolTests {
    @Test func `whoever runs the installation makes an administrator, who then administers`() async throws {
        let program = try Program()
        try await program.demo()
        let made = try await program.run("role", "grant", "administrator", "gunn@ntnu.test")
        #expect(made.code == 0)
        let line = try #require(
            made.output.wholeMatch(of: /([0-9a-f-]+)  gunn  administrator  ntnu  .* – +given by operator\n/))
        #expect(try await program.run("role", "list", "--person", "gunn").output.contains(String(line.1)))
        let token = try await program.run("token", "new", "--person", "gunn").output
        try await program.serving { _, port in
            let gunn = APIClient(port: port, token: token.trimmingCharacters(in: .newlines))
            #expect(try await gunn.get("/api/v1/webhooks").status == .ok)
            let ended = try await program.run("role", "end", String(line.1))
            #expect(ended.output == "gunn is no longer administrator at ntnu.\n")
            #expect(try await gunn.get("/api/v1/webhooks").status == .forbidden)
        }
        #expect(try await !program.run("role", "list", "--person", "gunn").output.contains(String(line.1)))
        #expect(try await program.run("role", "list", "--person", "gunn", "--all").output.contains(String(line.1)))
    }

    @Test(arguments: [
        (["grant", "administrator", "nobody"], "Error: nobody here is known as “nobody”"),
        (["grant", "case-handler", "gunn", "--unit", "x"], "Error: there is no unit “x”"),
        (["grant", "administrator", "anders"], "Error: “anders” has the role there in that time already"),
        (["end", "x"], "Error: there is no role with the id x that goes on"),
        (["grant", "boss", "gunn"], "Error: the role is one of intake-officer"),
    ])
    func `what cannot be done is said in a line`(arguments: [String], why: String) async throws {
        let program = try Program()
        try await program.demo()
        let run = try await program.start(["role"] + arguments, environment: [:]).end()
        #expect(run.code > 0 && run.errors.contains(why), "\(run.errors)")
    }

    @Test func `before there are units it says where they come from`() async throws {
        let program = try Program()
        let run = try await program.start(["role", "grant", "administrator", "kari"], environment: [:]).end()
        #expect(run.code > 0 && run.errors.contains("people come by `trivsel directory import`"), "\(run.errors)")
    }
}
