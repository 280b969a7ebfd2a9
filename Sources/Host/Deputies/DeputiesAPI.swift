import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// `/api/v1/deputies`: who stands in for the client's person, and for whom they do, as the page `/deputy` has it.
struct DeputiesAPI: Sendable {
    let pages: DeputyPages

    private struct Body: Decodable, Sendable {
        /// E-mail address or id.
        let deputy: String?
        let role, unit, from, to: String?

        func form(_ visit: Visit) -> FormData {
            var form = FormData()
            (form["deputy"], form["role"], form["unit"]) = (deputy ?? "", role ?? "", unit ?? "")
            (form["from"], form["to"]) = (from ?? "\(Oslo.date(at: visit.now))", to ?? "")
            return form
        }
    }

    func mount(on api: RouterGroup<AppContext>) {
        api.get("deputies") { _, context in
            let visit = try pages.holder(context)
            return Response.json(#"{"items":\#(pages.rows(of: try context.viewer.person.id, visit).map(\.json))}"#)
        }
        api.post("deputies") { request, context in try await add(request, context) }
        api.delete("deputies/:deputyship") { _, context in
            let visit = try pages.holder(context)
            let person = try context.viewer.person.id
            try await pages.end(try context.parameters.require("deputyship"), visit) { $0.person == person }
            return Response(status: .noContent)
        }
    }

    private func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try pages.holder(context)
        let viewer = try context.viewer
        let (body, bytes) = try await context.json(request, as: Body.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let fields = try await pages.ownForm(visit)
        let answer = try await pages.database.write { tx in
            try idempotency.once(in: tx) {
                var form = body.form(visit)
                guard let new = try pages.add(&form, fields, by: viewer.person.id, visit, in: tx) else {
                    throw Problem.invalid(visit.language, form.errors)
                }
                return WriteAnswer(status: .created, body: new.json, location: "/api/v1/deputies/\(new.id)")
            }
        }
        return answer.response
    }
}

extension Deputyship {
    /// Days, as they are chosen: `to` is the last one on which it counts.
    fileprivate var json: JSON {
        #"""
        {"id":\#(id),"person":\#(person),"deputy":\#(deputy),"role":\#(role?.rawValue),"unit":\#(unit),\#
        "from":\#(Oslo.date(at: from)),"to":\#(to.map { Oslo.date(at: $0.adding(seconds: -1)) })}
        """#
    }
}
