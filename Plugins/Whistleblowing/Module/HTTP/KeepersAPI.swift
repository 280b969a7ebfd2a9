import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import WhistleblowingCore

/// `/api/v1/whistleblowing/cases`: what keepers see and do on their pages. Nobody else learns that there is one.
///
/// No answer is kept for a repeated request, as it would tell of a case outside the vault: `If-Match` keeps an act from being done twice.
struct KeepersAPI: Sendable {
    let pages: KeeperPages

    private var whistleblows: Whistleblows { pages.whistleblows }

    private struct Body: Decodable {
        let text, category, person, reason: String?

        var form: FormData {
            var form = FormData()
            (form["text"], form["category"]) = (text ?? "", category ?? "")
            (form["person"], form["reason"]) = (person ?? "", reason ?? "")
            return form
        }
    }

    func mount(on api: RouterGroup<AppContext>) {
        api.get("whistleblowing/cases") { request, context in try await list(request, context) }
        api.get("whistleblowing/cases/:id") { _, context in try await one(context) }
        api.get("whistleblowing/cases/:id/files/:file") { _, context in
            let (file, content) = try await pages.file(context, preview: false)
            return Response.download(file, content)
        }
        for form in KeeperForm.allCases {
            api.post("whistleblowing/cases/:id/\(form.rawValue)") { request, context in
                try await act(form, request, context)
            }
        }
    }

    private func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try pages.keeper(context)
        let isConcluded = try request.choice("state", of: ["open", "concluded"], visit.language) == "concluded"
        let cases = try await pages.cases(isConcluded: isConcluded, visit, viewer)
        return .json(#"{"items":\#(cases.map { $0.row(whistleblows.deadlines) })}"#)
    }

    private func one(_ context: AppContext) async throws -> Response {
        let stored = try await pages.looked(context)
        try await whistleblows.seen(stored)
        let entries = try await whistleblows.entries(of: stored)
        var answer = Response.json(stored.whole(entries, whistleblows.deadlines))
        answer.headers[.eTag] = "\"\(stored.version)\""
        return answer
    }

    private func act(_ form: KeeperForm, _ request: Request, _ context: AppContext) async throws -> Response {
        let id = try await pages.one(context).whistleblow.id
        let (visit, viewer) = try pages.keeper(context)
        let (body, _) = try await context.json(request, as: Body.self)
        var data = body.form
        data["version"] = "\(try context.expectedVersion(request))"
        do { try await pages.perform(form, data, on: id, viewer, visit) } catch let error as WhistleblowingError {
            throw ModuleKit.Problem.rule(error, visit.language)
        } catch is ChangedMeanwhile { throw ModuleKit.Problem.stale(visit.language) }
        // Whoever takes themself off sees it no more.
        guard let stored = try await whistleblows.find(id: id), visit.mayHandle(stored.whistleblow, viewer) else {
            return Response(status: .noContent)
        }
        var answer = Response.json(stored.row(whistleblows.deadlines))
        answer.headers[.eTag] = "\"\(stored.version)\""
        return answer
    }
}
