import CalendarKit
import ModuleKit
import WhistleblowingCore

/// The way in: begin, come back, and all one should know before.
struct WayIn: Sendable {
    let form: FormData
    let visit: Visit
    /// What the signed-in person has reported by name.
    let own: [Whistleblow]
    let deadlines: Deadlines
    /// False while nobody would read a report.
    let isOpen: Bool
    /// Whether one may report without a name.
    let isAnonymous: Bool
    let exit: String

    private var text: WayInTexts { WayInTexts[visit.language] }
    private var view: FormView { FormView(form, visit: visit) }

    var page: Page {
        let content: HTML = """
            <div class="stack"><h1>\(text.title)</h1><p class="lead soft">\(isAnonymous ? text.lead : text.leadNamed)</p><p class="soft">\(text.exitHint)<span class="with-keys"> \(text.exitKeys)</span></p></div>\(view.summary)\
            <aside class="note care stack tight"><h2>\(text.urgentTitle)</h2><p>\(text.urgent(Self.call("112"), Self.call("113")))</p></aside>\
            \(isOpen ? open : closed)
            """
        return DiscreetForm.page(content, hasErrors: !form.errors.isEmpty, exit: exit)
    }

    private static func call(_ number: String) -> HTML { "<a href=\"tel:\(number)\">\(number)</a>" }

    private var open: HTML {
        """
        \(start)\(comeBack)\(if: !own.isEmpty, ownCases)\
        <section class="stack"><h2>\(text.thenTitle)</h2><ol class="way">\(steps)</ol></section>\
        <section class="stack tight"><h2>\(text.whoTitle)</h2><p>\(text.whoText)</p></section>\
        <section class="stack tight"><h2>\(text.forTitle)</h2><p>\(text.forText)</p></section>\(talk)
        """
    }

    /// While nobody would read a report: those one can talk to, and the way back for whoever has told something before.
    private var closed: HTML {
        """
        <p class="note">\(text.nobody)</p>\(talk)\(if: !own.isEmpty, ownCases)\
        <details class="fold"\(if: !form.errors.isEmpty, " open")><summary>\(text.returnTitle)</summary>\(comeBack)</details>
        """
    }

    private var start: HTML {
        let style: HTML = isAnonymous ? "button quiet" : "button"
        let named: HTML =
            visit.viewer == nil
            ? "<a class=\"\(style)\" href=\"/sign-in?back=\(ReporterPages.path)\">\(text.signIn)</a>"
            : "<button class=\"\(style)\" name=\"go\" value=\"named\">\(text.startNamed)</button>"
        let signedIn = (isAnonymous ? visit.viewer : nil).map {
            "<p class=\"soft\">\(text.signedIn($0.person.name))</p>" as HTML
        }
        let anonymous: HTML = "<button class=\"button\" name=\"go\" value=\"anonymous\">\(text.startAnonymous)</button>"
        let buttons: HTML = """
            <p>\(isAnonymous ? text.anonymousText : text.namedOnly)</p>\(signedIn)\
            <div class="actions">\(if: isAnonymous, anonymous)\(named)</div>
            """
        return
            "<section class=\"stack\"><h2>\(text.startTitle)</h2>\(DiscreetForm(visit: visit).html("start", buttons))</section>"
    }

    private var comeBack: HTML {
        let fields: HTML = """
            \(view.text("code", label: text.code, hint: text.codeHint))<div class="actions">\
            <button class="button quiet" name="go" value="return">\(text.returnButton)</button></div>
            """
        return """
            <section class="stack"><h2>\(text.returnTitle)</h2><p>\(text.returnText)</p>\
            \(DiscreetForm(visit: visit).html("start", fields, languages: false))</section>
            """
    }

    private var ownCases: HTML {
        let shared = SharedTexts[visit.language]
        let today = Oslo.date(at: visit.now)
        let items = own.map { whistleblow -> HTML in
            """
            <li><button class="card" name="own" value="\(whistleblow.id)"><b>\(whistleblow.content.report.title.isEmpty ? shared.category(whistleblow.content.report.category) : whistleblow.content.report.title)</b>\
            <span class="soft">\(shared.received) \(visit.language.words(whistleblow.receivedOn, today: today))</span></button></li>
            """
        }
        let list: HTML = "<input type=\"hidden\" name=\"go\" value=\"own\"><ul class=\"cards\">\(items)</ul>"
        return
            "<section class=\"stack\"><h2>\(text.ownTitle)</h2>\(DiscreetForm(visit: visit).html("start", list, languages: false))</section>"
    }

    private var steps: [HTML] {
        text.then(deadlines.acknowledgeDays, deadlines.feedbackMonths, isAnonymous).map {
            "<li><strong>\($0.title)</strong><br>\($0.text)</li>"
        }
    }

    /// The campus's confidential people and the ombud.
    private var talk: HTML {
        HelpPanel(visit.access.chart, campus: visit.viewer?.person.campus, language: visit.language).html
    }
}
