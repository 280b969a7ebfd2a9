import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Vault

/// All that the module holds about a person, for themselves: their reports as they read them on their own page, and what their roles have
/// left. What was re-registered is not in it: a copy lies about, and its answer is read on a page that leaves no trace.
struct OwnData: Sendable {
    let database: Database
    let cases: CaseVault
    let files: CaseFiles
    let categories: CategoryList

    func sections(of viewer: Viewer, for visit: Visit) async throws -> [PersonalSection] {
        let labels = OwnDataLabels(chart: visit.access.chart, categories: try await categories.read(now: visit.now).all)
        func texts(_ word: (OwnDataTexts) -> String) -> Translated { Translated { word(OwnDataTexts[$0]) } }
        return [
            PersonalSection(
                "deviations.reports", title: texts(\.reports),
                note: texts(\.reportsNote),
                rows: try await reports(viewer.person.id, labels)),
            PersonalSection(
                "deviations.measures", title: texts(\.measures),
                rows: try await cases.measures(ownedBy: viewer.person.id).map { labels.measure($0) }),
            PersonalSection(
                "deviations.consultations", title: texts(\.consultations),
                note: texts(\.consultationsNote), rows: try await consultations(viewer, labels)),
            PersonalSection(
                "deviations.desk", title: texts(\.desk), rows: try await desk(viewer.person.id)),
        ].filter { !$0.rows.isEmpty || $0.code == "deviations.reports" }
    }

    // Reports

    private func reports(_ person: String, _ labels: OwnDataLabels) async throws -> [PersonalRow] {
        var filter = DeviationFilter()
        filter.reporter = person
        var rows: [PersonalRow] = []
        var cursor: ListCursor?
        repeat {
            let page = try await database.read { [filter, cursor] in
                try DeviationStore.list(
                    filter, scope: Scope(person: person), order: .newest, after: cursor, limit: 200, in: $0)
            }
            for row in page.rows { try await report(row.id, of: person, labels).map { rows.append($0) } }
            cursor = page.next
        } while cursor != nil
        return rows
    }

    private func report(_ id: String, of person: String, _ labels: OwnDataLabels) async throws -> PersonalRow? {
        guard let key = try await cases.key(of: id) else { return nil }
        let seen = try await database.read { reader -> (StoredDeviation, [TimelineEntry], [CaseFile])? in
            guard let stored = try DeviationStore.load(id, key: key, in: reader), stored.deviation.reporter == person
            else { return nil }
            return (
                stored, try DeviationStore.timeline(ofCase: stored.key, by: key, forReporter: true, in: reader),
                try DeviationStore.files(ofCase: stored.key, by: key, forReporter: true, files.vault, in: reader)
            )
        }
        guard let (stored, steps, sent) = seen else { return nil }
        let history = try await cases.history(of: stored, own: steps)
        let looks = try await database.read { try SeenBy.all(of: stored, steps: steps, labels.chart, in: $0) }
        let shared = try await files.shared(with: stored)
        let contents = (sent.map { ($0, key) } + shared.map { ($0.file, $0.key) }).map { file, key in
            PersonalFile(file.file, files.vault.content(of: file.file, by: key))
        }
        return PersonalRow(
            labels.report(stored, number: cases.numbers[stored]), files: contents,
            parts: [
                PersonalSection(
                    "deviations.history", title: Translated { CaseTexts[$0].history },
                    rows: history.map { labels.step($0, reader: person) }),
                PersonalSection(
                    "deviations.seen", title: Translated { SeenTexts[$0].title }, rows: looks.map(labels.seen)),
            ], path: "/deviations/mine/\(id)")
    }

    // What roles leave

    private func consultations(_ viewer: Viewer, _ labels: OwnDataLabels) async throws -> [PersonalRow] {
        let person = viewer.person.id
        let asked = try await database.read { [cases] in
            try DeviationStore.askings(of: person, token: cases.token(of: person), in: $0)
        }
        return asked.map(labels.consultation)
    }

    private func desk(_ person: String) async throws -> [PersonalRow] {
        let filters = try await database.read { try DeskStore.filters(of: person, in: $0) }
        let filter = Translated { OwnDataTexts[$0].filter }
        let searched = Translated { OwnDataTexts[$0].searched }
        return filters.map { PersonalRow([PersonalField("filter", filter, .text($0))]) }
            + (try await cases.words(of: person)).map { PersonalRow([PersonalField("searched", searched, .text($0))]) }
    }
}

/// What a case's values are called, in all languages.
struct OwnDataLabels: Sendable {
    let chart: OrganisationChart
    let categories: [String: Translated]

    private func word(_ word: (CaseTexts) -> String) -> Translated { Translated { word(CaseTexts[$0]) } }
    private func more(_ word: (OwnDataTexts) -> String) -> Translated { Translated { word(OwnDataTexts[$0]) } }

    private func plain(_ text: String) -> Translated { Translated(nb: text, nn: text, en: text) }

    func report(_ stored: StoredDeviation, number: CaseNumber) -> [PersonalField] {
        let (deviation, report) = (stored.deviation, stored.deviation.report)
        let fields: [PersonalField?] = [
            PersonalField("number", more(\.number), .text(number.description)),
            PersonalField("title", more(\.title), .text(report.title)),
            PersonalField("received", word(\.received), .time(deviation.receivedAt)),
            PersonalField(
                "status", more(\.status),
                .code(
                    deviation.status.rawValue,
                    Translated { CaseTexts[$0].status[deviation.status] ?? deviation.status.rawValue })),
            PersonalField("description", word(\.report), .text(report.description)),
            unit("reportedUnit", more(\.reportedUnit), report.unit), unit("unit", word(\.unit), deviation.unit),
            PersonalField(
                "campus", word(\.campus),
                .code(report.campus, chart.campus(report.campus)?.names ?? plain(report.campus))),
            PersonalField(
                "category", word(\.category),
                .code(report.category, categories[report.category] ?? plain(report.category))),
            PersonalField(
                "environment", word(\.environment),
                .code(
                    report.environment.rawValue,
                    Translated { ReportTexts[$0].environments[report.environment]?.name ?? "" })),
            report.occurredOn.map { PersonalField("occurred", word(\.occurred), .date($0)) },
            report.threshold.map { threshold in
                PersonalField(
                    "threshold", more(\.threshold),
                    .code(threshold.rawValue, Translated { ReportTexts[$0].thresholds[threshold] ?? "" }))
            },
            PersonalField("due", word(\.deadline), .date(deviation.dueOn)),
            deviation.expectedOn.map { PersonalField("expected", word(\.expected), .date($0)) },
            deviation.endedAt.map { PersonalField("ended", more(\.ended), .time($0)) },
            PersonalField("outcome", more(\.outcome), text: deviation.outcome),
        ]
        return fields.compactMap(\.self) + channels(report.ordinaryChannels) + behalf(deviation.onBehalf)
    }

    private func unit(_ code: String, _ label: Translated, _ id: String) -> PersonalField {
        PersonalField(code, label, .code(id, chart.unit(id)?.names ?? plain(id)))
    }

    private func channels(_ channels: OrdinaryChannels) -> [PersonalField] {
        switch channels {
        case .notTried(let reason): [PersonalField("notTried", word(\.channelsNotTried), .text(reason))]
        case .tried(let which, let when):
            which.map { channel in
                PersonalField(
                    "channel", word(\.channelsTried),
                    .code(channel.rawValue, Translated { ReportTexts[$0].channelNames[channel] ?? "" }))
            } + [PersonalField("when", more(\.when), .text(when))]
        }
    }

    private func behalf(_ behalf: OnBehalf?) -> [PersonalField] {
        guard let behalf else { return [] }
        return [
            PersonalField("behalfStudent", more(\.behalfStudent), .text(behalf.student)),
            PersonalField("behalfSubmitter", more(\.behalfSubmitter), .text(behalf.submitter)),
            PersonalField("behalfConsent", more(\.behalfConsent), .text(behalf.consent)),
        ]
    }

    /// The reporter meets the institution, not a person by name.
    func step(_ entry: TimelineEntry, reader: String) -> PersonalRow {
        let reference = entry.kind == .forwarded ? entry.reference.flatMap { chart.unit($0)?.names } : nil
        let title = Translated { language in
            entry.kind == .assigned
                ? CaseTexts[language].hasHandler
                : CaseTexts[language].steps[entry.kind]?(reference?[language] ?? "") ?? entry.kind.rawValue
        }
        let author = Translated {
            entry.author == reader ? CaseTexts[$0].me : CaseTexts[$0].staff
        }
        let fields: [PersonalField?] = [
            PersonalField("step", more(\.step), .code(entry.kind.rawValue, title)),
            PersonalField("at", more(\.at), .time(entry.at)),
            PersonalField("by", word(\.by), .code(entry.author == reader ? "you" : "staff", author)),
            entry.date.map { PersonalField("date", word(\.deadline), .date($0)) },
            PersonalField("text", more(\.text), text: entry.text),
        ]
        return PersonalRow(fields.compactMap(\.self))
    }

    func seen(_ seen: SeenBy) -> PersonalRow {
        let by = PersonalField(
            "by", Translated { SeenTexts[$0].by },
            .code(seen.place.rawValue, Translated { SeenTexts[$0].places[seen.place] ?? seen.place.rawValue }))
        let fields = [PersonalField("day", Translated { SeenTexts[$0].day }, .date(seen.day)), by]
        return PersonalRow(fields + [seen.unit.map { unit("unit", word(\.unit), $0) }].compactMap(\.self))
    }

    func measure(_ own: OwnMeasure) -> PersonalRow {
        let measure = own.measure
        let fields: [PersonalField?] = [
            PersonalField("action", more(\.text), .text(measure.action)),
            PersonalField("due", word(\.deadline), .date(measure.dueOn)), unit("unit", word(\.unit), own.unit),
            measure.completedAt.map { PersonalField("completed", word(\.measureDone), .time($0)) },
        ]
        return PersonalRow(fields.compactMap(\.self), path: "/deviations/measures")
    }

    func consultation(_ asking: DeviationStore.Asking) -> PersonalRow {
        let fields: [PersonalField?] = [
            PersonalField("asked", more(\.asked), .time(asking.startedAt)),
            PersonalField("due", word(\.deadline), .date(asking.deadline)),
            asking.isImpartial.map {
                PersonalField(
                    "impartial", more(\.impartial), .code($0 ? "yes" : "no", $0 ? more(\.yes) : more(\.no)))
            },
            asking.answeredAt.map { PersonalField("answered", more(\.answered), .time($0)) },
        ]
        return PersonalRow(fields.compactMap(\.self))
    }
}
