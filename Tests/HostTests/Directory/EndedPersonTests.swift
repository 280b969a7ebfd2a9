import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule
@testable import Host

/// Who has left is nowhere any more, and nothing of theirs is left lying.
@Suite struct EndedPersonTests {
    private func leave(_ person: String, _ host: HostHarness) async throws {
        host.clock.advance(seconds: 60)
        let now = host.clock.now
        let was = try await host.base.database.write { try Sessions.end(person: person, by: "sync", at: now, in: $0) }
        #expect(was)
    }

    @Test(arguments: Engine.all)
    func `sign-ins, tokens and roles end at once, and nobody can choose them`(_ engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let (browser, client) = (try await host.browser("hamid"), try await host.api("hamid"))
            #expect(try await browser.get("/deviations/\(id)").status == .ok)
            try await leave("hamid", host)
            #expect(try await browser.get("/me/tokens").status == .seeOther)
            #expect(try await client.get("/api/v1/deviations/\(id)").status == .unauthorized)
            let again = try await host.visitor().post("/sign-in", ["person": "hamid"], token: .none)
            #expect(again.status == .notFound)
            #expect(try await !host.visitor().get("/sign-in").text.contains("value=\"hamid\""))
            await #expect(throws: UnknownPerson.self) { _ = try await host.api("hamid") }
            let officer = try await host.api("ingrid")
            #expect(try await officer.post("/api/v1/deputies", #"{"deputy":"hamid"}"#).wrongFields == ["deputy"])
            let rows = try await host.base.database.read { reader in
                try ["host_session", "host_token"].map { table in
                    try reader.first("SELECT COUNT(*) FROM \(raw: table) WHERE person = 'hamid'") { $0.int(0) }
                }
            }
            #expect(rows == [0, 0])
        }
    }

    @Test(arguments: Engine.all)
    func `their open cases go on to the deputy, or back to who receives them`(_ engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let (one, other) = (try await host.assignedCase(), try await host.report(by: "ola", unit: "hf-isl"))
            let now = host.clock.now
            try await host.base.database.write { tx in
                try Directory.add(
                    Deputyship(id: "d", person: "hamid", deputy: "berit", from: now, to: nil), by: "hamid", at: now,
                    in: tx)
            }
            for person in ["hamid", "nils"] { try await leave(person, host) }
            try await host.openCases().passOn()
            #expect(try await host.api("berit").get("/api/v1/deviations/\(one)").text.contains(#""handler":"berit""#))
            let central = try await host.api("tone").get("/api/v1/deviations/\(other)")
            #expect(central.status == .ok && central.text.contains("taken-over"))
        }
    }

    @Test(arguments: Engine.all)
    func `a deputy who leaves stands in for nobody, and who comes back has no role`(_ engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let now = host.clock.now
            try await host.base.database.write { tx in
                try Directory.add(
                    Deputyship(id: "d", person: "ingrid", deputy: "berit", from: now, to: nil), by: "ingrid", at: now,
                    in: tx)
                try Directory.put(
                    RoleGrant(
                        person: "berit", role: .proRector, unit: "ntnu", from: now.adding(seconds: 86_400), to: nil),
                    in: tx)
            }
            try await leave("berit", host)
            func grants(at time: Timestamp) async throws -> [RoleGrant] {
                try await host.base.directory.freshChart().grants(of: "berit", at: time)
            }
            #expect(try await grants(at: host.clock.now).isEmpty)
            try await host.base.database.write { try Directory.revive(person: "berit", in: $0) }
            #expect(try await grants(at: host.clock.now.adding(seconds: 2 * 86_400)).isEmpty)
            #expect(try await host.browser("berit").get("/deputy").status == .forbidden)
            let past = try await host.base.database.read { try Directory.allGrants(of: "berit", in: $0) }
            #expect(past.allSatisfy { $0.to != nil } && past.count == 2)
        }
    }

    @Test(arguments: Engine.all)
    func `a user name and an external id are one person's, whatever their capitals`(_ engine: Engine) async throws {
        try await TestDatabase.with(engine, Directory.migrations) { database in
            func put(_ id: String, _ username: String?, _ external: String?) async throws {
                var person = ToyChart.person(id, at: nil)
                (person.username, person.externalID) = (username, external)
                try await database.write { [person] in try Directory.put(person, in: $0) }
            }
            try await put("a", "Kari@ntnu.test", "7")
            await #expect(throws: StorageError.self) { try await put("b", "kari@NTNU.test", nil) }
            await #expect(throws: StorageError.self) { try await put("b", nil, "7") }
            try await put("a", nil, nil)
            let found = try await database.read { reader in
                [
                    try Directory.person(username: "KARI@ntnu.test", in: reader),
                    try Directory.person(externalID: "7", in: reader),
                ]
            }
            #expect(found.map { $0?.id } == ["a", "a"] && found.first??.username == "Kari@ntnu.test")
        }
    }
}
