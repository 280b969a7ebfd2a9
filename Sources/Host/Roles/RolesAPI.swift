import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// `/api/v1/role-grants`: who holds which role where, as far as the client's person gives roles there.
struct RolesAPI: Sendable {
    let roles: Roles

    private struct Body: Decodable, Sendable {
        /// Id, user name or e-mail address.
        let person, role, unit: String?
        let from, to: String?

        func form(_ visit: Visit) -> FormData {
            var form = FormData()
            (form["person"], form["role"], form["unit"]) = (person ?? "", role ?? "", unit ?? "")
            (form["from"], form["to"]) = (from ?? "\(Oslo.date(at: visit.now))", to ?? "")
            return form
        }
    }

    func mount(on api: RouterGroup<AppContext>) {
        api.get("role-grants") { request, context in try await list(request, context) }
        api.post("role-grants") { request, context in try await give(request, context) }
        api.delete("role-grants/:grant") { _, context in
            let (visit, viewer) = try Roles.giver(context)
            do {
                try await roles.end(try context.parameters.require("grant"), visit, viewer, context.logger)
            } catch let refusal as GrantRefusal {
                throw Problem.invalid(visit.language, [RoleTexts[visit.language].error(refusal)])
            }
            return Response(status: .noContent)
        }
    }

    private func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, _) = try Roles.giver(context)
        let (filter, limit) = try filter(request, visit)
        let found = try await roles.database.read { try Directory.grants(filter, in: $0) }
        let page = found.prefix(limit)
        let next = found.count > limit ? page.last?.id : nil
        return Response.json(#"{"items":\#(page.map(\.json)),"next":\#(next)}"#)
    }

    private func filter(_ request: Request, _ visit: Visit) throws -> (GrantFilter, limit: Int) {
        let query = request.uri.queryParameters
        var errors: [FieldError] = []
        func value<Value>(_ name: Substring, _ read: (String) -> Value?) -> Value? {
            guard let text = query[name].map(String.init), !text.isEmpty else { return nil }
            let value = read(text)
            if value == nil { errors.append(FieldError(String(name), RoleTexts[visit.language].unreadable)) }
            return value
        }
        let chart = visit.access.chart
        let units = value("unit") { chart.unit($0) == nil ? nil : chart.subtree(of: $0) }
        let role = value("role") { Role(rawValue: $0) }
        let person = value("person") { $0 }
        let isAll = value("ended") { $0 == "true" ? true : $0 == "false" ? false : nil } ?? false
        let after = value("after") { $0 }
        let limit = value("limit") { Int($0).flatMap { (1...200).contains($0) ? $0 : nil } } ?? 50
        if !errors.isEmpty { throw Problem.malformed(visit.language, errors) }
        let seen = RolePolicy.units(visit)
        return (
            GrantFilter(
                units: units.map(seen.intersection) ?? seen, role: role, person: person,
                goingOnAt: isAll ? nil : visit.now, after: after, limit: limit + 1), limit
        )
    }

    private func give(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try Roles.giver(context)
        let (body, bytes) = try await context.json(request, as: Body.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let logger = context.logger
        let answer = try await roles.database.write { tx in
            try idempotency.once(in: tx) {
                var form = body.form(visit)
                guard let made = try roles.give(&form, visit, logger, in: tx) else {
                    throw Problem.invalid(visit.language, form.errors)
                }
                return WriteAnswer(status: .created, body: made.json, location: "/api/v1/role-grants/\(made.id)")
            }
        }
        return answer.response
    }
}

extension StoredGrant {
    /// Days, as they are chosen: `to` is the last one on which it counts.
    var json: JSON {
        #"""
        {"id":\#(id),"person":\#(grant.person),"role":\#(grant.role.rawValue),"unit":\#(grant.unit),\#
        "from":\#(Oslo.date(at: grant.from)),"to":\#(lastDay),"madeBy":\#(madeBy),"madeAt":\#(madeAt),\#
        "endedBy":\#(endedBy),"endedAt":\#(endedAt)}
        """#
    }

    var lastDay: CivilDate? { grant.to.map { Oslo.date(at: $0.adding(seconds: -1)) } }
}
