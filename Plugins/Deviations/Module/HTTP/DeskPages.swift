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

    func mount(on pages: RouterGroup<AppContext>) {
        pages.get("") { request, context in try await desk(request, context) }
        pages.get(":id") { request, context in
            try await one(try context.parameters.require("id"), request, context, sent: nil)
        }
        for form in CaseForm.allCases {
            pages.post(":id/\(form.rawValue)") { request, context in
                try await act(request, context, form.rawValue, form.right) {
                    (sent, deviation, candidates) throws(DeviationError) in
                    try form.act(sent, on: deviation, candidates)
                }
            }
        }
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
        let query = DeskQuery(request, viewer: viewer)
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        let list = try await host.database.read { try loadList(query, chosen: nil, parts, viewer, $0) }
        let content: HTML = """
            <div class="split">\(list.html)<main class="case" id="main">\(CaseView.told(request.taken, text))<div \
            class="empty"><h1>\(text.nothingChosen)</h1>\
            <p>\(text.nothingChosenHint)</p></div></main></div>
            """
        return Page(text.title, density: .desk, section: "/deviations", content: content).response(visit)
    }

    private func loadList(
        _ query: DeskQuery, chosen: String?, _ parts: CaseParts, _ viewer: Viewer, _ reader: Reader
    ) throws -> DeskList {
        let visit = parts.visit
        let page = try DeviationStore.list(
            query.filter(viewer, visit), scope: visit.scope(of: viewer), after: query.after, limit: 50, in: reader)
        return DeskList(page: page, query: query, chosen: chosen, parts: parts, viewer: viewer)
    }

    private func one(
        _ id: String, _ request: Request, _ context: AppContext, sent: (path: String, form: FormData)?
    ) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let query = DeskQuery(request, viewer: viewer)
        let taken = sent == nil ? request.taken : nil
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        let view: CaseView? = try await host.database.read { reader in
            guard let stored = try DeviationStore.load(id, in: reader),
                visit.access.may(viewer, DeviationsRights.read, on: stored.deviation.accessObject)
            else { return nil }
            let entries = try DeviationStore.timeline(ofCase: stored.key, forReporter: false, in: reader)
            let list = try loadList(query, chosen: id, parts, viewer, reader)
            let people = try Directory.people(Self.people(stored.deviation, entries, visit), in: reader)
            return CaseView(
                stored: stored, entries: entries, people: people, list: list, viewer: viewer, taken: taken, sent: sent)
        }
        guard let view else { throw ModuleKit.Problem.notFound(visit.language) }
        // Whoever only reported it has a page of their own, without notes.
        guard visit.access.may(viewer, DeviationsRights.desk, on: view.stored.deviation.accessObject) else {
            return .seeOther("/deviations/mine/\(id)")
        }
        return view.page.response(visit)
    }

    /// Everybody whose name the page may show.
    private static func people(_ deviation: Deviation, _ entries: [TimelineEntry], _ visit: Visit) -> Set<String> {
        var ids: Set<String> = [deviation.reporter]
        ids.formUnion(entries.map(\.author))
        ids.formUnion(entries.compactMap(\.reference))
        ids.formUnion(deviation.measures.map(\.owner))
        ids.formUnion(Candidates(chart: visit.access.chart, now: visit.now).owners(of: deviation.unit))
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
        var form = try await context.form(request)
        if form.errors.isEmpty {
            do {
                let changed = try await host.database.write { [form] tx in
                    try acts.perform(on: id, by: viewer, visit, right, ifVersion: Int(form["version"]) ?? 0, in: tx) {
                        deviation, candidates in
                        try make(form, deviation, candidates)
                    }
                }
                let query = DeskQuery(request, viewer: viewer).address(afterTaking: "\(id)/\(path)")
                // Whoever sends a case on to another faculty sees it no more.
                let stays = visit.access.may(viewer, DeviationsRights.desk, on: changed.deviation.accessObject)
                return .seeOther("/deviations\(stays ? "/\(id)" : "")\(query)")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            } catch DeviationStoreError.changedMeanwhile {
                form.errors = [FieldError("", ModuleKit.Problem.stale(visit.language).detail)]
            }
        }
        return try await one(id, request, context, sent: (path, form))
    }
}

extension Request {
    /// The form that the page comes after, as `DeskQuery` wrote it.
    fileprivate var taken: String? { uri.queryParameters["done"].map(String.init) }
}
