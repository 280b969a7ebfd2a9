import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// The desk's tools: saved selections, the export of a list.
struct DeskTools: Sendable {
    /// Most rows of an export.
    private static let mostRows = 10_000

    let host: HostServices
    let categories: CategoryList
    let cases: CaseVault

    func mount(on pages: RouterGroup<AppContext>) {
        pages.post("filters") { request, context in try await keep(request, context) }
        pages.post("filters/removal") { request, context in try await keep(request, context, removing: true) }
        pages.get("export") { request, context in try await export(request, context) }
    }

    private func keep(_ request: Request, _ context: AppContext, removing: Bool = false) async throws -> Response {
        let (visit, viewer) = try desk(context)
        let form = try await context.form(request)
        guard form.errors.isEmpty else { throw ModuleKit.Problem.invalid(visit.language, form.errors) }
        // Read and written anew: only codes are kept, whatever was sent.
        let query = DeskQuery(form, viewer: viewer).withoutWords
        let known = try await categories.read(now: visit.now).all
        guard query.category.isEmpty || known[query.category] != nil,
            query.campus.isEmpty || visit.access.chart.campus(query.campus) != nil,
            query.environment.isEmpty || Environment(rawValue: query.environment) != nil
        else { throw ModuleKit.Problem.malformed(visit.language) }
        let person = viewer.person.id
        try await host.database.write { tx in
            if removing {
                try DeskStore.remove(query.address(), of: person, in: tx)
            } else {
                try DeskStore.save(query.address(), of: person, at: visit.now, in: tx)
            }
        }
        return .seeOther("/deviations\(query.address())")
    }

    /// What the list shows, as far as the viewer may see it: no titles, which may name somebody, and never a reporter.
    private func export(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try desk(context)
        let query = try await cases.completed(DeskQuery(request, viewer: viewer), of: viewer.person.id)
        let filter = try await cases.prepared(query.filter(viewer, visit))
        let scope = visit.scope(of: viewer, cases)
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        var csv = CSV(OverviewTexts[visit.language].columns)
        var (looks, after): ([AuditEntry], ListCursor?) = ([], nil)
        repeat {
            let page = try await host.database.read { [after] reader in
                try DeviationStore.list(filter, scope: scope, after: after, limit: 500, in: reader)
            }
            let rows = try await cases.opened(page).rows
            for row in rows { csv.add(parts.cells(row)) }
            looks += try await cases.looks(atListed: rows.map(\.id), by: viewer, visit, DeviationsRights.export)
            after = page.next
        } while after != nil && csv.rows < Self.mostRows
        try await cases.audit.noted(looks)
        return csv.response(named: "trivsel-\(Oslo.date(at: visit.now)).csv")
    }

    private func desk(_ context: AppContext) throws -> (Visit, Viewer) {
        let visit = try context.visit
        let viewer = try context.viewer
        guard visit.access.mayAnywhere(viewer, DeviationsRights.desk) else {
            throw ModuleKit.Problem.forbidden(visit.language)
        }
        return (visit, viewer)
    }
}

extension CaseParts {
    /// A row of an export.
    fileprivate func cells(_ row: DeviationRow) -> [String] {
        let status = Status(rawValue: row.status)
        return [
            row.number.description, status.flatMap { text.status[$0] } ?? row.status, unit(row.unit),
            campus(row.campus),
            category(row.category), Environment(rawValue: row.environment).map(environment) ?? row.environment,
            Oslo.date(at: row.receivedAt).description, row.dueOn.description, row.expectedOn?.description ?? "",
        ]
    }
}
