import CalendarKit
import EventBus
import EventKit
import Hummingbird
import ModuleKit

/// `/admin/work`: the jobs that were given up, each to be tried again or dropped. What a job is about is not shown.
struct WorkPages: Sendable {
    static let path = "/admin/work"
    private static let pageSize = 50

    let jobs: JobStore

    func mount(on router: Router<AppContext>) {
        router.get("/admin/work") { request, context in
            let query = request.uri.queryParameters
            return try await list(
                FormData(), try administrator(context), after: query["after"].flatMap { Int64($0) } ?? 0,
                done: query["done"].map(String.init))
        }
        router.post("/admin/work") { request, context in
            let visit = try administrator(context)
            return try await decide(try await context.form(request), visit)
        }
        router.get("/admin/work/drop") { request, context in
            let query = request.uri.queryParameters
            return try await confirmation(
                try administrator(context), job: query["job"].flatMap { Int64($0) },
                queue: query["queue"].map(String.init))
        }
    }

    /// - Throws: `Problem` 401 or 403.
    private func administrator(_ context: AppContext) throws -> Visit {
        try context.visitor(with: AdminPages.right).visit
    }

    private func decide(_ form: FormData, _ visit: Visit) async throws -> Response {
        guard form.errors.isEmpty else { return try await list(form, visit) }
        guard let chosen = Self.jobs(form), ["retry", "drop"].contains(form["act"]) else {
            throw Problem.malformed(visit.language)
        }
        let isRetry = form["act"] == "retry"
        let changed =
            if isRetry { try await jobs.retry(chosen) } else {
                try await jobs.drop(chosen, reason: "dropped by \(visit.viewer?.person.id ?? "")")
            }
        guard changed > 0 else {
            var form = form
            form.errors.append(FieldError("", WorkTexts[visit.language].gone))
            return try await list(form, visit)
        }
        return .seeOther("\(Self.path)?done=\(isRetry ? "retried" : "dropped")")
    }

    private static func jobs(_ form: FormData) -> ParkedJobs? {
        if let id = Int64(form["job"]) { return .one(id) }
        guard !form["queue"].isEmpty else { return nil }
        return .queue(form["queue"], through: Int64(form["through"]).map { Timestamp(milliseconds: $0) })
    }

    // The pages

    private func list(_ form: FormData, _ visit: Visit, after: Int64 = 0, done: String? = nil) async throws -> Response
    {
        let text = WorkTexts[visit.language]
        let view = FormView(form, visit: visit)
        let parked = try await jobs.parked(after: after, limit: Self.pageSize + 1)
        let queues = try await jobs.parkedQueues()
        let rows = parked.prefix(Self.pageSize).map { row($0, view, visit) }
        let last = parked.prefix(Self.pageSize).last?.id ?? 0
        let table: HTML = """
            <div class="scroll" tabindex="0" role="region" aria-label="\(text.title)"><table class="stacked"><thead><tr><th>\(text.job)\
            <th>\(text.queue)<th>\(text.reason)<th>\(text.attempts)<th>\(text.since)<th>\(text.act)</thead><tbody>\(rows)\
            </tbody></table></div>\(if: parked.count > Self.pageSize, "<p><a href=\"\(Self.path)?after=\(last)\">\(text.more)</a></p>")
            """
        let told = ["retried": text.retried, "dropped": text.dropped][done ?? ""]
        return AdminPage.response(
            visit, Self.path, text.title, status: form.errors.isEmpty ? .ok : .unprocessableContent,
            """
            \(view.summary)\(told.map { "<p class=\"told\" role=\"status\">\($0)</p>" as HTML })<p class="soft">\(text.lead)</p>\
            \(queues.map { all($0, view, text) })\(if: rows.isEmpty, "<p class=\"empty\">\(text.none)</p>")\
            \(if: !rows.isEmpty, table)
            """)
    }

    /// What can be done with all of a queue.
    private func all(_ queue: ParkedQueue, _ view: FormView, _ text: WorkTexts) -> HTML {
        """
        <form method="post" action="\(Self.path)" class="actions">\(view.token)<input type="hidden" name="queue" value="\(queue.name)">\
        <b>\(queue.name)</b> <span class="num">\(queue.count)</span> <button class="button quiet" name="act" value="retry">\
        \(text.retryAll)<span class="visually-hidden"> \(queue.name)</span></button>\
        <a class="button quiet" href="\(Self.path)/drop?queue=\(queue.name)">\(text.dropAll)\
        <span class="visually-hidden"> \(queue.name)</span></a></form>
        """
    }

    private func row(_ job: Job, _ view: FormView, _ visit: Visit) -> HTML {
        let text = WorkTexts[visit.language]
        return """
            <tr><td class="num" data-label="\(text.job)">\(job.id)\(if: job.required, "<br><span class=\"tag due\">\(text.required)</span>")<td data-label="\(text.queue)">\(job.queue)\
            <td data-label="\(text.reason)">\(text.explain(job.reason))<td class="num" data-label="\(text.attempts)">\(job.attempts)\
            <td data-label="\(text.since)">\(moment(job.changedAt, visit))\
            <td><form method="post" action="\(Self.path)" class="actions">\(view.token)<input type="hidden" name="job" \
            value="\(job.id)"><button class="button quiet" name="act" value="retry">\(text.retry)\
            <span class="visually-hidden"> \(job.id)</span></button><a class="button quiet" \
            href="\(Self.path)/drop?job=\(job.id)">\(text.drop)<span class="visually-hidden"> \(job.id)</span></a></form></tr>
            """
    }

    private func confirmation(_ visit: Visit, job id: Int64?, queue name: String?) async throws -> Response {
        let text = WorkTexts[visit.language]
        if let id, let job = try await jobs.parked(id: id) {
            let warning = job.required ? text.confirmRequired : ""
            return confirmation(
                visit, "\(job.queue) \(job.id): \(text.explain(job.reason))", "\(text.confirmOne) \(warning)",
                "<input type=\"hidden\" name=\"job\" value=\"\(job.id)\">")
        }
        if let queue = try await jobs.parkedQueues().first(where: { $0.name == name }) {
            return confirmation(
                visit, queue.name, text.confirmAll(queue.count, queue.name),
                """
                <input type="hidden" name="queue" value="\(queue.name)"><input type="hidden" name="through" \
                value="\(queue.last.milliseconds)">
                """)
        }
        throw Problem.notFound(visit.language)
    }

    private func confirmation(_ visit: Visit, _ what: String, _ consequence: String, _ fields: HTML) -> Response {
        let text = WorkTexts[visit.language]
        return AdminPage.response(
            visit, Self.path, text.confirmTitle,
            """
            <p><b>\(what)</b></p><p>\(consequence)</p><form method="post" action="\(Self.path)" class="actions">\
            \(FormView(FormData(), visit: visit).token)\(fields)<button class="button danger" name="act" value="drop">\
            \(text.confirm)</button><a class="button quiet" href="\(Self.path)">\(text.keep)</a></form>
            """)
    }

    private func moment(_ time: Timestamp, _ visit: Visit) -> String {
        let local = Oslo.local(at: time)
        let minute = local.minute < 10 ? "0\(local.minute)" : "\(local.minute)"
        return "\(visit.language.short(local.date, today: Oslo.date(at: visit.now))) \(local.hour):\(minute)"
    }
}
