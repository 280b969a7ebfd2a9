import CalendarKit
import EventKit
import Storage
import Testing
import TrivselTesting
import Vault
import WhistleblowingContract
import WhistleblowingCore

@testable import WhistleblowingModule

@Suite struct HandOverTests {
    private func given(_ bed: Bed, origin: HandedOver.Origin = .deviation) -> HandedOver {
        HandedOver(
            origin: origin, campus: "trondheim", category: origin == .deviation ? "threats" : "",
            title: origin == .deviation ? "Trusler" : "",
            description: origin == .deviation ? "Han truet oss." : "", receivedOn: bed.today.adding(days: -40),
            reporter: "kari",
            excluded: ["vigdis"], steps: [HandedOver.Step(on: bed.today.adding(days: -40), text: "Mottatt")])
    }

    @Test(arguments: Engine.all)
    func `files come along and are read back as they were`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let outbox = try await bed.vault.outbox(from: "deviations", to: HandedOver.recipient)
            var given = given(bed)
            given.files = [
                HandedOver.File(name: "bilde.png", type: "image/png", size: 3),
                HandedOver.File(name: "b.pdf", type: "application/pdf", size: 0, isReporters: true),
            ]
            let payload = try given.payload(contents: [[1, 2, 3], []])
            _ = try await bed.database.write { try outbox.offer("hand-over-3", payload, in: $0) }
            try await take(bed)
            let stored = try #require(try await bed.all().first)
            let files = try await bed.whistleblows.entries(of: stored).flatMap(\.files)
            #expect(files.map(\.name) == ["bilde.png", "b.pdf"])
            let (_, content) = try #require(try await bed.whistleblows.file(files[0].id, of: stored) { _ in true })
            #expect(try await content.reduce(into: []) { $0 += $1 } == [1, 2, 3])
            // Only what the reporter has sent is in the dialogue.
            let own = try await bed.whistleblows.entries(of: stored).filter { !$0.kind.isPrivate }.flatMap(\.files)
            #expect(own.map(\.name) == ["b.pdf"])
        }
    }

    @Test(arguments: Engine.all)
    func `killed when the files are stored and the case is not, it is one case with them once`(engine: Engine)
        async throws
    {
        try await Bed.lay(engine) { bed in
            let outbox = try await bed.vault.outbox(from: "deviations", to: HandedOver.recipient)
            var given = given(bed)
            let picture = Browser.File.picture.bytes
            given.files = [HandedOver.File(name: "bilde.gif", type: "image/gif", size: picture.count)]
            let payload = try given.payload(contents: [picture])
            _ = try await bed.database.write { try outbox.offer("hand-over-4", payload, in: $0) }
            func rename(_ from: String, _ to: String) async throws {
                _ = try await bed.database.write { try $0.execute("ALTER TABLE \(raw: from) RENAME TO \(raw: to)") }
            }
            // Its transaction fails, as it does when the process ends there.
            try await rename("whistleblowing_entry", "whistleblowing_away")
            try await take(bed)
            try await rename("whistleblowing_away", "whistleblowing_entry")
            #expect(try await bed.all().isEmpty)
            try await take(bed)
            try await take(bed)
            let stored = try await bed.all()
            #expect(stored.count == 1)
            let file = try #require(try await bed.whistleblows.entries(of: stored[0]).flatMap(\.files).first)
            let (_, preview) = try #require(
                try await bed.whistleblows.file(file.id, preview: true, of: stored[0]) { _ in true })
            // Made anew: it is a WebP picture.
            #expect(try await preview.reduce(into: []) { $0 += $1 }.starts(with: "RIFF".utf8))
            // What was stored for nothing is sealed by a key that nobody uses, and goes with all that is loose.
            try await bed.vault.files.removeLoose(before: Timestamp(milliseconds: .max))
            let left = try await bed.database.read { try $0.query("SELECT id FROM vault_file") { $0.text(0) } }
            #expect(Set(left) == Set([file.id, file.preview].compactMap(\.self)))
        }
    }

    /// Lets everything that waits be taken.
    private func take(_ bed: Bed) async throws {
        try await bed.whistleblows.inbox(bed.clock.clock) { Oslo.date(at: $0) }.handleAll()
    }

    @Test(arguments: Engine.all)
    func `a hand-over becomes exactly one case, also when it is offered again`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let outbox = try await bed.vault.outbox(from: "deviations", to: HandedOver.recipient)
            let payload = try given(bed).payload()
            for _ in 0..<3 {
                _ = try await bed.database.write { try outbox.offer("hand-over-1", payload, in: $0) }
                try await take(bed)
                try await outbox.completions { _, _ in }.handleAll()
            }
            let cases = try await bed.all()
            #expect(cases.map(\.whistleblow.content.report.title) == ["Trusler"])
            #expect(try await bed.listed("torstein") == ["Trusler"])
            #expect(try await bed.listed("vigdis").isEmpty)
            #expect(try await bed.whistleblows.reported(by: "kari").count == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `an escalated deviation comes with dates and steps only, for keepers to read`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let outbox = try await bed.vault.outbox(from: "deviations", to: HandedOver.recipient)
            let payload = try given(bed, origin: .escalation).payload()
            _ = try await bed.database.write { try outbox.offer("hand-over-2", payload, in: $0) }
            try await take(bed)
            let stored = try #require(try await bed.all().first)
            let entries = try await bed.whistleblows.entries(of: stored)
            #expect(
                stored.whistleblow.content.origin == .escalation
                    && stored.whistleblow.content.report.category == .notFollowedUp)
            #expect(entries.map(\.text) == ["Mottatt", ""] && entries[0].kind.isPrivate)
        }
    }
}
