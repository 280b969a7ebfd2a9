import EventKit
import Foundation
import Storage
import Testing
import TrivselTesting
import Vault
import WhistleblowingCore

@testable import WhistleblowingModule

@Suite struct WhistleblowsTests {
    @Test(arguments: Engine.all)
    func `an anonymous report is found by its code, and by no other`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let code = try await bed.send(bed.report())
            let found = try #require(try await bed.whistleblows.find(code))
            #expect(
                found.whistleblow.content.report.description == "Det skjer hver uke."
                    && found.whistleblow.content.reporter == nil)
            #expect(try await bed.whistleblows.find(ReceiptCode(random: [1, 2, 3, 4, 5, 6, 7, 8])) == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `a form sent twice is one case with one code, and with other words another case`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let first = try await bed.send(bed.report(), seed: "a form")
            let again = try await bed.send(bed.report(), seed: "a form")
            let changed = try await bed.send(bed.report("En annen tittel"), seed: "a form")
            #expect(first == again && first != changed)
            #expect(try await bed.all().count == 2)
        }
    }

    @Test(arguments: Engine.all)
    func `who reports by name finds the case again, and nobody else does`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let id = try await bed.whistleblows.receive(
                bed.report(), by: "kari", seed: "a form", now: bed.clock.now, today: bed.today)
            #expect(try await bed.whistleblows.reported(by: "kari").map(\.whistleblow.id) == [id])
            #expect(try await bed.whistleblows.reported(by: "vigdis").isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `steps are kept in order, and a stale one is refused`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let stored = try await bed.sent(bed.report())
            try await bed.perform(AskReporter(text: "Når?"), on: stored, by: "vigdis")
            try await bed.perform(AnswerKeepers(text: "I går.", deadlines: Deadlines()), on: stored, by: nil)
            #expect(try await bed.whistleblows.entries(of: stored).map(\.kind) == [.received, .asked, .answered])
            await #expect(throws: ChangedMeanwhile.self) {
                try await bed.whistleblows.perform(stored, by: "vigdis", on: bed.today, ifVersion: 1) { _ in
                    AddNote(text: "x")
                }
            }
            await #expect(throws: NoSuchCase.self) {
                try await bed.whistleblows.perform(stored, by: "kari", on: bed.today, isAllowed: { _ in false }) { _ in
                    AddNote(text: "x")
                }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a case is its campus's keeper's, and the institution's only when the campus has none who may`(engine: Engine)
        async throws
    {
        try await Bed.lay(engine) { bed in
            _ = try await bed.send(bed.report("Trondheim"))
            _ = try await bed.send(bed.report("Gjøvik", campus: "gjovik"))
            _ = try await bed.send(bed.report("Uten Vigdis", excluded: ["vigdis"]))
            _ = try await bed.send(bed.report("Om lederen", "Det er Vigdis Holmens skyld."))
            #expect(try await bed.listed("vigdis") == ["Trondheim"])
            #expect(Set(try await bed.listed("torstein")) == ["Gjøvik", "Uten Vigdis", "Om lederen"])
            #expect(try await bed.listed("kari").isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `who withdraws loses the case at once, and the next keeper has it as something new`(engine: Engine)
        async throws
    {
        try await Bed.lay(engine) { bed in
            let stored = try await bed.sent(bed.report())
            try await bed.whistleblows.seen(stored)
            try await bed.perform(
                Exclude(person: "vigdis", reason: "Kjenner dem.", remaining: ["torstein"]), on: stored, by: "vigdis")
            #expect(try await bed.listed("vigdis").isEmpty)
            #expect(try await bed.listed("torstein") == ["Trakassering på lab"])
            #expect(try await bed.all().map(\.news) == [.new])
        }
    }

    @Test(arguments: Engine.all)
    func `no word of a case, no category, person or code stands readable in the database`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let code = try await bed.send(bed.report("Kvernknurr", "Blåbærsyltetøy på tavla", excluded: ["vigdis"]))
            let id = try await bed.whistleblows.receive(
                bed.report("Kvernknurr"), by: "kari", seed: "f", now: bed.clock.now, today: bed.today)
            let stored = try #require(try await bed.whistleblows.find(id: id))
            try await bed.perform(AddNote(text: "Snirkelgang"), on: stored, by: "vigdis")
            let held = try await everything(in: bed.database)
            for word in ["kvernknurr", "blåbær", "snirkelgang", "harassment", code.digits, code.grouped] {
                #expect(!held.contains(word), "\(word)")
            }
            #expect(try await rows(bed.database).allSatisfy { !$0.contains("kari") && !$0.contains("vigdis") })
        }
    }

    @Test(arguments: Engine.all)
    func `a case is shredded on its day: rows and key are gone`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let stored = try await bed.sent(bed.report())
            try await bed.perform(Acknowledge(text: "Lest"), on: stored, by: "vigdis")
            try await bed.perform(Conclude(text: "Ferdig", deadlines: Deadlines()), on: stored, by: "vigdis")
            let day = try #require(try await bed.all().first?.whistleblow.deleteOn)
            try await bed.whistleblows.shred(on: day.adding(days: -1))
            #expect(try await bed.all().count == 1)
            try await bed.whistleblows.shred(on: day)
            #expect(try await bed.all().isEmpty)
            #expect(try await rows(bed.database).isEmpty)
            #expect(try await bed.vault.key(stored.key.id) == nil)
        }
    }

    /// Every value of this module's tables, as text.
    private func rows(_ database: Database) async throws -> [String] {
        try await database.read { reader in
            let cases = try reader.query(
                "SELECT id, campus, state, received_on, coalesce(code, ''), coalesce(reporter, ''), news, sealed FROM whistleblowing_case"
            ) { row in
                (0..<7).map { row.text($0) }.joined(separator: "|") + String(decoding: row.bytes(7), as: UTF8.self)
            }
            let entries = try reader.query("SELECT case_id, sealed FROM whistleblowing_entry") { row in
                row.text(0) + String(decoding: row.bytes(1), as: UTF8.self)
            }
            return cases + entries
        }
    }

    /// In lower case: all files of an SQLite database, or all rows of this module's tables.
    private func everything(in database: Database) async throws -> String {
        guard let path = database.url.filePath else { return try await rows(database).joined().lowercased() }
        let folder = URL(filePath: path).deletingLastPathComponent()
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self).lowercased() }.joined()
    }
}
