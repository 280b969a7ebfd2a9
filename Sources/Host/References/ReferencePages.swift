import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// `/admin/references` and `/api/v1/legal-references`: how the law is referred to, and from which day.
struct ReferencePages: Sendable {
    static let right: Right = "host.edit-references"
    static let path = "/admin/references"

    let database: Database

    private struct Body: Decodable, Sendable {
        struct Text: Decodable, Sendable { let nb, nn, en: String? }
        let key, validFrom: String?
        let text: Text?

        var draft: ReferenceDraft {
            let text = Translated(nb: text?.nb ?? "", nn: text?.nn ?? "", en: text?.en ?? "")
            return ReferenceDraft(key: key ?? "", validFrom: validFrom ?? "", texts: text)
        }
    }

    func mount(on router: Router<AppContext>, api: RouterGroup<AppContext>) {
        router.get("/admin/references") { request, context in
            let (visit, _) = try editor(context)
            return try await page(FormData(), visit, isDone: request.uri.queryParameters["done"] != nil)
        }
        router.post("/admin/references") { request, context in try await add(request, context) }
        api.get("legal-references") { _, _ in
            let all = try await database.read { try Directory.references(in: $0) }
            return Response.json(#"{"items":\#(all.map(\.json))}"#)
        }
        api.post("legal-references") { request, context in try await addByAPI(request, context) }
    }

    /// - Throws: `Problem` 401 or 403.
    private func editor(_ context: AppContext) throws -> (Visit, Viewer) {
        try context.visitor(with: Self.right)
    }

    private func page(_ form: FormData, _ visit: Visit, isDone: Bool = false) async throws -> Response {
        let (all, grounds) = try await database.read {
            (try Directory.references(in: $0), try PrivacyStore.grounds(in: $0))
        }
        return ReferencesView(references: all, grounds: grounds, form: form, isDone: isDone, visit: visit).response
    }

    private func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try editor(context)
        var form = try await context.form(request)
        if form.errors.isEmpty {
            let draft = ReferenceDraft(form)
            form.errors = try await database.write { try add(draft, by: viewer, visit, in: $0).errors }
            if form.errors.isEmpty { return .seeOther("\(Self.path)?done=1") }
        }
        return try await page(form, visit)
    }

    private func addByAPI(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try editor(context)
        let (body, bytes) = try await context.json(request, as: Body.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let answer = try await database.write { tx in
            try idempotency.once(in: tx) {
                let (new, errors) = try add(body.draft, by: viewer, visit, in: tx)
                guard let new else { throw Problem.invalid(visit.language, errors) }
                return WriteAnswer(status: .created, body: new.json)
            }
        }
        return answer.response
    }

    private func add(
        _ draft: ReferenceDraft, by viewer: Viewer, _ visit: Visit, in tx: Transaction
    ) throws -> (reference: LegalReference?, errors: [FieldError]) {
        let known = try Directory.references(locked: true, in: tx)
        let checked = draft.checked(among: known, today: Oslo.date(at: visit.now), visit.language)
        if let new = checked.reference { try Directory.add(new, by: viewer.person.id, at: visit.now, in: tx) }
        return checked
    }
}

extension LegalReference {
    fileprivate var json: JSON { #"{"key":\#(key.rawValue),"validFrom":\#(validFrom),"text":\#(text.json)}"# }
}
