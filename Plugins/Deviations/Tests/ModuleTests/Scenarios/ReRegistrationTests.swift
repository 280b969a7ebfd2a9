import CalendarKit
import DeviationsContract
import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault
import WhistleblowingContract

@testable import DeviationsModule

/// Reports that turn out to be whistleblows.
@Suite struct ReRegistrationTests {
    /// Exactly one case on the other side, and here only number, dates and outcome.
    private func expectGone(_ id: String, _ bed: DepartureBed, sourceLocation: SourceLocation = #_sourceLocation)
        async throws
    {
        #expect(try await bed.taken().map(\.description) == [DepartureBed.story], sourceLocation: sourceLocation)
        #expect(try await bed.load(id) == nil, sourceLocation: sourceLocation)
        #expect(try await bed.row(id) == [], sourceLocation: sourceLocation)
        #expect(
            try await bed.count("deviations_case", where: "ending = 'outside-scope' AND status = 'rejected'") == 1,
            sourceLocation: sourceLocation)
        for table in [
            "deviations_entry", "deviations_measure", "deviations_leaving", "vault_handover", "vault_handover_part",
            "deviations_search",
        ] {
            #expect(try await bed.count(table) == 0, "\(table)", sourceLocation: sourceLocation)
        }
        try await bed.vault.carryOutDestructions()
        #expect(try await bed.count("vault_destroy", where: "is_done = 0") == 0, sourceLocation: sourceLocation)
    }

    @Test(arguments: Engine.all)
    func `what has been taken leaves number, dates and outcome, and the reporter a reason`(engine: Engine) async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            let stored = try #require(try await bed.load(id))
            _ = try await bed.acts.perform(AddNote(text: "Ringte melderen"), on: id, by: "ingrid", at: Sample.now)
            _ = try await bed.confirm(id)
            #expect(try await bed.take() == 1)
            #expect(try await bed.complete() == 1)
            try await expectGone(id, bed)
            let given = try #require(try await bed.taken().first)
            #expect(given.reporter == "kari" && given.title == "Tafsing i forelesning")
            #expect(given.steps.contains { $0.text.contains("Ringte melderen") })
            #expect(given.steps.contains { $0.text.contains("Læreren er problemet.") })
            let farewells = try await bed.departures.farewells(of: try await bed.viewer("kari"))
            #expect(farewells.map(\.farewell.reason) == ["Dette er et varsel, ikke et avvik."])
            #expect(farewells.map(\.farewell.number) == [bed.cases.numbers[stored].description])
            #expect(bed.notices.map(\.recipient) == ["kari"] && bed.notices.map(\.template) == ["rejected"])
        }
    }

    @Test(arguments: Engine.all)
    func `until it is taken the deviation is unchanged, and only its officer and its reporter see it`(engine: Engine)
        async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            let before = try #require(try await bed.load(id))
            _ = try await bed.confirm(id)
            var after = try #require(try await bed.load(id))
            #expect(after.deviation.lockedTo == "ingrid")
            after.deviation.lockedTo = nil
            #expect(after == before)
            for (person, sees) in [
                ("ingrid", true), ("arne", false), ("dagny", false), ("hamid", false), ("kari", true),
            ] {
                let viewer = try await bed.viewer(person)
                let visit = bed.visit(viewer)
                let locked = try #require(try await bed.load(id)).deviation
                #expect(visit.access.may(viewer, DeviationsRights.read, on: locked.accessObject) == sees, "\(person)")
                let scope = visit.scope(of: viewer, bed.cases)
                #expect(scope.contains(locked) == sees, "\(person)")
                let rows = try await bed.database.read { try DeviationStore.list(scope: scope, in: $0).rows.count }
                #expect(rows == (sees ? 1 : 0), "\(person)")
            }
            #expect(try await bed.confirm(id, by: "arne") == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `confirmed again and again, it is one case`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            for _ in 0..<3 { #expect(try await bed.confirm(id) != nil) }
            try await bed.take()
            _ = try await bed.confirm(id)
            try await bed.take()
            try await bed.complete()
            #expect(try await bed.confirm(id) == nil)
            try await bed.take()
            try await expectGone(id, bed)
        }
    }

    @Test(arguments: Engine.all)
    func `killed at any point, it is one case and leaves nothing`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            let viewer = try await bed.viewer("ingrid")
            // Before the transaction: nothing has happened.
            _ = try await bed.departures.prepare(
                DepartureBed.form(), on: id, by: viewer, bed.visit(viewer), ifVersion: 1)
            try await bed.restart()
            #expect(try await bed.count("vault_handover") == 0)
            // In it.
            let ready = try await bed.departures.prepare(
                DepartureBed.form(), on: id, by: viewer, bed.visit(viewer), ifVersion: 1)
            await #expect(throws: Killed.self) {
                try await bed.database.write { tx in
                    _ = try ready?.carryOut(tx)
                    throw Killed()
                }
            }
            #expect(try await bed.load(id)?.deviation.lockedTo == nil)
            #expect(try await bed.count("vault_handover") == 0)
            // After it, while it is being taken, after it was taken, and while it is being emptied.
            _ = try await bed.confirm(id)
            try await bed.restart()
            #expect(try await bed.take(failing: true) == 0)
            try await bed.restart()
            let isThere = try await bed.load(id) != nil
            #expect(try await bed.taken().isEmpty)
            #expect(isThere)
            #expect(try await bed.take() == 1)
            try await bed.restart()
            #expect(try await bed.complete(failing: true) == 0)
            #expect(try await bed.load(id)?.deviation.lockedTo == "ingrid")
            try await bed.restart()
            #expect(try await bed.take() == 0)
            #expect(try await bed.complete() == 1)
            // Before the key is gone for good.
            try await bed.restart()
            try await expectGone(id, bed)
        }
    }

    @Test(arguments: Engine.all)
    func `what has not been taken can be called back, what has been cannot`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            let before = try await bed.load(id)
            _ = try await bed.confirm(id)
            _ = try await bed.confirm(id, DepartureBed.form(["callBack": "yes"]))
            #expect(try await bed.load(id) == before)
            #expect(try await bed.take() == 0)
            #expect(try await bed.count("deviations_leaving") == 0)
            _ = try await bed.confirm(id)
            try await bed.take()
            await #expect(throws: DeviationError.takenAlready) {
                try await bed.confirm(id, DepartureBed.form(["callBack": "yes"]))
            }
            try await bed.complete()
            try await expectGone(id, bed)
        }
    }

    @Test(arguments: Engine.all)
    func
        `given the vault is unreachable, when re-registration is confirmed, then the deviation is unchanged and locked to the intake officer; retrying creates exactly one case`(
            engine: Engine
        ) async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            let cases = bed.cases
            let before = try #require(try await bed.load(id))
            let viewer = try await bed.viewer("ingrid")
            let departures = ReRegistrations(host: bed.host, cases: cases, farewellDays: 90)
            _ = try await cases.key(of: id)
            await bed.vault.close()
            await #expect(throws: VaultAway.self) {
                try await departures.prepare(
                    DepartureBed.form(), on: id, by: viewer, bed.visit(viewer), ifVersion: before.version)
            }
            try await bed.restart()
            var locked = try #require(try await bed.load(id))
            #expect(locked.deviation.lockedTo == "ingrid")
            locked.deviation.lockedTo = nil
            #expect(locked == before)
            #expect(try await bed.count("event_log") == 1)
            for _ in 0..<2 { _ = try await bed.confirm(id) }
            try await bed.take()
            try await bed.complete()
            try await expectGone(id, bed)
        }
    }

    @Test(arguments: Engine.all)
    func `its events are those of an ordinary rejection, with the same fields`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            _ = try await bed.confirm(id)
            try await bed.take()
            try await bed.complete()
            let other = try await bed.acts.receive(Sample.report(), from: "kari", at: Sample.now).deviation.id
            let answers = Triage(isDeviation: false, holdsSensitiveData: true, isCensurable: false)
            _ = try await bed.acts.perform(
                RejectReport(reason: "Gjelder bolig", answers: answers), on: other, by: "ingrid", at: Sample.now)
            let events = try await bed.events(4)
            func shape(_ subject: String) -> [String] {
                events.filter { $0.event.subject == subject }.map {
                    "\($0.event.type) \($0.event.data)".replacing(subject, with: "ID")
                }
            }
            #expect(shape(id) == shape(other))
        }
    }

    @Test(arguments: Engine.all)
    func `a copy of the data from before opens nothing once the key is gone`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            let key = try #require(try await bed.cases.key(of: id))
            let sealed = try await bed.database.read {
                try $0.first("SELECT title FROM deviations_case WHERE uid = \(id)") { $0.bytes(0) }
            }
            _ = try await bed.confirm(id)
            try await bed.take()
            try await bed.complete()
            try await bed.vault.carryOutDestructions()
            try await bed.restart()
            // The title is as it was in the copy; nobody has what opens it.
            #expect(sealed?.isEmpty == false)
            #expect(try await bed.vault.key(key.id) == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `a report that holds both is parted, and neither side holds the other's`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report("Sensur og tafsing")
            _ = try await bed.acts.perform(AddNote(text: "Han heter Rune"), on: id, by: "ingrid", at: Sample.now)
            _ = try await bed.acts.perform(
                ReplyToReporter(text: "Vi ser på sensuren"), on: id, by: "ingrid", at: Sample.now)
            let old = try #require(try await bed.cases.key(of: id))
            var form = DepartureBed.form([
                "isCensurable": "part", "isDeviation": "yes", "keptTitle": "Sensuren er sen",
                "keptText": "Sensuren kom etter seks uker.", "whistleblowText": "Foreleseren tar på meg.",
            ])
            form["keptSteps"] = "2"
            _ = try await bed.confirm(id, form)
            #expect(try await bed.load(id)?.deviation.report.title == "Sensur og tafsing")
            try await bed.take()
            try await bed.complete()
            let left = try #require(try await bed.load(id))
            #expect(left.deviation.report.title == "Sensuren er sen" && left.deviation.lockedTo == nil)
            #expect(left.deviation.report.description == "Sensuren kom etter seks uker.")
            #expect(left.deviation.triage == Triage(isDeviation: true, holdsSensitiveData: true, isCensurable: false))
            let key = try #require(try await bed.cases.key(of: id))
            let entries = try await bed.database.read {
                try DeviationStore.timeline(ofCase: left.key, by: key, forReporter: false, in: $0)
            }
            #expect(entries.map(\.kind) == [.received, .replied, .triaged])
            #expect(entries.map(\.text) == ["", "Vi ser på sensuren", ""])
            try await bed.vault.carryOutDestructions()
            #expect(try await bed.vault.key(old.id) == nil)
            var filter = DeviationFilter()
            for (word, hits) in [("tafsing", 0), ("sensuren", 1), ("berører", 0)] {
                filter.search(word)
                let ready = try await bed.cases.prepared(filter)
                let rows = try await bed.database.read {
                    try DeviationStore.list(ready, scope: Scope(all: true, person: "x"), in: $0).rows
                }
                #expect(rows.count == hits, "\(word)")
            }
            let given = try #require(try await bed.taken().first)
            #expect(given.description == "Foreleseren tar på meg.")
            let farewells = try await bed.departures.farewells(of: try await bed.viewer("kari"))
            #expect(farewells.map(\.farewell.isPart) == [true])
        }
    }

    @Test(arguments: Engine.all)
    func `a farewell goes when its time is over`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            _ = try await bed.confirm(id)
            try await bed.take()
            try await bed.complete()
            try await bed.departures.removeDue(at: Sample.now.adding(seconds: 89 * 86_400))
            #expect(try await bed.count("deviations_farewell") == 1)
            try await bed.departures.removeDue(at: Sample.now.adding(seconds: 91 * 86_400))
            #expect(try await bed.count("deviations_farewell") == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `a report that nobody has gone on with for three days is forgotten, key and all`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let files = CaseFiles(bed.host, bed.cases)
            let rounds = WaitingRounds(reRegistrations: bed.departures)
            let (old, touched) = (Identifier.make(at: bed.clock.now), Identifier.make(at: bed.clock.now))
            let key = try #require(try await files.draftKey(old, of: "kari", at: bed.clock.now))
            let other = try #require(try await files.draftKey(touched, of: "kari", at: bed.clock.now))
            bed.clock.advance(seconds: 2 * 86_400)
            #expect(try await files.draftKey(touched, of: "kari", at: bed.clock.now)?.id == other.id)
            try await rounds.look()
            #expect(try await bed.count("deviations_draft") == 2)
            bed.clock.advance(seconds: 86_400 + 1)
            try await rounds.look()
            #expect(try await bed.count("deviations_draft") == 1)
            #expect(try await bed.vault.key(key.id) == nil)
            #expect(try await bed.vault.key(other.id) != nil)
            // Nobody else's is gone on with, or forgotten.
            #expect(try await files.draftKey(touched, of: "ola", at: bed.clock.now) == nil)
            try await files.drop(draft: touched, of: "ola")
            #expect(try await bed.count("deviations_draft") == 1)
            try await files.drop(draft: touched, of: "kari")
            #expect(try await bed.count("deviations_draft") == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `administrators are told when reports of people who are not signed in were turned away`(engine: Engine)
        async throws
    {
        try await DepartureBed.lay(engine) { bed in
            try await bed.database.write { tx in
                try Directory.put(
                    RoleGrant(
                        person: "dagny", role: .administrator, unit: "ntnu", from: Timestamp(milliseconds: 0), to: nil),
                    in: tx)
            }
            let gate = InflowGate(clock: bed.clock.clock, perHour: 1)
            let rounds = WaitingRounds(reRegistrations: bed.departures, inflow: gate)
            try gate.take()
            try await rounds.look()
            #expect(bed.notices.isEmpty)
            #expect(throws: TooManyReports.self) { try gate.take() }
            try await rounds.look()
            let notice = try #require(bed.notices.first)
            #expect(bed.notices.map(\.recipient) == ["dagny"] && notice.facts.isEmpty)
            let notices = DeviationNotices(
                directory: bed.directory, clock: bed.clock.clock, numbers: bed.cases.numbers, way: .oneStep,
                token: { $0 })
            for language in Language.allCases {
                let mail = try #require(notices.mail(for: notice, language: language))
                #expect(mail.paragraphs.joined().contains("deviations.signedOutPerHour"))
            }
        }
    }
}
