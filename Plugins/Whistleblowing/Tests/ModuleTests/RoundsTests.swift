import EventKit
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault
import WhistleblowingCore

@testable import WhistleblowingModule

@Suite struct RoundsTests {
    private func go(_ bed: Bed) async throws {
        bed.posted.forget()
        try await Rounds(
            host: bed.host, whistleblows: bed.whistleblows,
            anonymous: AnonymousGate(bed.host, perHour: 10, bytes: 1 << 20)
        ).go(at: bed.clock.now)
    }

    @Test(arguments: Engine.all)
    func `who may read a case is told once that there is something to look at, and nothing more`(engine: Engine)
        async throws
    {
        try await Bed.lay(engine) { bed in
            _ = try await bed.send(bed.report("Uten Vigdis", excluded: ["vigdis"]))
            try await go(bed)
            #expect(bed.posted.recipients == ["torstein"])
            #expect(bed.posted.notices.allSatisfy { $0.path == "/whistleblowing/cases" && $0.facts.isEmpty })
            // What stays of it for good.
            #expect(bed.posted.keys.count == 1 && bed.posted.keys.allSatisfy { !$0.contains("torstein") })
            try await go(bed)
            #expect(bed.posted.recipients.isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `administrators are told once a day that something without a name was turned away, and keepers are not`(
        engine: Engine
    ) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.database.write { tx in
                try Directory.put(
                    RoleGrant(
                        person: "kari", role: .administrator, unit: "trondheim", from: Timestamp(milliseconds: 0),
                        to: nil), in: tx)
            }
            let gate = AnonymousGate(bed.host, perHour: 1, bytes: 0)
            let rounds = Rounds(host: bed.host, whistleblows: bed.whistleblows, anonymous: gate)
            try gate.takeReport()
            try await rounds.go(at: bed.clock.now)
            #expect(bed.posted.recipients.isEmpty)
            #expect(throws: TooManyReports.self) { try gate.takeReport() }
            #expect(try await gate.room() == 0)
            try await rounds.go(at: bed.clock.now)
            #expect(bed.posted.recipients == ["kari"])
            let notice = try #require(bed.posted.notices.first)
            #expect(notice.template == AnonymousGate.alarm.template && notice.facts.isEmpty)
            // The job's key stays when the mail has gone: it does not say who was told.
            #expect(bed.posted.keys.count == 1 && !bed.posted.keys[0].contains("kari"))
            bed.posted.forget()
            try await rounds.go(at: bed.clock.now)
            #expect(bed.posted.recipients.isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `what the reporter writes is news again`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let stored = try await bed.sent(bed.report())
            try await go(bed)
            try await bed.perform(AnswerKeepers(text: "En ting til.", deadlines: Deadlines()), on: stored, by: nil)
            try await go(bed)
            #expect(bed.posted.recipients == ["vigdis"])
        }
    }

    @Test(arguments: Engine.all)
    func `a deadline that is close is reminded of, one that is far is not`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            _ = try await bed.send(bed.report())
            try await go(bed)
            bed.clock.advance(seconds: 5 * 86_400)
            try await go(bed)
            #expect(bed.posted.recipients.isEmpty)
            bed.clock.advance(seconds: 86_400)
            try await go(bed)
            #expect(bed.posted.recipients == ["vigdis"])
        }
    }

    @Test(arguments: Engine.all)
    func `a mail says the same of every case, in each language`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            _ = try await bed.send(bed.report("Kvernknurr"))
            try await go(bed)
            #expect(!"\(bed.posted.notices)".contains("Kvernknurr"))
            #expect(
                Rounds.mail(.nb).subject == "Noe å se på"
                    && Rounds.mail(.en).paragraphs == ["There is something to look at in Trivsel."])
        }
    }
}
