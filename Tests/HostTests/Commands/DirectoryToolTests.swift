import Foundation
import Storage
import Testing
import TrivselTesting

/// `trivsel directory import`.
@Suite(.timeLimit(.minutes(5))) struct DirectoryToolTests {
    private func file(_ name: String, _ text: String, _ program: Program) throws -> String {
        let path = "\(program.folder.path)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    @Test func `without the demo units, people and the first administrator come from the command line`() async throws {
        let program = try Program()
        let units = try file(
            "units.csv",
            "id;parent;kind;short;name_nb;name_nn;name_en\nuni;;institution;U;Universitetet;Universitetet;University\n",
            program)
        let people = try file(
            "people.csv", "external_id,name,affiliation,username\n1,Kari Dahl,employee,kari@x.test\n", program)
        let run = try await program.run("directory", "import", people, "--units", units)
        #expect(
            run.output.hasPrefix(
                "1 units and 0 campuses are as the files have them\npeople: 1 added, 0 changed, 0 back, 0 ended, 0 unchanged\n"
            ), "\(run.errors)")
        #expect(run.output.contains("warning: nobody is administrator\n"))
        #expect(try await program.run("role", "grant", "administrator", "kari@x.test").code == 0)
        let roles = try await program.run("role", "list").output
        #expect(roles.contains("  administrator  uni  "))
        #expect(try await !program.run("directory", "import", people).output.contains("administrator"))
    }

    @Test func `lines that are wrong are named on standard error, and nothing is taken`() async throws {
        let program = try Program()
        let people = try file("people.csv", "external_id,name,affiliation\n1,Kari,boss\n2,Ola,student\n", program)
        let run = try await program.start(["directory", "import", people], environment: [:]).end()
        #expect(run.code > 0 && run.output.isEmpty)
        #expect(run.errors.contains("people.csv:2: affiliation is student, employee or external, not “boss”"))
        #expect(run.errors.contains("Error: nothing was taken: 1 lines are wrong"))
        let count = try await program.database { try $0.first("SELECT COUNT(*) FROM directory_person") { $0.int(0) } }
        #expect(count == 0)
    }
}
