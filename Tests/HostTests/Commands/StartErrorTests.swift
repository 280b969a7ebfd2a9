import Foundation
import Testing
import TrivselTesting

/// What somebody sees who starts the program wrongly: one line that says what and how to mend it.
@Suite struct StartErrorTests {
    /// The one line, after checking that it is one and that the program ended by itself.
    private func line(_ arguments: [String] = ["serve"], in program: Program, _ environment: [String: String])
        async throws -> String
    {
        let run = try await program.start(arguments, environment: environment).end()
        #expect(run.code > 0, "\(run.code)")
        #expect(run.output.isEmpty)
        #expect(run.complaints.count == 1, "\(run.errors)")
        #expect(
            !run.errors.contains("Fatal error") && !run.errors.contains("Backtrace") && !run.errors.contains(".swift"))
        return run.complaints.first ?? ""
    }

    @Test func `a misspelt setting is named, with the one that was meant`() async throws {
        let line = try await line(in: try Program(), ["TRIVSEL_HTTP_PROT": "8080"])
        #expect(line == "Error: there is no setting TRIVSEL_HTTP_PROT; did you mean TRIVSEL_HTTP_PORT?")
    }

    @Test func `a misspelt setting in the file is named with its line`() async throws {
        let program = try Program()
        try program.folder.write("http:\n  prot: 8080\n", to: "Config/trivsel.yaml")
        let line = try await line(in: program, [:])
        #expect(line == "Error: Config/trivsel.yaml:2: there is no setting http.prot; did you mean http.port?")
    }

    @Test func `a setting of another type is named with what it takes`() async throws {
        let line = try await line(in: try Program(), ["TRIVSEL_HTTP_PORT": "eighty"])
        #expect(line == "Error: TRIVSEL_HTTP_PORT: http.port takes a whole number from 0 to 65535, not “eighty”.")
    }

    @Test func `modules_enabled is required`() async throws {
        let line = try await line(in: try Program(), ["TRIVSEL_MODULES_ENABLED": ""])
        #expect(
            line == "Error: modules.enabled is required: set it in Config/trivsel.yaml or as TRIVSEL_MODULES_ENABLED.")
    }

    @Test(arguments: ["serve", "migrate", "demo", "modules"])
    func `a misspelt module is named, with the one that was meant`(command: String) async throws {
        let line = try await line([command], in: try Program(), ["TRIVSEL_MODULES_ENABLED": "deviatons"])
        #expect(line == "Error: module “deviatons” (phase choose): there is no such module; did you mean deviations?")
    }

    @Test func `a module's setting out of range is named`() async throws {
        let line = try await line(in: try Program(), ["TRIVSEL_DEVIATIONS_LIMIT_DAYS": "0"])
        #expect(line.contains("deviations.limitDays takes a whole number from 1 to 365"))
    }

    @Test func `a database that is a folder is named`() async throws {
        let program = try Program()
        let line = try await line(in: program, ["TRIVSEL_DATABASE_URL": "sqlite:\(program.folder.path)"])
        #expect(line.contains(program.folder.path))
    }

    @Test func `a database that is another file is named`() async throws {
        let program = try Program()
        let path = try program.folder.write(String(repeating: "This is no database. ", count: 500), to: "notes.txt")
        let line = try await line(in: program, ["TRIVSEL_DATABASE_URL": "sqlite:\(path)"])
        #expect(line.contains(path))
    }

    @Test func `a database in a folder that is not there is named`() async throws {
        let line = try await line(in: try Program(), ["TRIVSEL_DATABASE_URL": "sqlite:nowhere/trivsel.sqlite"])
        #expect(line.contains("nowhere/trivsel.sqlite"))
    }

    @Test func `a PostgreSQL that does not answer is named without its password`() async throws {
        let program = try Program()
        let line = try await line(
            in: program, ["TRIVSEL_DATABASE_URL": "postgres://trivsel:geheim@127.0.0.1:1/trivsel"])
        #expect(line.contains("127.0.0.1"))
        #expect(!line.contains("geheim"))
    }

    @Test func `a data directory that cannot be made is named`() async throws {
        let program = try Program()
        let path = try program.folder.write("a file", to: "taken")
        let line = try await line(in: program, ["TRIVSEL_DATA_DIRECTORY": "\(path)/data"])
        #expect(
            line == """
                Error: cannot make the data directory \(path)/data; set data.directory to a folder that can be written
                """)
    }

    @Test func `a port in use is named, with the setting to change`() async throws {
        let taken = OccupiedPort()
        let line = try await line(in: try Program(), ["TRIVSEL_HTTP_PORT": "\(taken.number)"])
        #expect(line.hasPrefix("Error: cannot listen on 127.0.0.1:\(taken.number) (it is in use); "))
        #expect(line.hasSuffix("; set http.port or TRIVSEL_HTTP_PORT to another one"))
    }

    @Test(arguments: ["8.8.8.8", "no-such-host.invalid"])
    func `an address that is not this machine's is named, with the setting to change`(_ host: String) async throws {
        let line = try await line(in: try Program(), ["TRIVSEL_HTTP_HOST": host])
        #expect(
            line == """
                Error: cannot listen on \(host):0 (this machine has no such address); set http.host to one of its own
                """)
    }

    @Test(arguments: ["TRIVSEL_FEED_ENDPOINT", "TRIVSEL_DESK_ENDPOINT"])
    func `a port of the feed or the desk in use is named, with the settings to change`(_ variable: String) async throws
    {
        let taken = OccupiedPort()
        let line = try await line(in: try Program(), [variable: "tcp://127.0.0.1:\(taken.number)"])
        #expect(line.contains("127.0.0.1:\(taken.number)"))
        #expect(line.contains("in use"))
        #expect(line.hasSuffix("set feed.endpoint and desk.endpoint"))
    }

    @Test func `a server key that others may read is named, with what mends it`() async throws {
        let program = try Program()
        let path = try program.folder.write("x", to: "data/keys/server.key")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let line = try await line(in: program, [:])
        #expect(line == "Error: data/keys/server.key can be read by others; run `chmod 600 data/keys/server.key`")
    }

    @Test func `demo data that is not there is named`() async throws {
        let line = try await line(["demo", "--folder", "nowhere"], in: try Program(), [:])
        #expect(line == "Error: there is no demo data at nowhere/directory.json; name its folder with --folder")
    }

    @Test func `demo data that is something else is named`() async throws {
        let program = try Program()
        let file = try program.folder.write("{\n", to: "demo/directory.json")
        let line = try await line(["demo", "--folder", "demo"], in: program, [:])
        #expect(file.hasSuffix("demo/directory.json"))
        #expect(line.hasPrefix("Error: the demo data at demo/directory.json is not what this version reads: "))
    }

    @Test func `a worker without its key file says where it looked and how to get one`() async throws {
        let line = try await line(
            ["work", "notifications"], in: try Program(), ["TRIVSEL_WORKER_KEY_FILE": "/nowhere/key.json"])
        #expect(line == "Error: the worker's key file cannot be read: /nowhere/key.json; `trivsel keys new` prints one")
    }

    @Test func `a worker whose key file is something else says so and shows nothing of it`() async throws {
        let program = try Program()
        let path = try program.folder.write(#"{"secretKey":"hemmelig"}"#, to: "key.json")
        let line = try await line(["work", "notifications"], in: program, ["TRIVSEL_WORKER_KEY_FILE": path])
        #expect(line.contains(path))
        #expect(!line.contains("hemmelig"))
    }
}
