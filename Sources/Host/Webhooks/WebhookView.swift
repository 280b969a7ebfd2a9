import CalendarKit
import EventBus
import EventKit
import ModuleKit

/// The parts of a webhook's page.
enum WebhookView {
    static func tag(_ hook: Webhook, _ text: WebhookTexts) -> HTML {
        switch (hook.state, hook.cause) {
        case (.paused, .some(let cause)):
            "<span class=\"tag late\">\(text.paused)</span> <span class=\"soft\">\(text.causes[cause] ?? "")</span>"
        case (.paused, .none): "<span class=\"tag\">\(text.paused)</span>"
        case (.active, _) where hook.failures > 0: "<span class=\"tag due\">\(text.failing(hook.failures))</span>"
        case (.active, _): "<span class=\"tag done\">\(text.active)</span>"
        }
    }

    static func fields(_ view: FormView, _ text: WebhookTexts) -> HTML {
        """
        \(view.text("label", label: text.label, hint: text.labelHint, limit: 100))\
        \(view.text("address", label: text.address, hint: text.addressHint))\
        \(view.text("topics", label: text.topics, hint: text.topicsHint))
        """
    }

    /// What can be done at once.
    static func acts(_ hook: Webhook, _ view: FormView, _ text: WebhookTexts) -> HTML {
        let isActive = hook.state == .active
        return """
            <form method="post" action="\(WebhookPages.path)/\(hook.id)" class="actions">\(view.token)\
            \(if: isActive, "<button class=\"button quiet\" name=\"go\" value=\"test\">\(text.test)</button>")\
            <button class="button quiet" name="go" value="\(isActive ? "pause" : "resume")">\
            \(isActive ? text.pause : text.resume)</button></form>
            """
    }

    /// What needs a second thought.
    static func graver(_ hook: Webhook, _ view: FormView, _ text: WebhookTexts) -> HTML {
        func fold(_ go: String, _ title: String, _ hint: String) -> HTML {
            """
            <details class="fold"><summary>\(title)</summary><form method="post" action="\(WebhookPages.path)/\(hook.id)" \
            class="stack tight">\(view.token)<p>\(hint)</p><button class="button quiet" name="go" value="\(go)">\(title)</button>\
            </form></details>
            """
        }
        return "\(fold("secret", text.newSecret, text.newSecretHint))\(fold("delete", text.delete, text.deleteHint))"
    }

    /// The last events and what became of them.
    static func sent(_ jobs: [JobStanding], _ visit: Visit) -> HTML {
        let text = WebhookTexts[visit.language]
        let rows = jobs.map { job -> HTML in
            let parts = WebhookJob.parts(of: job.key)
            return """
                <tr><td>\(parts?.type ?? "")<br><code>\(parts?.event ?? "")</code><td>\(state(job, text))<td>\(job.said ?? "–")\
                <td class="num">\(job.attempts)<td>\(moment(job.changedAt, visit))</tr>
                """
        }
        let table: HTML = """
            <div class="scroll" tabindex="0" role="region" aria-label="\(text.last)"><table><thead><tr><th>\(text.event)<th>\
            \(text.state)<th>\(text.answer)<th>\(text.attempts)<th>\(text.when)</thead><tbody>\(rows)</tbody></table></div>
            """
        return """
            <section class="stack"><h2>\(text.last)</h2>\(if: rows.isEmpty, "<p class=\"empty\">\(text.nothingSent)</p>")\
            \(if: !rows.isEmpty, table)</section>
            """
    }

    private static func state(_ job: JobStanding, _ text: WebhookTexts) -> HTML {
        let tag =
            switch job.state {
            case .done: "done"
            case .parked: "late"
            default: job.said == nil ? "" : "due"
            }
        return "<span class=\"tag \(tag)\">\(text.jobStates[job.state] ?? job.state.rawValue)</span>"
    }

    private static func moment(_ time: Timestamp, _ visit: Visit) -> String {
        let local = Oslo.local(at: time)
        let minute = local.minute < 10 ? "0\(local.minute)" : "\(local.minute)"
        return "\(visit.language.short(local.date, today: Oslo.date(at: visit.now))) \(local.hour):\(minute)"
    }
}
