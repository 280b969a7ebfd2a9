import CalendarKit
import EventKit
import Foundation
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import WhistleblowingCore

/// The reporter's whole way at one address: the way in, the form, the receipt, and coming back with the code.
///
/// What the next page needs stands in the form itself: there is no session, and nothing in the address.
struct ReporterPages: Sendable {
    static let path = "/whistleblowing"

    let host: HostServices
    let whistleblows: Whistleblows
    let gate: CodeGate
    let exit: String

    func mount(on pages: RouterGroup<AppContext>) {
        pages.get("") { _, context in try await wayIn(FormData(), try await fresh(try context.visit)) }
        pages.post("") { request, context in try await answer(request, context) }
    }

    private func answer(_ request: Request, _ context: AppContext) async throws -> Response {
        var visit = try await fresh(try context.visit)
        var (form, files) = try await context.form(request, filesUpTo: Whistleblows.fileLimit)
        if let chosen = form.all("language").last.flatMap({ Language(rawValue: $0) }) { visit.language = chosen }
        // The form token guards what is done by name. Without one there is nothing to guard.
        if visit.viewer == nil || form["as"] != "named" && form["case"].isEmpty {
            form.errors.removeAll { $0.field.isEmpty }
        }
        switch form["step"] {
        case "case": return try await dialogue(form, files: files, visit)
        case "code": return try await confirm(form, visit)
        case let name:
            guard let step = ReportForm.Step(rawValue: name) else { return try await start(form, visit) }
            return try await report(form, step, visit)
        }
    }

    /// With the keepers as they are now: for somebody who is not signed in the chart may be an old one.
    private func fresh(_ visit: Visit) async throws -> Visit {
        var visit = visit
        visit.access = visit.access.on(try await host.directory.freshChart())
        return visit
    }

    // MARK: The way in

    private func wayIn(_ form: FormData, _ visit: Visit) async throws -> Response {
        let own =
            if let viewer = visit.viewer { try await whistleblows.reported(by: viewer.person.id) } else {
                [StoredWhistleblow]()
            }
        return WayIn(
            form: form, visit: visit, own: own.map(\.whistleblow), deadlines: whistleblows.deadlines,
            isOpen: !ReportChoices(visit).campuses.isEmpty, exit: exit
        ).page.response(visit)
    }

    private func start(_ form: FormData, _ visit: Visit) async throws -> Response {
        switch form["go"] {
        case "anonymous", "named":
            if form["go"] == "named", visit.viewer == nil { return .seeOther("/sign-in?back=\(Self.path)") }
            var fresh = FormData(values: [
                "as": [form["go"]], "seed": [UUID().uuidString], "language": [visit.language.rawValue],
            ])
            fresh["campus"] = form["go"] == "named" ? visit.viewer?.person.campus ?? "" : ""
            return try await page(fresh, .about, visit)
        case "return", "own": return try await dialogue(form, visit)
        default: return try await wayIn(form, visit)
        }
    }

    // MARK: The form

    private func report(_ form: FormData, _ step: ReportForm.Step, _ visit: Visit) async throws -> Response {
        var form = form
        if form["as"] == "named", visit.viewer == nil {
            form.errors.append(FieldError("", ErrorTexts[visit.language].signedOut))
        }
        let go = form["go"]
        if go.isEmpty || !form.errors.isEmpty { return try await page(form, step, visit) }
        if go == "back" {
            guard let previous = step.previous else { return try await wayIn(FormData(), visit) }
            return try await page(form, previous, visit)
        }
        if let target = ReportForm.Step(rawValue: go) { return try await page(form, target, visit) }
        do {
            let report = try CheckedReport(
                ReportForm.draft(form, visit), choices: ReportChoices(visit), today: Oslo.date(at: visit.now))
            guard step == .check else { return try await page(form, step.next, visit) }
            return try await send(report, form, visit)
        } catch WhistleblowingError.invalid(let problems) {
            // A step answers for its own fields; only the last one for all.
            let wrong = problems.filter { step == .check || step.fields.contains($0.field) }
            guard let first = wrong.first else { return try await page(form, step.next, visit) }
            let home = ReportForm.Step.allCases.first { $0.fields.contains(first.field) } ?? step
            form.errors = ErrorTexts[visit.language].fieldErrors(
                .invalid(wrong.filter { home.fields.contains($0.field) }), visit.language)
            return try await page(form, home, visit)
        }
    }

    private func send(_ report: CheckedReport, _ form: FormData, _ visit: Visit) async throws -> Response {
        let today = Oslo.date(at: visit.now)
        let seed = form["seed"].isEmpty ? UUID().uuidString : form["seed"]
        if form["as"] == "named", let viewer = visit.viewer {
            let id = try await whistleblows.receive(
                report, by: viewer.person.id, seed: seed, now: visit.now, today: today)
            guard let stored = try await whistleblows.find(id: id) else {
                throw ModuleKit.Problem.notFound(visit.language)
            }
            return try await show(
                stored, FormData(values: ["case": [id]]), visit, told: DialogueTexts[visit.language].sent)
        }
        let code = try await whistleblows.receiveAnonymously(report, seed: seed, now: visit.now, today: today)
        return Receipt(code: code, form: FormData(), visit: visit, exit: exit).page.response(visit)
    }

    private func page(_ form: FormData, _ step: ReportForm.Step, _ visit: Visit) async throws -> Response {
        let possible = Keepers(chart: visit.access.chart, now: visit.now).possible(for: form["campus"])
        let people = try await host.database.read { try Directory.people(possible, in: $0) }
        let keepers = possible.compactMap { people[$0] }
        return ReportForm(form: form, step: step, keepers: keepers, visit: visit, exit: exit).page.response(visit)
    }

    private func confirm(_ form: FormData, _ visit: Visit) async throws -> Response {
        guard let code = ReceiptCode(form["code"]) else { return try await wayIn(FormData(), visit) }
        guard form["confirmed"].filter({ !$0.isWhitespace }) == code.digits.suffix(4) else {
            var form = form
            if !form["go"].isEmpty { form.errors = [FieldError("confirmed", ErrorTexts[visit.language].notConfirmed)] }
            return Receipt(code: code, form: form, visit: visit, exit: exit).page.response(visit)
        }
        return try await dialogue(form, visit, told: DialogueTexts[visit.language].sent)
    }

    // MARK: Coming back

    /// Shows the case of the code, or one's own, and first does what the form asks.
    private func dialogue(_ form: FormData, files: [FormFile] = [], _ visit: Visit, told: String? = nil) async throws
        -> Response
    {
        var form = form
        var told = told
        let text = ErrorTexts[visit.language]
        if !form["own"].isEmpty { form["case"] = form["own"] }
        do {
            guard var stored = try await find(form, visit) else {
                form.errors = [FieldError("code", text.noSuchCode)]
                return try await wayIn(form, visit)
            }
            if form["go"] == "write", form.errors.isEmpty {
                do {
                    try await write(form["text"], files, to: stored, visit)
                    (form["text"], told) = ("", DialogueTexts[visit.language].written)
                    stored = try await whistleblows.find(id: stored.whistleblow.id) ?? stored
                } catch let error as WhistleblowingError {
                    form.errors = text.fieldErrors(error, visit.language)
                }
            }
            if form["go"].hasPrefix("file-") {
                return try await file(String(form["go"].dropFirst(5)), of: stored, visit)
            }
            return try await show(stored, form, visit, told: told)
        } catch let refusal as Refusal {
            form.errors = [refusal.error]
            return try await wayIn(form, visit)
        }
    }

    /// The case that the form names by its code, or by its id when the signed-in person has reported it.
    ///
    /// - Throws: `Refusal` when there is nothing to look up, or too much has been tried.
    private func find(_ form: FormData, _ visit: Visit) async throws -> StoredWhistleblow? {
        let text = ErrorTexts[visit.language]
        if !form["case"].isEmpty {
            guard let viewer = visit.viewer else { throw Refusal(error: FieldError("", text.signedOut)) }
            let stored = try await whistleblows.find(id: form["case"])
            guard stored?.whistleblow.content.reporter == viewer.person.id else {
                throw ModuleKit.Problem.notFound(visit.language)
            }
            return stored
        }
        guard let code = ReceiptCode(form["code"]) else { throw Refusal(error: FieldError("code", text.notACode)) }
        do { return try await gate.pass(code) { try await whistleblows.find(code) } } catch is TooManyAttempts {
            throw Refusal(error: FieldError("code", text.tooMany))
        }
    }

    private func write(_ text: String, _ files: [FormFile], to stored: StoredWhistleblow, _ visit: Visit) async throws {
        let deadlines = whistleblows.deadlines
        let files = try await whistleblows.store(files, of: stored)
        try await whistleblows.perform(stored, by: nil, on: Oslo.date(at: visit.now)) { _ in
            AnswerKeepers(text: text, files: files, deadlines: deadlines)
        }
    }

    private func file(_ id: String, of stored: StoredWhistleblow, _ visit: Visit) async throws -> Response {
        guard let (file, content) = try await whistleblows.file(id, of: stored, { !$0.kind.isPrivate }) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        return FileAnswer.response(file, content)
    }

    private func show(_ stored: StoredWhistleblow, _ form: FormData, _ visit: Visit, told: String?) async throws
        -> Response
    {
        let entries = try await whistleblows.entries(of: stored)
        return Dialogue(
            whistleblow: stored.whistleblow, entries: entries, form: form, deadlines: whistleblows.deadlines,
            told: told, visit: visit, exit: exit
        ).page.response(visit)
    }
}

/// Why nothing was looked up.
private struct Refusal: Error {
    let error: FieldError
}
