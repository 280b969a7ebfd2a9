import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// `/people`: who holds which role where, to give and to end.
struct RolePages: Sendable {
    static let path = "/people"

    let roles: Roles

    /// The top bar's entry, for those who give roles anywhere.
    static func menu(_ visit: Visit) -> [MenuItem] {
        RolePolicy.units(visit).isEmpty ? [] : [MenuItem(RoleTexts[visit.language].title, path)]
    }

    func mount(on router: Router<AppContext>) {
        router.get("/people") { request, context in
            let (visit, _) = try Roles.giver(context)
            return try await list(FormData(), RoleQuery(request, visit), visit)
        }
        router.post("/people") { request, context in try await give(request, context) }
        router.get("/people/:grant/end") { _, context in
            let (visit, _) = try Roles.giver(context)
            let one = try await roles.known(try context.parameters.require("grant"), visit)
            return try await confirmation(one, FormData(), visit)
        }
        router.post("/people/:grant/end") { request, context in try await end(request, context) }
    }

    private func give(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, _) = try Roles.giver(context)
        let sent = try await context.form(request)
        let query = RoleQuery(request, visit)
        guard sent.errors.isEmpty else { return try await list(sent, query, visit) }
        let logger = context.logger
        let form = try await roles.database.write { [roles] tx -> FormData in
            var form = sent
            _ = try roles.give(&form, visit, logger, in: tx)
            return form
        }
        return form.errors.isEmpty ? .seeOther("\(Self.path)?done=given") : try await list(form, query, visit)
    }

    private func end(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try Roles.giver(context)
        let one = try await roles.known(try context.parameters.require("grant"), visit)
        var form = try await context.form(request)
        guard form.errors.isEmpty else { return try await confirmation(one, form, visit) }
        do { try await roles.end(one.id, visit, viewer, context.logger) } catch let refusal as GrantRefusal {
            form.errors.append(RoleTexts[visit.language].error(refusal))
            return try await confirmation(one, form, visit)
        }
        return .seeOther("\(Self.path)?done=ended")
    }

    private func list(_ form: FormData, _ query: RoleQuery, _ visit: Visit) async throws -> Response {
        let (now, units) = (visit.now, query.units)
        let (rows, candidates) = try await roles.database.read { reader in
            (
                try Directory.grants(
                    GrantFilter(units: units, role: query.role, goingOnAt: query.withEnded ? nil : now), in: reader),
                form.errors.contains { $0.field == "chosen" }
                    ? try RoleForm(visit: visit).candidates(form, in: reader) : []
            )
        }
        let ids = Set(rows.flatMap { [$0.grant.person, $0.madeBy, $0.endedBy].compactMap(\.self) })
        let people = try await roles.database.read { try Directory.people(ids, in: $0) }
        let view = RoleView(visit: visit, people: people)
        return view.list(rows, form: form, candidates: candidates, query)
    }

    private func confirmation(_ one: StoredGrant, _ form: FormData, _ visit: Visit) async throws -> Response {
        let grant = one.grant
        let heirs = heirs(of: grant, visit)
        let people = try await roles.database.read { try Directory.people(heirs + [grant.person], in: $0) }
        return RoleView(visit: visit, people: people).confirmation(one, heirs: heirs, form: form)
    }

    /// To whom the open cases go: the deputies, else who receives what is reported.
    private func heirs(of grant: RoleGrant, _ visit: Visit) -> [String] {
        let (chart, now) = (visit.access.chart, visit.now)
        guard [.intakeOfficer, .caseHandler].contains(grant.role) else { return [] }
        let next = chart.whoTakesOver(from: grant.person, role: grant.role, unit: grant.unit, now: now)
        guard grant.role == .caseHandler else { return next }
        let deputies = Set(chart.deputyships.filter { $0.person == grant.person && $0.counts(at: now) }.map(\.deputy))
        let able = next.filter(deputies.contains)
        return able.isEmpty ? chart.nearestHolders(of: .intakeOfficer, to: grant.unit, now: now) : able
    }
}

/// What the list is narrowed to.
struct RoleQuery: Sendable {
    let unit: String?
    let role: Role?
    let withEnded: Bool
    /// The id of the grant after which the list goes on.
    let after: String?
    /// What was just done.
    let done: String?
    /// The units whose roles are shown.
    let units: Set<String>

    init(_ request: Request, _ visit: Visit) {
        let query = request.uri.queryParameters
        func text(_ name: Substring) -> String? { query[name].map(String.init)?.nonEmpty }
        let seen = RolePolicy.units(visit)
        unit = text("unit").flatMap { seen.contains($0) ? $0 : nil }
        role = text("role").flatMap { Role(rawValue: $0) }
        (withEnded, after, done) = (text("ended") == "yes", text("after"), text("done"))
        units = unit.map { visit.access.chart.subtree(of: $0).intersection(seen) } ?? seen
    }
}
