import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault

/// The body of `POST /api/v1/deviations/{id}/merges`.
private struct MergeBody: Decodable, Sendable {
    /// Ids or numbers.
    let cases: [String]?
}

extension DeviationsAPI {
    func mountMerging(on api: RouterGroup<AppContext>) {
        api.get("deviations/:id/likely-same") { _, context in try await likelySame(context) }
        api.post("deviations/:id/merges") { request, context in try await merge(request, context) }
        api.get("deviations/:id/reports") { request, context in try await reports(request, context) }
        api.post("deviations/:id/reports/:report/replies") { request, context in try await reply(request, context) }
        api.post("deviations/:id/reports/:report/separation") { request, context in
            try await separate(request, context)
        }
    }

    private func merge(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("id")
        let (body, bytes) = try await context.json(request, as: MergeBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let version = try context.expectedVersion(request)
        let key = try await acts.cases.key(of: id)
        try await requireReadable(id, viewer, visit)
        let others = try await Self.said(visit.language) {
            try await acts.cases(named: (body.cases ?? []).joined(separator: " "))
        }
        let answer = try await host.database.write { tx in
            try idempotency.once(in: tx) {
                try Self.said(visit.language) {
                    let merged = try acts.merge(others, into: id, key, by: viewer, visit, ifVersion: version, in: tx)
                    return WriteAnswer(
                        status: .ok, body: merged.receipt(acts.cases.numbers), version: merged.version)
                }
            }
        }
        return answer.response
    }

    /// Cases that may be about the same, the likeliest first; none for somebody who may not merge.
    private func likelySame(_ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("id")
        let key = try await acts.cases.key(of: id)
        let stored = try await host.database.read { try DeviationStore.load(id, key: key, in: $0) }
        guard let stored, visit.access.may(viewer, DeviationsRights.read, on: stored.deviation.accessObject) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        let rows = try await LikelyCases(cases: acts.cases).find(
            like: stored, for: viewer, visit, in: host.database)
        return .json(#"{"items":\#(rows.map { $0.json(isPrivate: true) })}"#)
    }

    /// - Throws: `Problem` 404 for a case that the viewer does not see.
    private func requireReadable(_ id: String, _ viewer: Viewer, _ visit: Visit) async throws {
        let key = try await acts.cases.key(of: id)
        let stored = try await host.database.read { try DeviationStore.load(id, key: key, in: $0) }
        guard let stored, visit.access.may(viewer, DeviationsRights.read, on: stored.deviation.accessObject) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
    }

    private func reports(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("id")
        let after = acts.cases.numbers.shown(request.uri.queryParameters["after"])
        let key = try await acts.cases.key(of: id)
        let found = try await host.database.read { reader -> [MergedReport]? in
            guard let key, let stored = try DeviationStore.load(id, key: key, in: reader),
                visit.access.may(viewer, DeviationsRights.desk, on: stored.deviation.accessObject)
            else { return nil }
            let first = MergedReport(
                key: stored.key, id: id, reporter: stored.deviation.reporter, receivedAt: stored.deviation.receivedAt)
            let others = try DeviationStore.reports(mergedInto: stored.key, after: after, limit: 200, in: reader)
            return (after == 0 && stored.deviation.withdrawnOn == nil ? [first] : []) + others
        }
        guard let found else { throw ModuleKit.Problem.notFound(visit.language) }
        var items: [JSON] = []
        var shown: [Deviation] = []
        for row in found {
            guard let key = try await acts.cases.key(of: row.id) else { continue }
            let report = try await host.database.read { try DeviationStore.load(row.id, key: key, in: $0) }
            guard let report else { continue }
            shown.append(report.deviation)
            let number = acts.cases.numbers[report].description
            items.append(
                #"""
                {"id":\#(row.id),"number":\#(number),"reporter":\#(report.deviation.wasSentSignedOut ? nil : row.reporter),"receivedAt":\#(row.receivedAt),\#
                "title":\#(report.deviation.report.title),"description":\#(report.deviation.report.description)}
                """#)
        }
        try await acts.cases.looked(at: shown, by: viewer, visit)
        let next = found.count < 200 ? nil : found.last.map { acts.cases.numbers.hidden($0.key) }
        return .json(#"{"items":\#(items),"next":\#(next)}"#)
    }

    private func reply(_ request: Request, _ context: AppContext) async throws -> Response {
        try await onReport(request, context) { body, report, id, key, viewer, visit, tx in
            try acts.reply(body.text ?? "", toReport: report, of: id, key, by: viewer, visit, in: tx)
        }
    }

    private func separate(_ request: Request, _ context: AppContext) async throws -> Response {
        try await onReport(request, context) { _, report, id, key, viewer, visit, tx in
            try acts.separate(report, from: id, key, by: viewer, visit, in: tx)
        }
    }

    /// Does something to one report of a case.
    private func onReport(
        _ request: Request, _ context: AppContext,
        _ act:
            @escaping @Sendable (
                ActBody, DeviationActs.NamedCase, String, CaseKey?, Viewer, Visit, Transaction
            ) throws -> StoredDeviation
    ) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let (id, report) = (try context.parameters.require("id"), try context.parameters.require("report"))
        let (body, bytes) = try await context.json(request, as: ActBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let key = try await acts.cases.key(of: id)
        guard let reportKey = try await acts.cases.key(of: report) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        let answer = try await host.database.write { tx in
            try idempotency.once(in: tx) {
                try Self.said(visit.language) {
                    let stored = try act(body, .init(id: report, key: reportKey), id, key, viewer, visit, tx)
                    return WriteAnswer(
                        status: .ok, body: stored.receipt(acts.cases.numbers), version: stored.version)
                }
            }
        }
        return answer.response
    }
}
