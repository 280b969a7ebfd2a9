import Attachments
import CalendarKit
import EventKit
import Foundation
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault
import WhistleblowingCore

/// The reporter's whole way at one address: the way in, the form, the receipt, and coming back with the code.
///
/// What the next page needs stands in the form itself: there is no session, and nothing in the address.
struct ReporterPages: Sendable {
    static let path = "/whistleblowing"

    let host: HostServices
    let whistleblows: Whistleblows
    let gate: CodeGate
    let anonymous: AnonymousGate
    let exit: String
    /// For what there was no room this time.
    var full: Full?

    func mount(on pages: RouterGroup<AppContext>) {
        pages.get("") { _, context in try await wayIn(FormData(), try await fresh(try context.visit)) }
        pages.post("") { request, context in try await answer(request, context) }
    }

    private func answer(_ request: Request, _ context: AppContext) async throws -> Response {
        var visit = try await fresh(try context.visit)
        let target = FormTarget(pages: self, visit: visit)
        var form = try await context.form(request, files: intake(target, visit))
        if let name = try await target.draftName(form) { form["draft"] = name }
        if let chosen = Self.language(form) { visit.language = chosen }
        if await target.isFull, form.error("files") != nil {
            var pages = self
            pages.full = .files
            form.errors.removeAll { $0.field == "files" }
            form.errors.append(FieldError("files", FullTexts[visit.language].files))
            return try await pages.go(form, target, visit)
        }
        return try await go(form, target, visit)
    }

    private func go(_ read: FormData, _ target: FormTarget, _ visit: Visit) async throws -> Response {
        var form = read
        if Self.isUnguarded(form, visit) { form.errors.removeAll { $0.field.isEmpty } }
        switch form["step"] {
        case "case": return try await dialogue(form, target, visit)
        case "code": return try await confirm(form, target, visit)
        case let name:
            guard let step = ReportForm.Step(rawValue: name) else { return try await start(form, target, visit) }
            return try await report(form, step, visit)
        }
    }

    @Sendable private static func language(_ form: FormData) -> Language? {
        form.all("language").last.flatMap { Language(rawValue: $0) }
    }

    /// The form token guards what is done by name. Without one there is nothing to guard.
    private static func isUnguarded(_ form: FormData, _ visit: Visit) -> Bool {
        visit.viewer == nil || form["as"] != "named" && form["case"].isEmpty
    }

    /// Takes files for the case that the form names, or for the one it is about to become.
    private func intake(_ target: FormTarget, _ visit: Visit) -> FileIntake {
        FileIntake(
            host.attachments, language: Self.language, isUnguarded: { Self.isUnguarded($0, visit) },
            door: { form in
                if ReportForm.Step(rawValue: form["step"]) != nil {
                    let isNamed = form["as"] == "named" && visit.viewer != nil
                    guard isNamed || anonymous.isOpen else { return nil }
                    let door = try await target.draft(form)
                    return isNamed ? door : try await target.bounded(door)
                }
                return form["step"] == "case" ? try await target.case(form) : nil
            })
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
            isOpen: !ReportChoices(visit).campuses.isEmpty, isAnonymous: anonymous.isOpen, exit: exit
        ).page.response(visit)
    }

    private func start(_ form: FormData, _ target: FormTarget, _ visit: Visit) async throws -> Response {
        switch form["go"] {
        case "anonymous" where !anonymous.isOpen:
            var form = form
            form.errors = [FieldError("", WayInTexts[visit.language].namedOnly)]
            return try await wayIn(form, visit)
        case "anonymous", "named":
            if form["go"] == "named", visit.viewer == nil { return .seeOther("/sign-in?back=\(Self.path)") }
            var fresh = FormData(values: [
                "as": [form["go"]], "seed": [UUID().uuidString], "language": [visit.language.rawValue],
            ])
            fresh["campus"] = form["go"] == "named" ? visit.viewer?.person.campus ?? "" : ""
            return try await page(fresh, .about, visit)
        case "return", "own": return try await dialogue(form, target, visit)
        default: return try await wayIn(form, visit)
        }
    }

    // MARK: The form

    private func report(_ form: FormData, _ step: ReportForm.Step, _ visit: Visit) async throws -> Response {
        var form = form
        if form["as"] != "named", !anonymous.isOpen {
            // From here on it goes by name, which the page says before anything is sent.
            form["as"] = "named"
            form.errors.append(FieldError("", WayInTexts[visit.language].namedOnly))
        }
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
        var files: NewFiles?
        if case .known(let key) = try await whistleblows.draftKey(named: form["draft"], seed: seed) {
            files = NewFiles(key: key, sealed: form.files)
        }
        do {
            if form["as"] == "named", let viewer = visit.viewer {
                let id = try await whistleblows.receive(
                    report, files: files, by: viewer.person.id, seed: seed, now: visit.now, today: today)
                guard let stored = try await whistleblows.find(id: id) else {
                    throw ModuleKit.Problem.notFound(visit.language)
                }
                return try await show(
                    stored, FormData(values: ["case": [id]]), visit, told: DialogueTexts[visit.language].sent)
            }
            try anonymous.takeReport()
            let code = try await whistleblows.receiveAnonymously(
                report, files: files, seed: seed, now: visit.now, today: today)
            return Receipt(code: code, form: FormData(), visit: visit, exit: exit).page.response(visit)
        } catch is FilesGone {
            return try await page(form.withoutFiles(visit.language), .check, visit)
        } catch is TooManyReports {
            var (pages, form) = (self, form)
            pages.full = .reports
            form.errors = [FieldError("", FullTexts[visit.language].reports)]
            return try await pages.page(form, .check, visit)
        }
    }

    private func page(_ form: FormData, _ step: ReportForm.Step, _ visit: Visit) async throws -> Response {
        let possible = Keepers(chart: visit.access.chart, now: visit.now).possible(for: form["campus"])
        let people = try await host.database.read { try Directory.people(possible, in: $0) }
        let keepers = possible.compactMap { people[$0] }
        return ReportForm(
            form: form, step: step, keepers: keepers, limits: host.attachments.limits, full: full, visit: visit,
            exit: exit
        ).page.response(visit)
    }

    private func confirm(_ form: FormData, _ target: FormTarget, _ visit: Visit) async throws -> Response {
        guard let code = ReceiptCode(form["code"]) else { return try await wayIn(FormData(), visit) }
        guard form["confirmed"].filter({ !$0.isWhitespace }) == code.digits.suffix(4) else {
            var form = form
            if !form["go"].isEmpty { form.errors = [FieldError("confirmed", ErrorTexts[visit.language].notConfirmed)] }
            return Receipt(code: code, form: form, visit: visit, exit: exit).page.response(visit)
        }
        return try await dialogue(form, target, visit, told: DialogueTexts[visit.language].sent)
    }

    // MARK: Coming back

    /// Shows the case of the code, or one's own, and first does what the form asks.
    private func dialogue(_ form: FormData, _ target: FormTarget, _ visit: Visit, told: String? = nil) async throws
        -> Response
    {
        var form = form
        var told = told
        let text = ErrorTexts[visit.language]
        if !form["own"].isEmpty { form["case"] = form["own"] }
        do {
            guard var stored = try await target.stored(form) else {
                form.errors = [FieldError("code", text.noSuchCode)]
                return try await wayIn(form, visit)
            }
            if form["go"] == "write", form.errors.isEmpty {
                do {
                    try await write(form, to: stored, visit)
                    (form["text"], form.files, told) = ("", [], DialogueTexts[visit.language].written)
                    stored = try await whistleblows.find(id: stored.whistleblow.id) ?? stored
                } catch let error as WhistleblowingError {
                    form.errors = text.fieldErrors(error, visit.language)
                } catch is FilesGone {
                    form = form.withoutFiles(visit.language)
                }
            }
            if let name = form["go"].wholeMatch(of: /(file|look)-(.+)/)?.output {
                return try await file(String(name.2), isShown: name.1 == "look", of: stored, form, visit)
            }
            return try await show(stored, form, visit, told: told)
        } catch let refusal as NotLookedUp {
            form.errors = [refusal.error(visit.language)]
            return try await wayIn(form, visit)
        }
    }

    /// The case that the form names by its code, or by its id when the signed-in person has reported it.
    ///
    /// - Throws: `NotLookedUp` when there is nothing to look up, or too much has been tried.
    func find(_ form: FormData, _ visit: Visit) async throws -> StoredWhistleblow? {
        if !form["case"].isEmpty {
            guard let viewer = visit.viewer else { throw NotLookedUp.signedOut }
            let stored = try await whistleblows.find(id: form["case"])
            guard stored?.whistleblow.content.reporter == viewer.person.id else {
                throw ModuleKit.Problem.notFound(visit.language)
            }
            return stored
        }
        guard let code = ReceiptCode(form["code"]) else { throw NotLookedUp.notACode }
        do { return try await gate.pass(code) { try await whistleblows.find(code) } } catch is TooManyAttempts {
            throw NotLookedUp.tooMany
        }
    }

    /// Says something to the keepers.
    ///
    /// - Throws: `WhistleblowingError`, `FilesGone`.
    func write(_ form: FormData, to stored: StoredWhistleblow, _ visit: Visit) async throws {
        let deadlines = whistleblows.deadlines
        let files = try await whistleblows.attached(NewFiles(key: stored.key, sealed: form.files))
        try await whistleblows.perform(stored, by: nil, on: Oslo.date(at: visit.now)) { _ in
            AnswerKeepers(text: form["text"], files: files, deadlines: deadlines)
        }
    }

    /// A file to be saved; or a page with its preview, which has no address of its own: the code would have to stand in it.
    private func file(
        _ id: String, isShown: Bool, of stored: StoredWhistleblow, _ form: FormData, _ visit: Visit
    ) async throws -> Response {
        guard
            let (file, content) = try await whistleblows.file(id, preview: isShown, of: stored, { !$0.kind.isPrivate })
        else { throw ModuleKit.Problem.notFound(visit.language) }
        guard isShown else { return Response.download(file, content) }
        let picture = try await content.reduce(into: [UInt8]()) { $0 += $1 }
        return Picture(bytes: picture, type: file.type, form: form, visit: visit, exit: exit).page.response(visit)
    }

    private func show(_ stored: StoredWhistleblow, _ form: FormData, _ visit: Visit, told: String?) async throws
        -> Response
    {
        let entries = try await whistleblows.entries(of: stored)
        return Dialogue(
            whistleblow: stored.whistleblow, entries: entries, form: form, deadlines: whistleblows.deadlines,
            limits: host.attachments.limits, told: told, full: full, visit: visit, exit: exit
        ).page.response(visit)
    }
}
