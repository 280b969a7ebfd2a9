import EventKit
import Foundation
import HTTPTypes
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import Host

/// People and roles from files.
@Suite(.timeLimit(.minutes(5))) struct DirectoryImportTests {
    /// Files in a folder of their own.
    private struct Desk {
        let host: HostHarness
        let folder: TemporaryFolder

        func sync(
            _ people: String? = nil, roles: String? = nil, units: String? = nil, ending: Bool = false,
            sure: Bool = false, dry: Bool = false
        ) async throws -> SyncReport {
            func file(_ name: String, _ text: String?) throws -> String? {
                guard let text else { return nil }
                let path = "\(folder.path)/\(name)"
                try Data(text.utf8).write(to: URL(filePath: path))
                return path
            }
            let files = DirectoryImport.Files(
                people: try file("people.csv", people.map { Desk.header + $0 }),
                memberships: try file("roles.csv", roles.map { "external_id,role,unit,from,to\n" + $0 }),
                units: try file("units.csv", units))
            return try await DirectoryImport(host.base, clock: host.clock.clock).run(
                files, .init(endsMissing: ending, isSure: sure, isDryRun: dry))
        }

        func refusals(_ people: String? = nil, roles: String? = nil) async throws -> [String] {
            do {
                _ = try await sync(people, roles: roles)
                return []
            } catch let refused as SyncRefused { return refused.refusals.map { "\($0.line) \($0.reason)" } }
        }

        func person(_ external: String) async throws -> Person? {
            try await host.base.database.read { try Directory.person(externalID: external, in: $0) }
        }

        func roles(_ external: String) async throws -> [Role] {
            guard let id = try await person(external)?.id else { return [] }
            return try await host.base.directory.freshChart().grants(of: id, at: host.clock.now).map(\.role)
        }

        static let header = "external_id,username,name,email,affiliation,unit,campus,language\n"
    }

    private func run(_ engine: Engine = .sqlite, _ body: (Desk) async throws -> Void) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let folder = try TemporaryFolder()
            try await body(Desk(host: host, folder: folder))
            withExtendedLifetime(folder) {}
        }
    }

    private static let kari = "1,kari@x.test,Kari Dahl,kari@x.test,employee,ie-idi,trondheim,nn\n"
    private static let ola = "2,ola@x.test,\"Berg, Ola\",,student,,,\n"
    private static let per = (3...6).map { "\($0),p\($0)@x.test,Per \($0),,employee,,,\n" }.joined()

    @Test(arguments: Engine.all)
    func `people are added, brought up to date, end and come back, and a second time nothing changes`(
        _ engine: Engine
    ) async throws {
        try await run(engine) { desk in
            var report = try await desk.sync(Self.kari + Self.ola + Self.per)
            #expect((report.added, report.changed, report.unchanged) == (6, 0, 0))
            let first = try #require(try await desk.person("1"))
            #expect((first.name, first.unit, first.campus, first.language) == ("Kari Dahl", "ie-idi", "trondheim", .nn))
            let version = try await desk.host.base.directory.freshChart().version
            report = try await desk.sync(Self.kari + Self.ola + Self.per, ending: true)
            #expect((report.added, report.changed, report.ended, report.unchanged) == (0, 0, 0, 6))
            #expect(try await desk.host.base.directory.freshChart().version == version)
            report = try await desk.sync(Self.kari.replacing("Dahl", with: "Moe") + Self.per, ending: true)
            #expect((report.changed, report.ended, report.unchanged) == (1, 1, 4))
            #expect(try await desk.person("1")?.id == first.id)
            #expect(try await desk.person("2")?.endedAt == desk.host.clock.now)
            report = try await desk.sync(Self.ola)
            #expect((report.returned, report.ended) == (1, 0))
            #expect(try await desk.person("2")?.endedAt == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `a wrong line takes nothing of the file, and each is named`(_ engine: Engine) async throws {
        try await run(engine) { desk in
            let before = try await desk.host.snapshot()
            let wrong =
                Self.kari + ",x@x.test,Uten id,,employee,,,\n" + "3,,,,employee,,,\n" + "4,,A,,boss,,,\n"
                + "5,,A,,employee,nowhere,,\n" + "6,,A,,employee,,moon,\n" + "7,,A,,employee,,,se\n"
                + "1,,To ganger,,employee,,,\n" + "8,KARI@x.test,Samme navn,,employee,,,\n"
            #expect(
                try await desk.refusals(wrong) == [
                    "3 external_id is empty or too long", "4 name is empty or too long",
                    "5 affiliation is student, employee or external, not “boss”", "6 there is no unit “nowhere”",
                    "7 there is no campus “moon”", "8 language is nb, nn or en, not “se”",
                    "9 external_id “1” stands on line 2 too", "10 username stands on line 2 too",
                ])
            #expect(try await desk.host.snapshot() == before)
        }
    }

    @Test(arguments: Engine.all)
    func `a user name is one person's, goes over from who has left, and finds who signed in before`(
        _ engine: Engine
    ) async throws {
        try await run(engine) { desk in
            try await desk.host.base.database.write { tx in
                var dagny = try #require(try Directory.person("dagny", in: tx))
                dagny.username = "dagny@x.test"
                try Directory.put(dagny, in: tx)
            }
            _ = try await desk.sync(Self.kari + Self.ola + Self.per)
            #expect(
                try await desk.refusals("9,kari@x.test,En annen,,employee,,,\n") == [
                    "2 the username belongs to somebody else, 1"
                ])
            _ = try await desk.sync("9,dagny@x.test,Dagny,,employee,,,\n")
            #expect(try await desk.person("9")?.id == "dagny")
            // Swapped at once, and taken over from who leaves in the same file.
            let swapped = Self.kari.replacing("kari@x", with: "ola@x") + Self.ola.replacing("ola@x", with: "kari@x")
            #expect(try await desk.sync(swapped).changed == 2)
            #expect(try await desk.person("1")?.username == "ola@x.test")
            let last = swapped + Self.per.replacing("6,p6@", with: "7,p6@") + "9,dagny@x.test,Dagny,,employee,,,\n"
            let report = try await desk.sync(last, ending: true)
            #expect((report.added, report.ended) == (1, 1))
            #expect(try await desk.person("7")?.username == "p6@x.test")
        }
    }

    @Test func `a fifth does not leave at once, nor the last who sees to something, unless somebody is sure`()
        async throws
    {
        try await run { desk in
            _ = try await desk.sync(Self.kari + Self.ola + Self.per)
            await #expect(throws: SyncDoubted.self) { _ = try await desk.sync(Self.per, ending: true) }
            #expect(try await desk.person("1")?.endedAt == nil)
            #expect(try await desk.sync(Self.per, ending: true, sure: true).ended == 2)
        }
    }

    @Test func `a dry run says what would be done, and does nothing`() async throws {
        try await run { desk in
            let before = try await desk.host.snapshot()
            #expect(
                try await desk.sync(Self.kari + Self.ola, roles: "1,case-handler,ie,,\n", dry: true).rolesGiven == 1)
            #expect(try await desk.host.snapshot() == before)
        }
    }

    @Test(arguments: Engine.all)
    func `roles are given, prolonged and ended; what people gave stays theirs to end`(_ engine: Engine) async throws {
        try await run(engine) { desk in
            let (people, start) = (Self.kari + Self.ola + Self.per, desk.host.clock.now)
            var report = try await desk.sync(
                people, roles: "1,case-handler,ie,2024-01-01,\n3,line-manager,hf,2026-12-24,2027-06-30\n")
            #expect((report.rolesGiven, report.rolesUnchanged) == (2, 0))
            report = try await desk.sync(
                people, roles: "1,case-handler,ie,2024-01-01,\n3,line-manager,hf,2026-12-24,2027-06-30\n", ending: true)
            #expect((report.rolesGiven, report.rolesChanged, report.rolesUnchanged) == (0, 0, 2))
            #expect(try await desk.roles("1") == [.caseHandler])
            #expect(try await desk.roles("3").isEmpty)
            let id = try #require(try await desk.person("1")?.id)
            let dagny = try await desk.host.api("dagny")
            let given = #"{"person":"\#(id)","role":"intake-officer","unit":"ie"}"#
            #expect(try await dagny.post("/api/v1/role-grants", given).status == .created)
            desk.host.clock.advance(seconds: 60)
            report = try await desk.sync(roles: "3,line-manager,hf,2026-12-24,2027-12-31\n", ending: true)
            #expect((report.rolesChanged, report.rolesEnded) == (1, 1))
            #expect(try await desk.roles("1") == [.intakeOfficer])
            let kept = try await desk.host.base.database.read { try Directory.grants(GrantFilter(person: id), in: $0) }
            #expect(kept.first { $0.grant.role == .caseHandler }?.grant.from == start)
            #expect(
                try await desk.refusals(roles: "77,case-handler,ie,,\n1,boss,ie,,\n1,ombud,x,,\n1,ombud,ie,x,\n") == [
                    "3 role is one of intake-officer, case-handler, line-manager, education-quality, pro-rector, lmu-secretary, lmu-member, vault-keeper, administrator, ombud, hse-system, auditor",
                    "4 there is no unit “x”", "5 from is a day such as 2026-08-01, not “x”",
                    "2 nobody here has the external_id “77”",
                ])
        }
    }

    @Test func `who leaves loses sign-in and role at once`() async throws {
        try await run { desk in
            _ = try await desk.sync(Self.kari + Self.ola + Self.per, roles: "1,case-handler,ie,,\n")
            let id = try #require(try await desk.person("1")?.id)
            let (browser, client) = (try await desk.host.browser(id), try await desk.host.api(id))
            desk.host.clock.advance(seconds: 1)
            _ = try await desk.sync(Self.ola + Self.per, ending: true)
            #expect(try await browser.get("/me/tokens").status == .seeOther)
            #expect(try await client.get("/api/v1/me/tokens").status == .unauthorized)
            #expect(try await desk.roles("1").isEmpty)
        }
    }

    @Test func `units come in any order, and never below themselves`() async throws {
        try await run { desk in
            let header = "id,parent,kind,short,name_nb,name_nn,name_en\n"
            let report = try await desk.sync(
                units: header + "new-a,new,department,A,A,A,A\nnew,ntnu,faculty,N,Ny,Ny,New\n")
            #expect(report.units == 2)
            #expect(try await desk.host.base.directory.freshChart().subtree(of: "new") == ["new", "new-a"])
            await #expect(throws: SyncRefused.self) {
                _ = try await desk.sync(units: header + "p,q,department,A,A,A,A\nq,p,department,A,A,A,A\n")
            }
        }
    }
}
