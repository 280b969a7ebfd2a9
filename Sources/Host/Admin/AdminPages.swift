import EventBus
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// What an administrator sees and does: modules, events and work, mails kept as files. No case is shown here.
struct AdminPages: Sendable {
    static let right: Right = "host.administer"

    let registry: ModuleRegistry
    let switches: ModuleSwitches
    /// Brings the modules to what configuration and switches say.
    let apply: @Sendable () async throws -> Void
    /// The modules that are on or off against the configuration.
    let byHand: @Sendable () async throws -> Set<String>
    let bus: BusOverview
    let mails: MailFolder

    func mount(on router: Router<AppContext>) {
        router.get("/admin/modules") { request, context in
            try await modules(try administrator(context), FormData(), told: request.uri.queryParameters["done"] != nil)
        }
        router.get("/admin") { _, context in
            guard let first = AdminPage.menu(try context.visit).first else {
                throw Problem.forbidden(try context.visit.language)
            }
            return Response.seeOther(first.path)
        }
        router.get("/admin/modules/off") { request, context in
            try await confirmation(
                try administrator(context), request.uri.queryParameters["module"].map(String.init) ?? "")
        }
        router.post("/admin/modules") { request, context in try await switchModule(request, context) }
        router.get("/admin/events") { _, context in try await events(try administrator(context)) }
        router.get("/admin/mail") { _, context in try mailList(try administrator(context)) }
        router.get("/admin/mail/:name") { _, context in
            try mail(try administrator(context), context.parameters.require("name"))
        }
    }

    /// - Throws: `Problem` 401 or 403.
    private func administrator(_ context: AppContext) throws -> Visit {
        try context.visitor(with: Self.right).visit
    }

    private func modules(_ visit: Visit, _ form: FormData, told: Bool) async throws -> Response {
        let text = HostTexts[visit.language]
        let view = FormView(form, visit: visit)
        let byHand = try await byHand()
        let rows = await registry.reports.map { report -> HTML in
            let manifest = report.manifest
            let isOn = report.state == .on
            return """
                <tr><td><b>\(manifest.title[visit.language])</b><br><code>\(manifest.id)</code></td><td data-label="\(text.state)">\
                \(tag(report.state, text))\(if: byHand.contains(manifest.id), "<br><span class=\"soft\">\(text.byHand)</span>")</td>\
                <td data-label="\(text.topics)">\(fold(manifest.topics, text.topics))</td>\
                <td data-label="\(text.tables)">\(fold(manifest.tables, text.tables))</td>\
                <td>\(isOn ? switchOff(manifest, visit) : switchOn(manifest, view, visit))</td></tr>
                """
        }
        return AdminPage.response(
            visit, "/admin/modules", text.modulesTitle, status: form.errors.isEmpty ? .ok : .unprocessableContent,
            """
            \(view.summary)\(if: told, "<p class=\"told\" role=\"status\">\(text.switched)</p>")<p class="soft">\
            \(text.modulesLead)</p>\
            <div class="scroll" tabindex="0" role="region" aria-label="\(text.modulesTitle)"><table class="stacked"><thead><tr><th>\
            \(text.module)<th>\(text.state)<th>\(text.topics)\
            <th>\(text.tables)<th>\(text.change)</thead><tbody>\(rows)</tbody></table></div>
            """)
    }

    private func switchOn(_ manifest: ModuleManifest, _ view: FormView, _ visit: Visit) -> HTML {
        """
        <form method="post" action="/admin/modules">\(view.token)<input type="hidden" name="module" value="\(manifest.id)">\
        <button class="button quiet" name="enabled" value="yes">\(HostTexts[visit.language].switchOn)\
        <span class="visually-hidden"> \(manifest.title[visit.language])</span></button></form>
        """
    }

    /// Switching off is asked about first.
    private func switchOff(_ manifest: ModuleManifest, _ visit: Visit) -> HTML {
        """
        <a class="button quiet" href="/admin/modules/off?module=\(manifest.id)">\(HostTexts[visit.language].switchOff)\
        <span class="visually-hidden"> \(manifest.title[visit.language])</span></a>
        """
    }

    /// What stops when the module is switched off.
    private func confirmation(_ visit: Visit, _ id: String) async throws -> Response {
        guard let manifest = await registry.reports.map(\.manifest).first(where: { $0.id == id }) else {
            throw Problem.notFound(visit.language)
        }
        let text = SwitchTexts[visit.language]
        let stops = text.stops + (manifest.isDiscreet ? [text.codes] : [])
        return AdminPage.response(
            visit, "/admin/modules", text.title(manifest.title[visit.language]),
            """
            <ul>\(stops.map { "<li>\($0)</li>" as HTML })</ul><p>\(text.stays)</p>\
            <form method="post" action="/admin/modules" class="actions">\(FormView(FormData(), visit: visit).token)\
            <input type="hidden" name="module" value="\(manifest.id)">\
            <button class="button danger" name="enabled" value="no">\(HostTexts[visit.language].switchOff)</button>\
            <a class="button quiet" href="/admin/modules">\(text.keep)</a></form>
            """)
    }

    /// How many there are, and each when one asks.
    private func fold(_ names: [String], _ label: String) -> HTML {
        guard !names.isEmpty else { return "0" }
        let items = names.map { "<code>\($0)</code><br>" as HTML }
        return """
            <details class="fold"><summary>\(names.count)<span class="visually-hidden"> \(label)</span></summary>\(items)</details>
            """
    }

    private func tag(_ state: ModuleState, _ text: HostTexts) -> HTML {
        switch state {
        case .on: "<span class=\"tag done\">\(text.on)</span>"
        case .off: "<span class=\"tag\">\(text.off)</span>"
        case .failed(let failure):
            "<span class=\"tag late\">\(text.failed)</span><br><span class=\"soft\">\(failure.description)</span>"
        }
    }

    private func switchModule(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try administrator(context)
        var form = try await context.form(request)
        form.errors += await refusals(form, HostTexts[visit.language])
        guard form.errors.isEmpty else { return try await modules(visit, form, told: false) }
        do {
            try await switches.set(form["module"], enabled: form["enabled"] == "yes", now: visit.now)
            try await apply()
        } catch let failure as ModuleFailure {
            form.errors.append(FieldError("", HostTexts[visit.language].moduleFailed(failure.module, failure.reason)))
            return try await modules(visit, form, told: false)
        }
        return .seeOther("/admin/modules?done=1")
    }

    /// What is wrong with the form for switching a module.
    private func refusals(_ form: FormData, _ text: HostTexts) async -> [FieldError] {
        let known = await registry.reports.map(\.manifest.id)
        var errors: [FieldError] = []
        if !known.contains(form["module"]) {
            errors.append(FieldError("", text.unknownModule(form["module"], known.joined(separator: ", "))))
        }
        if !["yes", "no"].contains(form["enabled"]) { errors.append(FieldError("", text.neitherOnNorOff)) }
        return errors
    }

    private func events(_ visit: Visit) async throws -> Response {
        let text = HostTexts[visit.language]
        let work = WorkTexts[visit.language]
        let state = try await bus.read()
        let keys = state.keys.map {
            "<tr><td>\($0.name)<td><code>\($0.publicKey)</code><td>\($0.topics)<td>\($0.work)</tr>" as HTML
        }
        let queues = state.queues.map { queue -> HTML in
            """
            <tr><td>\(queue.name)<td>\(queue.waiting)<td>\(queue.retried?.count ?? 0)<td>\(work.duration(queue.oldest))<td>\(queue.leased)<td>\
            \(if: queue.parked == 0, "0")\(if: queue.parked > 0, "<a href=\"\(WorkPages.path)\">\(queue.parked)</a>")</tr>
            """
        }
        let alarms = state.queues.filter(\.stands).map { queue -> HTML in
            "<p class=\"told late\" role=\"status\">\(WorkTexts[visit.language].stalled(queue.name, work.duration(queue.oldest)))</p>"
        }
        let failing = state.queues.compactMap { queue -> HTML? in
            guard let retried = queue.retried else { return nil }
            let seconds = max(0, (visit.now.milliseconds - retried.since.milliseconds) / 1000)
            let told = work.failing(queue.name, retried.count, work.duration(seconds), work.explain(retried.reason))
            return "<p class=\"told late\" role=\"status\">\(told)</p>"
        }
        return AdminPage.response(
            visit, "/admin/events", text.busTitle,
            """
            \(alarms)\(failing)<p class="soft">\(text.busLead)</p><dl class="facts"><div><dt>\(text.head)</dt><dd class="num">\
            \(state.head)</dd></div>\
            <div><dt>\(text.epoch)</dt><dd><code>\(state.epoch)</code></dd></div></dl>\
            <div class="scroll" tabindex="0" role="region" aria-label="\(text.queue)"><table class="num"><thead><tr>\
            <th>\(text.queue)<th>\(text.waiting)<th>\(work.again)<th>\(WorkTexts[visit.language].oldest)<th>\(text.leased)<th>\(text.parked)\
            </thead><tbody>\(queues)</tbody></table></div>\(ReaderTable(state.readers).html(visit))\(if: keys.isEmpty, "<p>\(text.noKeys)</p>")\
            <div class="scroll" tabindex="0" role="region" aria-label="\(text.publicKey)"><table><thead><tr><th>\
            \(text.name)<th>\(text.publicKey)\
            <th>\(text.topics)<th>\(text.work)</thead><tbody>\(keys)</tbody></table></div>
            """)
    }

    private func mailList(_ visit: Visit) throws -> Response {
        let text = HostTexts[visit.language]
        let rows = mails.newest(limit: 200).map { name in
            "<tr><td><a href=\"/admin/mail/\(name)\">\(name)</a></tr>" as HTML
        }
        return AdminPage.response(
            visit, "/admin/mail", text.mailTitle,
            """
            <p class="soft">\(text.mailLead)</p>\(if: rows.isEmpty, "<p class=\"empty\">\(text.mailEmpty)</p>")\
            \(if: !rows.isEmpty, "<table class=\"num\"><tbody>\(rows)</tbody></table>")
            """)
    }

    private func mail(_ visit: Visit, _ name: String) throws -> Response {
        let text = HostTexts[visit.language]
        guard let message = mails.message(name) else { throw Problem.notFound(visit.language) }
        return AdminPage.response(
            visit, "/admin/mail", text.mailTitle,
            "<p><a href=\"/admin/mail\">\(text.mailTitle)</a> · \(name)</p><pre>\(message)</pre>")
    }
}
