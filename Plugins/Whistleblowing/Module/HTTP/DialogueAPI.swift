import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import WhistleblowingCore

/// `POST /api/v1/whistleblowing/dialogue`: coming back with the code, as the reporter's page does it.
///
/// The code stands in the body, wrong ones are slowed by the same gate, no use of a token is noted, and no answer is kept.
struct DialogueAPI: Sendable {
    let pages: ReporterPages

    private struct Body: Decodable {
        let code: String?
        /// What is written to the keepers; without it the case is only read.
        let text: String?
    }

    func mount(on api: RouterGroup<AppContext>) {
        api.post("whistleblowing/dialogue") { request, context in try await answer(request, context) }
    }

    private func answer(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let (body, _) = try await context.json(request, as: Body.self)
        var form = FormData()
        (form["code"], form["text"]) = (body.code ?? "", body.text ?? "")
        var stored = try await find(form, visit)
        if body.text != nil {
            do { try await pages.write(form, to: stored, visit) } catch let error as WhistleblowingError {
                throw ModuleKit.Problem.rule(error, visit.language)
            }
            stored = try await pages.whistleblows.find(id: stored.whistleblow.id) ?? stored
        }
        let entries = try await pages.whistleblows.entries(of: stored)
        return .json(stored.whistleblow.dialogue(entries, pages.whistleblows.deadlines))
    }

    /// - Throws: `Problem` 422 for a wrong code and for one that never was, 429 when too many have been tried.
    private func find(_ form: FormData, _ visit: Visit) async throws -> StoredWhistleblow {
        let text = ErrorTexts[visit.language]
        do {
            if let stored = try await pages.find(form, visit) { return stored }
            throw ModuleKit.Problem.invalid(visit.language, [FieldError("code", text.noSuchCode)])
        } catch NotLookedUp.tooMany {
            throw ModuleKit.Problem(
                .tooManyRequests, "too-many-codes", title: text.ruleTitle, detail: text.tooMany,
                headers: [.retryAfter: "60"])
        } catch let refusal as NotLookedUp {
            throw ModuleKit.Problem.invalid(visit.language, [refusal.error(visit.language)])
        }
    }
}

extension ModuleKit.Problem {
    /// A rule that was not kept.
    static func rule(_ error: WhistleblowingError, _ language: Language) -> ModuleKit.Problem {
        let text = ErrorTexts[language]
        let errors = text.fieldErrors(error, language)
        if case .invalid = error { return invalid(language, errors) }
        return ModuleKit.Problem(
            .conflict, error == .nobodyLeft ? "nobody-left" : "not-possible", title: text.ruleTitle,
            detail: errors.map(\.message).joined(separator: " "), errors: errors)
    }
}
