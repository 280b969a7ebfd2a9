import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault

@testable import DeviationsModule

/// What is kept of a case goes with it, whatever table it is in: a new table of the module fails here until it does.
@Suite struct EverythingGoesTests {
    private static let mark = "kvernknurr"

    /// Tables of the module in which no row is about a case.
    private static let apart: Set = [
        "deviations_category", "deviations_guideline", "deviations_central_measure", "deviations_template",
        "deviations_filter",
        "deviations_searched", "deviations_draft", "deviations_escalation", "deviations_count", "deviations_counted",
        "deviations_hse", "deviations_hse_count",
    ]

    /// A case with a row in every table that has rows about cases, but for what it gets when it leaves.
    private func fullCase(_ bed: DepartureBed) async throws -> String {
        var report = Sample.report("\(Self.mark) tittel")
        report.description = "\(Self.mark) tekst"
        report.ordinaryChannels = .notTried(reason: "\(Self.mark) grunn")
        report.onBehalf = OnBehalf(student: "kari", consent: "\(Self.mark) samtykke", repliesToStudent: true)
        let routing = Routing(exclusions: [Exclusion(.named, person: "dagny"), Exclusion(.named, name: Self.mark)])
        let id = try await bed.acts.receive(report, from: "arne", routing: routing, at: bed.clock.now).deviation.id
        func act(_ acts: any DeviationsCore.Act...) async throws {
            for act in acts { _ = try await bed.acts.perform(act, on: id, by: "hamid", at: bed.clock.now) }
        }
        try await act(
            AddNote(text: "\(Self.mark) notat"), ReplyToReporter(text: "\(Self.mark) svar"),
            AnswerTriage(answers: Sample.answers), SendToHandler(handler: "hamid"),
            RecordCause(
                whatHappened: "\(Self.mark) skjedde", why: "\(Self.mark) derfor", prevention: "\(Self.mark) hindres"),
            AddMeasure(
                id: "m1", action: "\(Self.mark) tiltak", cause: "\(Self.mark) årsak", owner: "arne",
                dueOn: "2027-02-01"), CompleteMeasure(measure: "m1", effect: "\(Self.mark) virket"),
            CloseDeviation(outcome: "\(Self.mark) utfall"),
            PublishSummary(text: "\(Self.mark) offentlig", english: "\(Self.mark) public", isAnonymous: true),
            ReopenDeviation(reason: "\(Self.mark) igjen"))
        let key = try #require(try await bed.cases.key(of: id))
        let stored = try #require(try await bed.load(id))
        let file = try await bed.vault.files.store(
            name: "\(Self.mark).pdf", type: "application/pdf", limit: 1 << 20, by: key,
            AsyncStream { stream in
                stream.yield(Array(Self.mark.utf8)[...])
                stream.finish()
            })
        let search = try await bed.cases.searchTokens()
        try await bed.database.write { [bed] tx in
            try DeviationStore.add(
                [PreparedFile(file: file, preview: nil)], toCase: stored.key, by: "kari", at: bed.clock.now,
                isPrivate: false, atMost: 5, bed.vault.files, in: tx)
            try DeviationStore.add(
                Consultation(
                    id: "q1", question: "\(Self.mark)?", extract: "\(Self.mark) utdrag", startedAt: bed.clock.now,
                    deadline: stored.deviation.dueOn, people: [Consultation.Consulted(person: "ingrid")]),
                toCase: stored.key, by: key, in: tx)
            let passage = "\(Self.mark) notat"
            _ = try DeviationStore.hide(
                passage, inCase: stored.key, by: key, search: search, bed.vault.files, in: tx)
            try DeviationStore.add(
                mask: "x1", of: passage, by: "hamid", at: bed.clock.now, toCase: stored.key, by: key, in: tx)
            for subject in [id, "m1"] {
                _ = try ReminderStore.mark(subject, clock: "limit", step: 1, at: bed.clock.now, in: tx)
            }
        }
        return id
    }

    private func counts(_ bed: DepartureBed) async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for table in DeviationsModule.manifest.tables where !Self.apart.contains(table) {
            counts[table] = try await bed.count(table)
        }
        return counts
    }

    /// Tables of which a row refers to a case, itself or by way of another.
    private func referring(_ bed: DepartureBed) async throws -> Set<String> {
        let links = try await bed.database.read { reader in
            try reader.query(
                reader.dialect == .sqlite
                    ? """
                    SELECT m.name, f."table" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
                    WHERE m.type = 'table'
                    """
                    : "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
            ) { ($0.text(0), $0.text(1)) }
        }
        var found: Set = ["deviations_case"]
        for _ in links { found.formUnion(links.filter { found.contains($0.1) }.map(\.0)) }
        return found
    }

    /// Every value of every table but the test's own, as hexadecimal digits.
    private func values(_ bed: DepartureBed) async throws -> [(place: String, hex: String)] {
        try await bed.database.read { reader in
            let isSQLite = reader.dialect == .sqlite
            let columns = try reader.query(
                isSQLite
                    ? """
                    SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c
                    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '%_test_taken'
                    """
                    : """
                    SELECT table_name, column_name, data_type FROM information_schema.columns
                    WHERE table_schema = 'public' AND table_name NOT LIKE '%_test_taken'
                    """
            ) { ($0.text(0), $0.text(1), $0.text(2)) }
            return try columns.flatMap { table, column, type -> [(place: String, hex: String)] in
                let hex =
                    isSQLite
                    ? "lower(hex(CAST(\"\(column)\" AS BLOB)))"
                    : type == "bytea"
                        ? "encode(\"\(column)\", 'hex')" : "encode(convert_to(\"\(column)\"::text, 'UTF8'), 'hex')"
                return try reader.query(
                    "SELECT \(raw: hex) FROM \"\(raw: table)\" WHERE \"\(raw: column)\" IS NOT NULL"
                ) {
                    (place: "\(table).\(column)", hex: $0.text(0))
                }
            }
        }
    }

    private func hex(_ text: String) -> String {
        text.utf8.hexadecimal
    }

    /// Nobody finds in the data what was written, and in the module's tables nobody who had to do with it.
    private func expectForgotten(_ bed: DepartureBed, but ids: [String], _ people: [String]) async throws {
        for (place, value) in try await values(bed) {
            #expect(!value.contains(hex(Self.mark)), "\(place)")
            let table = place.prefix { $0 != "." }
            guard place.hasPrefix("deviations_"), !Self.apart.contains(String(table)), !ids.contains(place) else {
                continue
            }
            for person in people { #expect(value != hex(person), "\(person) in \(place)") }
        }
    }

    @Test(arguments: Engine.all)
    func `after a re-registration no table has a row of the case, a word of it, or somebody of it`(engine: Engine)
        async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let before = try await counts(bed)
            let id = try await fullCase(bed)
            _ = try await bed.confirm(id)
            let full = try await counts(bed)
            for (table, count) in full where table != "deviations_farewell" {
                #expect(count > before[table] ?? 0, "\(table) has nothing of the case, or is no table of cases")
            }
            #expect(try await referring(bed).isSubset(of: full.keys))
            try await bed.take()
            try await bed.complete()
            var expected = before
            expected["deviations_case"]? += 1
            expected["deviations_farewell"]? += 1
            #expect(try await counts(bed) == expected)
            try await bed.vault.carryOutDestructions()
            try await expectForgotten(bed, but: [], ["kari", "arne", "hamid", "ingrid", "dagny", "IE", "grading"])
            #expect(try await bed.count("deviations_case", where: "reports = 1 AND exclusions = 0") == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `after a re-registration with a report that was part of the case, nothing of either is left`(engine: Engine)
        async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let before = try await counts(bed)
            let id = try await fullCase(bed)
            let other = try await bed.acts.receive(
                Sample.report("\(Self.mark) til"), from: "dagny", at: bed.clock.now
            ).deviation.id
            _ = try await bed.acts.perform(
                ReplyToReporter(text: "\(Self.mark) til deg"), on: other, by: "ingrid", at: bed.clock.now)
            let (key, ingrid) = (try await bed.cases.key(of: id), try await bed.viewer("ingrid"))
            let named = try await bed.acts.cases(named: other)
            let version = try #require(try await bed.load(id)).version
            _ = try await bed.database.write {
                try bed.acts.merge(named, into: id, key, by: ingrid, bed.visit(ingrid), ifVersion: version, in: $0)
            }
            _ = try await bed.confirm(id, DepartureBed.form([Field.along.rawValue: other]))
            try await bed.take()
            try await bed.complete()
            var expected = before
            expected["deviations_case"]? += 2
            expected["deviations_farewell"]? += 2
            #expect(try await counts(bed) == expected)
            try await bed.vault.carryOutDestructions()
            try await expectForgotten(
                bed, but: [], ["kari", "arne", "hamid", "ingrid", "dagny", "IE", "grading"])
        }
    }

    @Test(arguments: Engine.all)
    func `after a withdrawal whose handling stops, nothing is left but what is counted`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let before = try await counts(bed)
            let id = try await fullCase(bed)
            let (kari, ingrid) = (try await bed.viewer("kari"), try await bed.viewer("ingrid"))
            try await bed.withdrawals.withdraw(id, by: kari, bed.visit(kari))
            // At once: who it was, and who sent it for them.
            #expect(try await bed.load(id)?.deviation.onBehalf == nil)
            #expect(try await bed.count("deviations_behalf") == 0)
            for table in ["deviations_entry", "deviations_file"] {
                #expect(try await bed.count(table, where: "author IN ('kari')") == 0, "\(table)")
            }
            #expect(try await bed.count("deviations_entry", where: "kind = 'received' AND author <> ''") == 0)
            var form = FormData()
            form["goesOn"] = "no"
            let version = try #require(try await bed.load(id)).version
            let ready = try await bed.withdrawals.prepare(
                form, on: id, by: ingrid, bed.visit(ingrid), ifVersion: version)
            _ = try await bed.database.write { try ready?.carryOut($0) }
            var expected = before
            expected["deviations_case"]? += 1
            #expect(try await counts(bed) == expected)
            try await bed.vault.carryOutDestructions()
            try await expectForgotten(bed, but: ["deviations_case.handler"], ["kari", "arne", "dagny"])
        }
    }

    @Test(arguments: Engine.all)
    func `of what is parted, or goes on in other words, nothing stays that the first key has sealed`(engine: Engine)
        async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let id = try await fullCase(bed)
            let form = DepartureBed.form([
                "isCensurable": "part", "isDeviation": "yes", "keptTitle": "Annen tittel", "keptText": "Annen tekst",
                "whistleblowText": "Resten",
            ])
            _ = try await bed.confirm(id, form)
            try await bed.take()
            try await bed.complete()
            for table in [
                "deviations_file", "deviations_consultation", "deviations_consulted", "deviations_mask",
                "deviations_behalf", "deviations_summary", "deviations_leaving",
            ] {
                #expect(try await bed.count(table) == 0, "\(table)")
            }
            let left = try #require(try await bed.load(id)).deviation
            #expect(left.report.title == "Annen tittel" && left.excluded == ["dagny"] && left.rounds.count == 1)
            try await expectForgotten(bed, but: [], [])
        }
    }
}
