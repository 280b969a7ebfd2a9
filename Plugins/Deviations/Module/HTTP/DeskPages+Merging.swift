import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault

/// Merging on the desk: the form, the reports of a case, and replies to one reporter alone.
extension DeskPages {
    func mountMerging(on pages: RouterGroup<AppContext>) {
        pages.post(":id/merges") { request, context in try await merge(request, context) }
        pages.get(":id/reports") { request, context in try await reports(request, context) }
        pages.get(":id/reports/:report") { _, context in try await report(context, sent: nil) }
        pages.post(":id/reports/:report/replies") { request, context in try await reply(request, context) }
        pages.post(":id/reports/:report/separation") { request, context in try await separate(request, context) }
    }

    private func merge(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("id")
        var form = try await context.form(request)
        if form.errors.isEmpty {
            do {
                let others = try await acts.cases(named: form["cases"])
                let key = try await acts.cases.key(of: id)
                _ = try await host.database.write { [form] tx in
                    try acts.merge(
                        others, into: id, key, by: viewer, visit, ifVersion: Int(form["version"]) ?? 0, in: tx)
                }
                return .seeOther("/deviations/\(id)/reports")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            } catch DeviationStoreError.changedMeanwhile {
                form.errors = [FieldError("", ModuleKit.Problem.stale(visit.language).detail)]
            }
        }
        return try await one(id, request, context, sent: ("merges", form))
    }

    /// The case, for somebody who works with it.
    private func readable(
        _ id: String, _ viewer: Viewer, _ visit: Visit
    ) async throws -> StoredDeviation {
        let key = try await acts.cases.key(of: id)
        let stored = try await host.database.read { try DeviationStore.load(id, key: key, in: $0) }
        guard let stored, visit.access.may(viewer, DeviationsRights.desk, on: stored.deviation.accessObject) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        return stored
    }

    private func reports(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        let stored = try await readable(try context.parameters.require("id"), viewer, visit)
        try await acts.cases.looked(at: stored.deviation, by: viewer, visit)
        let after = parts.numbers.shown(request.uri.queryParameters["after"])
        let (rows, counts, names) = try await host.database.read { reader in
            let rows = try DeviationStore.reports(mergedInto: stored.key, after: after, limit: 100, in: reader)
            let counts = try DeviationStore.fileCounts(ofCases: [stored.key] + rows.map(\.key), in: reader)
            return (rows, counts, try Directory.people(rows.map(\.reporter) + [stored.deviation.reporter], in: reader))
        }
        return MergedReports(stored: stored, parts: parts, people: names)
            .list(try await acts.cases.opened(rows), files: counts, isFirstPart: after == 0).response(visit)
    }

    func report(_ context: AppContext, sent: FormData?) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        let stored = try await readable(try context.parameters.require("id"), viewer, visit)
        let id = try context.parameters.require("report")
        let key = try await acts.cases.key(of: id)
        let found = try await host.database.read {
            reader -> (StoredDeviation, [TimelineEntry], [CaseFile], [String: Person])? in
            guard let key, let report = try DeviationStore.load(id, key: key, in: reader),
                id == stored.deviation.id || report.deviation.mergedInto == stored.deviation.id
            else { return nil }
            let entries = try DeviationStore.timeline(ofCase: report.key, by: key, forReporter: true, in: reader)
            let attached = try DeviationStore.files(
                ofCase: report.key, by: key, forReporter: false, files.vault, in: reader)
            let people = Set(entries.map(\.author) + attached.map(\.author) + [report.deviation.reporter])
            return (report, entries, attached, try Directory.people(people, in: reader))
        }
        guard let (report, entries, attached, people) = found else { throw ModuleKit.Problem.notFound(visit.language) }
        try await acts.cases.looked(at: report.deviation, by: viewer, visit)
        let mayReply =
            stored.deviation.status.isOpen
            && visit.access.may(viewer, DeviationsRights.write, on: stored.deviation.accessObject)
        return MergedReports(stored: stored, parts: parts, people: people)
            .one(report, entries, attached, form: mayReply || sent != nil ? sent ?? FormData() : nil).response(visit)
    }

    private func separate(_ request: Request, _ context: AppContext) async throws -> Response {
        try await change(request, context) { [acts] report, id, key, viewer, visit, _, tx in
            _ = try acts.separate(report, from: id, key, by: viewer, visit, in: tx)
            return "/deviations/\(report.id)"
        }
    }

    private func reply(_ request: Request, _ context: AppContext) async throws -> Response {
        try await change(request, context) { [acts] report, id, key, viewer, visit, form, tx in
            _ = try acts.reply(form["text"], toReport: report, of: id, key, by: viewer, visit, in: tx)
            return "/deviations/\(id)/reports/\(report.id)"
        }
    }

    /// Does `act` to a report that is part of a case, and goes where it says; what is wrong is said beside the report.
    private func change(
        _ request: Request, _ context: AppContext,
        _ act:
            @escaping @Sendable (
                _ report: DeviationActs.NamedCase, _ id: String, CaseKey?, Viewer, Visit, FormData, Transaction
            ) throws -> String
    ) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let (id, report) = (try context.parameters.require("id"), try context.parameters.require("report"))
        var form = try await context.form(request)
        if form.errors.isEmpty {
            let key = try await acts.cases.key(of: id)
            guard let reportKey = try await acts.cases.key(of: report) else {
                throw ModuleKit.Problem.notFound(visit.language)
            }
            do {
                let place = try await host.database.write { [form] tx in
                    try act(.init(id: report, key: reportKey), id, key, viewer, visit, form, tx)
                }
                return .seeOther(place)
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            }
        }
        return try await self.report(context, sent: form)
    }
}
