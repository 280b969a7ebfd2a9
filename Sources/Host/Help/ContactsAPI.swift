import Crypto
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// `/api/v1/help-contacts`: read by everybody, changed by those who edit them on `/admin/help`.
struct ContactsAPI: Sendable {
    let pages: ContactPages

    private struct Body: Decodable, Sendable {
        struct Texts: Decodable, Sendable { let nb, nn, en: String? }
        let kind, campus, phone, mail, link: String?
        let names, purposes, hours: Texts?

        var form: FormData {
            var form = FormData()
            (form["kind"], form["campus"]) = (kind ?? "", campus ?? "")
            for (field, texts) in [("name", names), ("purpose", purposes), ("hours", hours)] {
                form["\(field).nb"] = texts?.nb ?? ""
                form["\(field).nn"] = texts?.nn ?? ""
                form["\(field).en"] = texts?.en ?? ""
            }
            (form["phone"], form["mail"], form["link"]) = (phone ?? "", mail ?? "", link ?? "")
            return form
        }
    }

    func mount(on api: RouterGroup<AppContext>) {
        api.get("help-contacts") { request, context in try await list(request, context) }
        api.post("help-contacts") { request, context in try await add(request, context) }
        api.get("help-contacts/:contact") { _, context in
            let all = try await pages.directory.freshChart().contacts(for: nil)
            return try answer(all.first { $0.id == context.parameters.get("contact") }, context).response
        }
        api.put("help-contacts/:contact") { request, context in try await change(request, context) }
        api.delete("help-contacts/:contact") { _, context in
            let visit = try pages.editor(context)
            let contact = try pages.known(context, visit)
            try await pages.database.write { try Directory.removeContact(contact.id, in: $0) }
            return Response(status: .noContent)
        }
    }

    private func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let chart = try await pages.directory.freshChart()
        let campus = request.uri.queryParameters["campus"].map(String.init)
        if let campus, chart.campus(campus) == nil {
            let language = try context.visit.language
            throw Problem.malformed(language, [FieldError("campus", ContactTexts[language].unknown)])
        }
        return .json(#"{"items":\#(chart.contacts(for: campus).map(\.json))}"#)
    }

    private func answer(
        _ contact: HelpContact?, _ context: AppContext, status: HTTPResponse.Status = .ok
    ) throws -> WriteAnswer {
        guard let contact else { throw Problem.notFound(try context.visit.language) }
        return WriteAnswer(status: status, body: contact.json, version: contact.version)
    }

    private func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try pages.editor(context)
        let (body, bytes) = try await context.json(request, as: Body.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: try context.viewer)
        let new = try contact(body, Identifier.make(at: visit.now), visit)
        let made = try await pages.database.write { tx in
            try idempotency.once(in: tx) {
                try Directory.put(new, in: tx)
                var made = try answer(new, context, status: .created)
                made.location = "/api/v1/help-contacts/\(new.id)"
                return made
            }
        }
        return made.response
    }

    private func change(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try pages.editor(context)
        let id = try pages.known(context, visit).id
        let (body, _) = try await context.json(request, as: Body.self)
        let version = try context.expectedVersion(request)
        let changed = try contact(body, id, visit)
        try await pages.database.write { tx in
            guard let current = try Directory.contacts(in: tx).first(where: { $0.id == id }) else {
                throw Problem.notFound(visit.language)
            }
            guard current.version == version else { throw Problem.stale(visit.language) }
            try Directory.put(changed, in: tx)
        }
        return try answer(changed, context).response
    }

    /// What the body says, checked as a form is.
    ///
    /// - Throws: `Problem` 422, with the fields as they are called here.
    private func contact(_ body: Body, _ id: String, _ visit: Visit) throws -> HelpContact {
        var form = body.form
        let new = ContactForm(chart: visit.access.chart, language: visit.language).contact(&form, id: id)
        guard let new else {
            let errors = form.errors.map { error in
                FieldError(
                    error.field.replacing(/^(name|purpose)\./) { "\($0.1)s." }, error.message)
            }
            throw Problem.invalid(visit.language, errors)
        }
        return new
    }
}

extension HelpContact {
    fileprivate var json: JSON {
        #"""
        {"id":\#(id),"kind":\#(kind.rawValue),"campus":\#(campus),"names":\#(names.json),\#
        "purposes":\#(purposes.json),"hours":\#(hours.json),"phone":\#(phone),"mail":\#(mail),\#
        "link":\#(link)}
        """#
    }

    /// Another one for other content: made of it, as nothing counts the changes.
    fileprivate var version: Int {
        SHA256.hash(data: json.bytes).prefix(6).reduce(0) { $0 << 8 | Int($1) }
    }
}
