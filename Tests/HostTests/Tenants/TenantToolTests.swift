import Foundation
import HTTPTypes
import ModuleKit
import Testing
import TrivselTesting

/// `trivsel tenant`, and a program that serves several institutions.
@Suite(.timeLimit(.minutes(5))) struct TenantToolTests {
    private static let environment = [
        "TRIVSEL_TENANTS_DIRECTORY": "institutions", "TRIVSEL_TENANTS_STATUS_PORT": "0",
    ]

    private func run(_ program: Program, _ arguments: String..., tenant: String = "") async throws -> Run {
        let environment = Self.environment.merging(["TRIVSEL_TENANT": tenant]) { $1 }
        let started = try program.start(arguments, environment: environment.filter { !$0.value.isEmpty })
        return try await started.end()
    }

    private func exists(_ path: String, _ program: Program) -> Bool {
        FileManager.default.fileExists(atPath: "\(program.folder.path)/\(path)")
    }

    @Test func `one that is added has a file of its owner's alone and its tables; removed, its data stays`()
        async throws
    {
        let program = try Program()
        let added = try await run(program, "tenant", "add", "north", "--host", "north.example.no")
        #expect(added.code == 0, "\(added.errors)")
        let file = "\(program.folder.path)/institutions/north.yaml"
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("publicUrl: https://north.example.no"))
        #expect(exists("data/tenants/north/trivsel.sqlite", program) && !exists("data/trivsel.sqlite", program))
        #expect(
            try await run(program, "tenant", "list").output
                == "north  north.example.no  sqlite:data/tenants/north/trivsel.sqlite\n")
        #expect(try await run(program, "tenant", "remove", "north").errors.contains("--yes"))
        #expect(exists("institutions/north.yaml", program))
        #expect(try await run(program, "tenant", "remove", "north", "--yes").code == 0)
        #expect(try await run(program, "tenant", "list").output == "")
        #expect(exists("data/tenants/north/trivsel.sqlite", program))
    }

    @Test func `what another has is refused, and leaves no file`() async throws {
        let program = try Program()
        #expect(try await run(program, "tenant", "add", "north", "--host", "north.example.no").code == 0)
        let database = "sqlite:data/tenants/north/trivsel.sqlite"
        for (arguments, reason) in [
            (["south", "--host", "NORTH.example.no"], "its host is that of the tenant north"),
            (
                ["south", "--host", "south.example.no", "--database", database],
                "its database is that of the tenant north"
            ),
            (["north", "--host", "south.example.no"], "there is a tenant north"),
            (["../south", "--host", "south.example.no"], "a tenant's name is"),
        ] {
            let started = try program.start(["tenant", "add"] + arguments, environment: Self.environment)
            let refused = try await started.end()
            #expect(refused.code != 0 && refused.errors.contains(reason), "\(refused.errors)")
        }
        #expect(!exists("institutions/south.yaml", program) && exists("institutions/north.yaml", program))
    }

    @Test func `other commands are for one of them, and say so when none is named`() async throws {
        let program = try Program()
        for name in ["north", "south"] {
            #expect(try await run(program, "tenant", "add", name, "--host", "\(name).example.no").code == 0)
        }
        let refused = try await run(program, "role", "list")
        #expect(refused.code != 0)
        #expect(refused.errors.contains("say for which tenant, as TRIVSEL_TENANT=NAME; there are: north, south"))
        let loaded = try await run(program, "demo", "--folder", HostHarness.demo.path, tenant: "north")
        #expect(loaded.code == 0, "\(loaded.errors)")
        #expect(try await run(program, "token", "new", "--person", "kari", tenant: "north").code == 0)
        #expect(try await run(program, "token", "new", "--person", "kari", tenant: "south").code != 0)
        #expect(try await run(program, "role", "list", tenant: "west").errors.contains("There is no tenant west"))
        #expect(try await run(program, "migrate").code == 0)
    }

    @Test func `a running host takes up and lets go of institutions on SIGHUP`() async throws {
        let program = try Program()
        #expect(try await run(program, "tenant", "add", "north", "--host", "127.0.0.2").code == 0)
        _ = try await run(program, "demo", "--folder", HostHarness.demo.path, tenant: "north")
        let token = try await run(program, "token", "new", "--person", "ingrid", tenant: "north").output
        let secret = token.trimmingCharacters(in: .whitespacesAndNewlines)
        try await program.serving(environment: Self.environment) { started, port in
            func status(_ name: String) async throws -> HTTPResponse.Status {
                try await APIClient(port: port, token: secret, name: name).get("/api/v1/deviations").status
            }
            #expect(try await status("127.0.0.2:\(port)") == .ok)
            #expect(try await status("127.0.0.3") == .misdirectedRequest)
            #expect(try await run(program, "tenant", "add", "south", "--host", "127.0.0.3").code == 0)
            started.signal(SIGHUP)
            try await eventually("south serves") { try await status("127.0.0.3") == .unauthorized }
            #expect(try await run(program, "tenant", "remove", "south", "--yes").code == 0)
            started.signal(SIGHUP)
            try await eventually("south is gone") { try await status("127.0.0.3") == .misdirectedRequest }
            #expect(try await status("127.0.0.2") == .ok)
        }
    }

    @Test func `a worker takes work from the desk of its institution`() async throws {
        let program = try Program()
        #expect(try await run(program, "tenant", "add", "north", "--host", "127.0.0.2").code == 0)
        _ = try await run(program, "demo", "--folder", HostHarness.demo.path, tenant: "north")
        let token = try await run(program, "token", "new", "--person", "kari", tenant: "north").output
        try await program.serving(environment: Self.environment) { _, port in
            let worker = try program.start(
                ["work", "notifications"], environment: Self.environment.merging(["TRIVSEL_TENANT": "north"]) { $1 })
            let kari = APIClient(
                port: port, token: token.trimmingCharacters(in: .whitespacesAndNewlines), name: "127.0.0.2")
            #expect(try await kari.post("/api/v1/deviations", HostHarness.reportBody()).status == .created)
            let mails = "\(program.folder.path)/data/tenants/north/mail"
            try await eventually("a mail is there") {
                try FileManager.default.fileExists(atPath: mails)
                    && !FileManager.default.contentsOfDirectory(atPath: mails).isEmpty
            }
            worker.signal(SIGTERM)
            #expect(try await worker.end().code == 0)
        }
    }

    @Test func `each is migrated by its owner and served by a role that owns nothing`() async throws {
        try await OwnedDatabase.with { data in
            try await OwnedDatabase.with { keys in
                let program = try Program()
                let added = try await run(
                    program, "tenant", "add", "north", "--host", "127.0.0.2", "--database", data.runtimeURL,
                    "--database-owner", data.ownerURL, "--keys", keys.runtimeURL, "--keys-owner", keys.ownerURL)
                #expect(added.code == 0, "\(added.errors)")
                try await program.serving(environment: Self.environment) { _, port in
                    let health = try await Client(port: port, name: "127.0.0.2").send(.get, "/health/ready")
                    #expect(health.status == .ok)
                }
            }
        }
    }
}
