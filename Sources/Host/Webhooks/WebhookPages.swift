import CalendarKit
import EventBus
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import WebhookKit

/// `/admin/webhooks`: receivers of events are added, changed, tested, paused and removed.
struct WebhookPages: Sendable {
    static let path = "/admin/webhooks"
    static let deliveries = 20

    let webhooks: Webhooks

    func mount(on router: Router<AppContext>) {
        router.get("/admin/webhooks") { request, context in
            try await list(try visit(context), told: request.uri.queryParameters["done"] != nil)
        }
        router.get("/admin/webhooks/new") { _, context in
            let visit = try visit(context)
            return edit(FormData(), visit)
        }
        router.post("/admin/webhooks") { request, context in try await add(request, context) }
        router.get("/admin/webhooks/:hook") { request, context in
            let visit = try visit(context)
            let hook = try await known(context, visit)
            return try await show(
                hook, Self.filled(hook), visit, told: request.uri.queryParameters["done"].map(String.init))
        }
        router.post("/admin/webhooks/:hook") { request, context in try await decide(request, context) }
    }

    private func visit(_ context: AppContext) throws -> Visit { try WebhookAccess.visitor(context).visit }

    private func known(_ context: AppContext, _ visit: Visit) async throws -> Webhook {
        let id = try context.parameters.require("hook")
        guard let hook = try await webhooks.database.read({ try WebhookTable.find(id, in: $0) }) else {
            throw Problem.notFound(visit.language)
        }
        return hook
    }

    private static func filled(_ hook: Webhook) -> FormData {
        var form = FormData()
        (form["label"], form["address"]) = (hook.label, hook.address)
        form["topics"] = hook.topics.map(\.description).joined(separator: " ")
        return form
    }

    // What is done

    private func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try WebhookAccess.visitor(context)
        var form = try await context.form(request)
        let (draft, errors) = await WebhookInput(form).checked(webhooks.policy, visit.language)
        form.errors += errors
        guard form.errors.isEmpty, let draft else { return edit(form, visit) }
        let (hook, secret) = try await webhooks.made(draft, at: visit.now)
        try await webhooks.database.write { try WebhookTable.insert(hook, by: viewer.person.id, in: $0) }
        return shown(secret, of: hook, visit)
    }

    private func decide(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try WebhookAccess.visitor(context)
        let hook = try await known(context, visit)
        var form = try await context.form(request)
        let isSaved = form["go"] == "save"
        let input =
            isSaved ? await WebhookInput(form).checked(webhooks.policy, visit.language) : (draft: nil, errors: [])
        form.errors += input.errors
        if form["go"] == "test", hook.state == .paused {
            form.errors.append(FieldError("", WebhookTexts[visit.language].notWhilePaused))
        }
        guard form.errors.isEmpty else {
            var shown = isSaved ? form : Self.filled(hook)
            shown.errors = form.errors
            return try await show(hook, shown, visit)
        }
        if form["go"] == "secret" { return try await renew(hook, visit, viewer) }
        let (go, person) = (form["go"], viewer.person.id)
        guard ["save", "pause", "resume", "test", "delete"].contains(go) else {
            throw Problem.malformed(visit.language)
        }
        try await webhooks.database.write { tx in
            guard var hook = try WebhookTable.find(hook.id, in: tx) else { throw Problem.notFound(visit.language) }
            switch go {
            case "delete": return try webhooks.delete(hook, in: tx)
            case "test":
                _ = try webhooks.test(hook, at: visit.now, in: tx)
                return
            case "pause": try webhooks.set(.paused, of: &hook, in: tx)
            case "resume": try webhooks.set(.active, of: &hook, in: tx)
            default:
                if let draft = input.draft { hook.take(draft) }
            }
            try WebhookTable.update(hook, by: person, at: visit.now, in: tx)
        }
        return .seeOther(go == "delete" ? "\(Self.path)?done=delete" : "\(Self.path)/\(hook.id)?done=\(go)")
    }

    private func renew(_ hook: Webhook, _ visit: Visit, _ viewer: Viewer) async throws -> Response {
        let secret = try await webhooks.renew(hook.id, by: viewer.person.id, at: visit.now)
        guard let secret else { throw Problem.notFound(visit.language) }
        return shown(secret, of: hook, visit)
    }

    // The pages

    private func list(_ visit: Visit, told: Bool) async throws -> Response {
        let text = WebhookTexts[visit.language]
        let hooks = try await webhooks.database.read { try WebhookTable.all(in: $0) }
        let rows = hooks.map { hook -> HTML in
            """
            <tr><td><a href="\(Self.path)/\(hook.id)"><b>\(hook.label)</b></a><td>\(hook.address)<td>\
            \(hook.topics.map(\.description).joined(separator: ", "))<td>\(WebhookView.tag(hook, text))</tr>
            """
        }
        let table: HTML = """
            <div class="scroll" tabindex="0" role="region" aria-label="\(text.title)"><table><thead><tr><th>\(text.label)\
            <th>\(text.address)<th>\(text.topics)<th>\(text.state)</thead><tbody>\(rows)</tbody></table></div>
            """
        return AdminPage.response(
            visit, Self.path, text.title,
            """
            \(if: told, "<p class=\"told\" role=\"status\">\(text.deleted)</p>")<p class="soft">\(text.lead)</p>\
            <p><a class="button" href="\(Self.path)/new">\(text.add)</a></p>\
            \(if: rows.isEmpty, "<p class=\"empty\">\(text.none)</p>")\(if: !rows.isEmpty, table)
            """)
    }

    private func edit(_ form: FormData, _ visit: Visit) -> Response {
        let text = WebhookTexts[visit.language]
        let view = FormView(form, visit: visit)
        return AdminPage.response(
            visit, Self.path, text.new, status: form.errors.isEmpty ? .ok : .unprocessableContent,
            """
            \(view.summary)<form method="post" action="\(Self.path)" class="stack" novalidate>\(view.token)\
            \(WebhookView.fields(view, text))<div class="actions"><button class="button">\(text.create)</button></div></form>
            """)
    }

    /// The one time that the secret is shown.
    private func shown(_ secret: WebhookSecret, of hook: Webhook, _ visit: Visit) -> Response {
        let text = WebhookTexts[visit.language]
        return AdminPage.response(
            visit, Self.path, hook.label,
            """
            <p class="told" role="status">\(text.secretLead)</p><pre>\(secret.text)</pre><p class="soft">\(text.secretHint)</p>\
            <p><a class="button" href="\(Self.path)/\(hook.id)">\(text.goOn)</a></p>
            """)
    }

    private func show(_ hook: Webhook, _ form: FormData, _ visit: Visit, told: String? = nil) async throws -> Response {
        let text = WebhookTexts[visit.language]
        let view = FormView(form, visit: visit)
        let sent = try await webhooks.database.read { [jobs = webhooks.jobs] reader in
            try jobs.standing(
                WebhookJob.queue, keys: WebhookJob.prefix(of: hook.id), limit: Self.deliveries, in: reader)
        }
        return AdminPage.response(
            visit, Self.path, hook.label, status: form.errors.isEmpty ? .ok : .unprocessableContent,
            """
            \(view.summary)\(text.told[told ?? ""].map { "<p class=\"told\" role=\"status\">\($0)</p>" as HTML })\
            <p><a href="\(Self.path)">\(text.title)</a> · \(WebhookView.tag(hook, text))</p>\
            \(WebhookView.acts(hook, view, text))\(WebhookView.sent(sent, visit))\
            <section class="stack"><h2>\(text.change)</h2><form method="post" action="\(Self.path)/\(hook.id)" class="stack" novalidate>\
            \(view.token)\(WebhookView.fields(view, text))<div class="actions"><button class="button" name="go" value="save">\
            \(text.save)</button></div></form></section>\(WebhookView.graver(hook, view, text))
            """)
    }
}

extension Webhook {
    mutating func take(_ draft: WebhookDraft) {
        (label, address, topics) = (draft.label, draft.address, draft.topics)
    }
}

extension Webhooks {
    /// Gives it a new secret; the one before stays valid for a day. Nil when there is no such webhook any more.
    func renew(_ id: String, by person: String, at time: Timestamp) async throws -> WebhookSecret? {
        guard let hook = try await database.read({ try WebhookTable.find(id, in: $0) }) else { return nil }
        let (secret, sealed) = try await newSecret(for: hook)
        let isDone = try await database.write { try renew(id, to: sealed, by: person, at: time, in: $0) }
        return isDone ? secret : nil
    }

    /// Nothing, and false, when there is no such webhook any more.
    func renew(_ id: String, to sealed: [UInt8], by person: String, at time: Timestamp, in tx: Transaction) throws
        -> Bool
    {
        guard var hook = try WebhookTable.find(id, in: tx) else { return false }
        (hook.oldSecret, hook.oldUntil) = (hook.secret, time.adding(seconds: Self.overlap))
        hook.secret = sealed
        try WebhookTable.update(hook, by: person, at: time, in: tx)
        return true
    }
}
