import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// The desk: the list of cases, and one of them with all that can be done with it.
struct DeskPages: Sendable {
    let host: HostServices
    let categories: CategoryList
    let acts: DeviationActs
    let prepared: PreparedActs
    let files: CaseFiles

    func mount(on pages: RouterGroup<AppContext>) {
        pages.get("") { request, context in try await desk(request, context) }
        pages.post("search") { request, context in try await search(request, context) }
        pages.get(":id") { request, context in
            try await one(try context.parameters.require("id"), request, context, sent: nil)
        }
        for form in CaseForm.allCases {
            pages.post(":id/\(form.rawValue)") { request, context in
                try await act(request, context, form.rawValue, form.right) {
                    (sent, deviation, candidates) throws(DeviationError) in
                    try form.act(sent, on: deviation, candidates, prepared.departures.way)
                }
            }
        }
        mountMerging(on: pages)
        pages.post(":id/measures/:measure/completion") { request, context in
            let measure = try context.parameters.require("measure")
            return try await act(request, context, "measures/\(measure)/completion", DeviationsRights.handle) {
                form, _, _ in
                CaseForm.completion(of: measure, form)
            }
        }
        pages.post(":id/measures/:measure/move") { request, context in
            let measure = try context.parameters.require("measure")
            return try await act(request, context, "measures/\(measure)/move", DeviationsRights.handle) {
                (form, deviation, candidates) throws(DeviationError) in
                try CaseForm.move(of: measure, form, on: deviation, candidates)
            }
        }
    }

    private func desk(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let text = DeskTexts[visit.language]
        guard visit.access.mayAnywhere(viewer, DeviationsRights.desk) else { return .seeOther("/deviations/mine") }
        let query = try await query(request, viewer)
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        let filter = try await acts.cases.prepared(query.filter(viewer, visit))
        let (list, saved, isLeaving) = try await host.database.read { reader in
            (
                try page(filter, query, viewer, visit, reader), try DeskStore.filters(of: viewer.person.id, in: reader),
                try request.taken.map { try DeviationStore.isLeaving($0, by: viewer.person.id, in: reader) } ?? false
            )
        }
        let cases = DeskList(
            page: try await acts.cases.opened(list), query: query, chosen: nil, parts: parts, viewer: viewer,
            saved: saved, notice: CaseView.told(request.taken, isLeaving: isLeaving, visit.language))
        let content: HTML = """
            <div class="split">\(cases.html)<main class="case" id="main"><div class="empty">\
            <h1>\(text.nothingChosen)</h1>\
            <p>\(text.nothingChosenHint)</p>\
            <p><a href="/deviations/consultations">\(CaseworkTexts[visit.language].consultations)</a></p></div></main></div>
            """
        return Page(text.title, density: .desk, section: "/deviations", content: content).response(visit)
    }

    /// Takes the form above the list, and leads to an address that does not say what was searched for.
    private func search(_ request: Request, _ context: AppContext) async throws -> Response {
        let viewer = try context.viewer
        let form = try await context.form(request)
        guard form.errors.isEmpty else { throw ModuleKit.Problem.invalid(try context.visit.language, form.errors) }
        var query = DeskQuery(form, viewer: viewer)
        let (person, last) = (viewer.person.id, query.search)
        query.search = query.text.isEmpty ? nil : try await acts.cases.remember(query.text, of: person)
        if query.text.isEmpty, let last { try await acts.cases.forget(search: last, of: person) }
        return .seeOther("/deviations\(query.address())")
    }

    /// The query of the address, with the words that do not stand in it.
    private func query(_ request: Request, _ viewer: Viewer) async throws -> DeskQuery {
        try await acts.cases.completed(DeskQuery(request, viewer: viewer), of: viewer.person.id)
    }

    private func page(
        _ filter: DeviationFilter, _ query: DeskQuery, _ viewer: Viewer, _ visit: Visit, _ reader: Reader
    ) throws -> DeviationPage {
        try DeviationStore.list(
            filter, scope: visit.scope(of: viewer, acts.cases), after: query.after.flatMap(acts.cases.numbers.shown),
            limit: 50, in: reader)
    }

    func one(
        _ id: String, _ request: Request, _ context: AppContext, sent: (path: String, form: FormData)?
    ) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let query = try await query(request, viewer)
        let taken = sent == nil ? request.taken : nil
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        let key = try await acts.cases.key(of: id)
        let filter = try await acts.cases.prepared(query.filter(viewer, visit))
        let found = try await host.database.read { reader -> Found? in
            guard let key, let stored = try DeviationStore.load(id, key: key, in: reader),
                visit.access.may(viewer, DeviationsRights.read, on: stored.deviation.accessObject)
            else { return nil }
            let entries = try DeviationStore.timeline(ofCase: stored.key, by: key, forReporter: false, in: reader)
            let consultations = try DeviationStore.consultations(ofCase: stored.key, by: key, in: reader)
            let masks = try DeviationStore.masks(ofCase: stored.key, in: reader)
            let reports =
                stored.deviation.hasOthers ? try DeviationStore.reports(mergedInto: stored.key, in: reader) : []
            let consulted = consultations.flatMap(\.people).map(\.person)
            let people = try Directory.people(
                Self.people(stored.deviation, entries, visit).union(
                    consulted + masks.map(\.by) + reports.map(\.reporter)), in: reader)
            let list = try page(filter, query, viewer, visit, reader)
            let files = try DeviationStore.files(
                ofCase: stored.key, by: key, forReporter: false, files.vault, in: reader)
            let templates = try TemplateStore.list(of: visit.access.chart.line(of: stored.deviation.unit), in: reader)
            let isSealed = try DeviationStore.leaving("case_id = \(stored.key)", in: reader)?.handover != nil
            return Found(
                stored: stored, entries: entries, files: files, people: people, consultations: consultations,
                masks: masks, reports: reports, list: list,
                isSealed: isSealed, templates: templates,
                saved: try DeskStore.filters(of: viewer.person.id, in: reader))
        }
        guard let found else { throw ModuleKit.Problem.notFound(visit.language) }
        // Whoever only reported it has a page of their own, without notes.
        guard visit.access.may(viewer, DeviationsRights.desk, on: found.stored.deviation.accessObject) else {
            return .seeOther("/deviations/mine/\(id)")
        }
        try await acts.cases.looked(at: found.stored.deviation, by: viewer, visit)
        let opened = try await acts.cases.opened(found.list)
        let likely = try await LikelyCases(cases: acts.cases)
            .find(like: found.stored, for: viewer, visit, in: host.database)
        let list = DeskList(page: opened, query: query, chosen: id, parts: parts, viewer: viewer, saved: found.saved)
        let view = CaseView(
            stored: found.stored, entries: found.entries, files: found.files, people: found.people,
            consultations: found.consultations, masks: found.masks,
            reports: try await acts.cases.opened(found.reports), list: list, viewer: viewer,
            taken: taken, templates: found.templates,
            sent: sent ?? found.form(from: request, acts.cases.numbers, visit),
            isSealed: found.isSealed, way: prepared.departures.way, likely: likely)
        return view.page.response(visit)
    }

    /// What one look at a case reads.
    private struct Found {
        let stored: StoredDeviation
        let entries: [TimelineEntry]
        let files: [CaseFile]
        let people: [String: Person]
        let consultations: [Consultation]
        let masks: [Mask]
        let reports: [MergedReport]
        /// The titles still sealed.
        let list: DeviationPage
        let isSealed: Bool
        let templates: [StoredTemplate]
        let saved: [String]

        /// A reply or a rejection with the template that was asked for, in the reporter's language.
        func form(from request: Request, _ numbers: CaseNumbers, _ visit: Visit) -> (path: String, form: FormData)? {
            guard let template = templates.first(where: { $0.id == request.template })?.template else { return nil }
            let language = people[stored.deviation.reporter]?.language ?? visit.language
            var form = FormData()
            let into = request.isIntoRejection ? CaseForm.rejection : .replies
            form[into == .rejection ? "reason" : "text"] = template.reply(
                on: stored, number: numbers[stored], language: language, now: visit.now)
            return (into.rawValue, form)
        }
    }

    /// Everybody whose name the page may show.
    private static func people(_ deviation: Deviation, _ entries: [TimelineEntry], _ visit: Visit) -> Set<String> {
        var ids: Set<String> = [deviation.reporter]
        ids.formUnion(entries.map(\.author))
        ids.formUnion(entries.compactMap(\.reference))
        ids.formUnion(deviation.measures.map(\.owner))
        ids.formUnion(deviation.excluded)
        if let behalf = deviation.onBehalf { ids.formUnion([behalf.student, behalf.submitter]) }
        ids.formUnion(Candidates(chart: visit.access.chart, now: visit.now).readers(of: deviation.unit))
        ids.formUnion(Candidates(chart: visit.access.chart, now: visit.now).owners(for: deviation))
        return ids
    }

    /// Does what a form asks for; on any error the case is shown again with the form as it was typed.
    private func act(
        _ request: Request, _ context: AppContext, _ path: String, _ right: Right,
        _ make: @escaping @Sendable (FormData, Deviation, Candidates) throws(DeviationError) -> any DeviationsCore.Act
    ) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let id = try context.parameters.require("id")
        var form = try await context.form(request, files: files.intake(id, by: viewer, visit, right))
        if form.errors.isEmpty {
            do {
                let key = try await acts.cases.key(of: id)
                let version = Int(form["version"]) ?? 0
                let ready = try await prepared.prepare(path, form, on: id, by: viewer, visit, ifVersion: version)
                let sent = try await files.prepared(form.files, by: key)
                let changed = try await host.database.write { [form] tx in
                    let changed =
                        try ready?.carryOut(tx)
                        ?? acts.perform(on: id, key, by: viewer, visit, right, ifVersion: version, in: tx) {
                            try make(form, $0, $1)
                        }
                    try files.add(
                        sent, to: changed, by: viewer.person.id, at: visit.now,
                        isPrivate: path == CaseForm.notes.rawValue, in: tx)
                    return changed
                }
                let query = DeskQuery(request, viewer: viewer).address(afterTaking: "\(id)/\(path)")
                // Whoever sends a case on to another faculty sees it no more.
                let isGone = changed.deviation.lockedTo != nil || changed.deviation.ending != nil
                let stays =
                    !isGone && visit.access.may(viewer, DeviationsRights.desk, on: changed.deviation.accessObject)
                return .seeOther("/deviations\(stays ? "/\(id)" : "")\(query)")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            } catch let error as CaseFileError {
                form.errors = [error.fieldError(visit.language, files.limits)]
            } catch DeviationStoreError.changedMeanwhile {
                form.errors = [FieldError("", ModuleKit.Problem.stale(visit.language).detail)]
            } catch is VaultAway {
                form.errors = [FieldError("", ReRegistrationTexts[visit.language].vaultAway)]
            }
        }
        return try await one(id, request, context, sent: (path, form))
    }
}

extension Request {
    /// Whether the template is to be the reason of a rejection.
    fileprivate var isIntoRejection: Bool {
        uri.queryParameters["into"].map(String.init) == CaseForm.rejection.rawValue
    }
    /// The template whose text is to stand in the form.
    fileprivate var template: String? { uri.queryParameters["template"].map(String.init) }
    /// The form that the page comes after, as `DeskQuery` wrote it.
    fileprivate var taken: String? { uri.queryParameters["done"].map(String.init) }
}
