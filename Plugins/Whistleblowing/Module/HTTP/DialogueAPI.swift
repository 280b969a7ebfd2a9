import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import WhistleblowingCore

/// `/api/v1/whistleblowing/dialogue`: coming back as the reporter's page does it, with the code, or to what one has reported by name.
///
/// Code and case stand in the body, wrong codes are slowed by the same gate, no use of a token is noted, and no answer is kept.
struct DialogueAPI: Sendable {
    let pages: ReporterPages

    private var whistleblows: Whistleblows { pages.whistleblows }

    private struct Body: Decodable {
        let code: String?
        /// Of a report by name, in place of the code; needs a token.
        let `case`: String?
        /// What is written to the keepers; without it the case is only read.
        let text: String?
        /// The id of a file to read.
        let file: String?

        var form: FormData {
            var form = FormData()
            (form["code"], form["case"], form["text"]) = (code ?? "", `case` ?? "", text ?? "")
            return form
        }
    }

    func mount(on api: RouterGroup<AppContext>) {
        api.get("whistleblowing") { _, context in try await own(context) }
        api.post("whistleblowing/dialogue") { request, context in
            request.isMultipartForm
                ? try await answerWithFiles(request, context) : try await answer(request, context)
        }
        api.post("whistleblowing/dialogue/file") { request, context in try await file(request, context) }
    }

    /// What the person has reported by name.
    private func own(_ context: AppContext) async throws -> Response {
        let own = try await whistleblows.reported(by: try context.viewer.person.id)
        return .json(#"{"items":\#(own.map { $0.whistleblow.own(whistleblows.deadlines) })}"#)
    }

    private func answer(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let (body, _) = try await context.json(request, as: Body.self)
        let target = FormTarget(pages: pages, visit: visit)
        let stored = try await find(body.form, target, visit)
        if body.text != nil { try await write(body.form, to: stored, visit) }
        return try await shown(stored, body.form)
    }

    /// The same with files: the fields come first.
    private func answerWithFiles(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let target = FormTarget(pages: pages, visit: visit)
        // The API takes no cookie: no other site can send this in somebody's name.
        let intake = FileIntake(
            pages.host.attachments, isUnguarded: { _ in true }, door: { try await target.case($0) })
        var form = try await context.form(request, files: intake)
        form.errors.removeAll { $0.field.isEmpty }
        let stored = try await find(form, target, visit)
        if await target.isFull, form.error("files") != nil { throw Self.full(visit) }
        guard form.errors.isEmpty else { throw ModuleKit.Problem.invalid(visit.language, form.errors) }
        try await write(form, to: stored, visit)
        return try await shown(stored, form)
    }

    private func file(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let (body, _) = try await context.json(request, as: Body.self)
        let stored = try await find(body.form, FormTarget(pages: pages, visit: visit), visit)
        guard let (file, content) = try await whistleblows.file(body.file ?? "", of: stored, { !$0.kind.isPrivate })
        else { throw ModuleKit.Problem.notFound(visit.language) }
        return Response.download(file, content)
    }

    private func write(_ form: FormData, to stored: StoredWhistleblow, _ visit: Visit) async throws {
        do { try await pages.write(form, to: stored, visit) } catch let error as WhistleblowingError {
            throw ModuleKit.Problem.rule(error, visit.language)
        } catch is FilesGone {
            throw ModuleKit.Problem.invalid(
                visit.language, [FieldError("files", FileTexts[visit.language].gone)])
        }
    }

    private func shown(_ stored: StoredWhistleblow, _ form: FormData) async throws -> Response {
        let now = try await whistleblows.find(id: stored.whistleblow.id) ?? stored
        let entries = try await whistleblows.entries(of: now)
        return .json(now.whistleblow.dialogue(entries, whistleblows.deadlines))
    }

    /// - Throws: `Problem` 422 for a wrong code and for one that never was, 429 when too many have been tried; for a case by name 401
    ///   without a token, 404 when it is not theirs.
    private func find(_ form: FormData, _ target: FormTarget, _ visit: Visit) async throws -> StoredWhistleblow {
        let text = ErrorTexts[visit.language]
        do {
            if let stored = try await target.stored(form) { return stored }
            throw ModuleKit.Problem.invalid(visit.language, [FieldError("code", text.noSuchCode)])
        } catch NotLookedUp.tooMany {
            throw ModuleKit.Problem(
                .tooManyRequests, "too-many-codes", title: text.ruleTitle, detail: text.tooMany,
                headers: [.retryAfter: "60"])
        } catch NotLookedUp.signedOut {
            throw ModuleKit.Problem.signInNeeded(visit.language)
        } catch let refusal as NotLookedUp {
            throw ModuleKit.Problem.invalid(visit.language, [refusal.error(visit.language)])
        }
    }

    /// There is no room for files of somebody nobody knows.
    private static func full(_ visit: Visit) -> ModuleKit.Problem {
        let text = FullTexts[visit.language]
        return ModuleKit.Problem(Full.files.status, "no-room-for-files", title: text.title, detail: text.files)
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
