import DeviationsCore
import Foundation
import ModuleKit
import WhistleblowingContract

/// Where a report stops that belongs to whistleblowing: the way there, and who can help.
struct Diversion: Sendable {
    let form: FormData
    let visit: Visit
    let exit: String
    /// Whether one may report without a name.
    let isAnonymous: Bool

    private var text: DoorTexts { DoorTexts[visit.language] }
    private var view: FormView { FormView(form, visit: visit) }
    private var isOn: Bool { visit.access.isKnown(Right(WayIn.right)) }

    /// What somebody may have written before they came to the question.
    private static let written: [Field] = [.title, .description, .occurredOn]

    private var hasWritten: Bool { Self.written.contains { !form[$0.rawValue].isEmpty } }

    var page: Page {
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack" data-draft-sent="deviations.report" data-anew>\
            <h1>\(text.stopTitle)</h1><p class="lead soft">\(text.stopLead)</p></div>\
            <section class="stack"><h2>\(text.wayTitle)</h2>\(if: isOn, way)\(if: !isOn, "<p class=\"note\">\(text.wayOff)</p>")\
            </section>\(Self.help(visit))\(back)</main>
            """
        return Page("", exit: exit, content: content)
    }

    private var way: HTML {
        let carry: HTML = """
            <h3>\(text.carryTitle)</h3><p>\(text.carryText)</p>\(start(Self.written.map(\.rawValue), text.withText))
            """
        return """
            <p>\(text.wayText)\(if: isAnonymous, " \(text.wayAnonymous)")</p>\(if: hasWritten, carry)\(start([], hasWritten ? text.withoutText : text.wayLink))
            """
    }

    /// A form to whistleblowing: in its body, never in its address, what the reporter chooses to bring.
    private func start(_ fields: [String], _ label: String) -> HTML {
        let named: HTML = "\(label)\(if: isAnonymous, ", \(text.byName)")"
        let anonymous: HTML = """
            <button class="button" name="as" value="anonymous">\(label), \(text.anonymously)</button>
            """
        return """
            <form method="post" action="\(WayIn.path)" class="actions">\(view.hidden(fields + [Field.campus.rawValue]))\
            <input type="hidden" name="category" value="\(form[Field.serious.rawValue])">\
            <input type="hidden" name="seed" value="\(UUID().uuidString)"><input type="hidden" name="step" value="about">\
            <input type="hidden" name="language" value="\(visit.language.rawValue)">\(view.token)\
            \(if: isAnonymous, anonymous)\
            <button class="button\(if: isAnonymous, " quiet")" name="as" value="named">\(named)</button></form>
            """
    }

    private var back: HTML {
        let carried = ["case"] + ReportForm.Step.allCases.flatMap(\.fields).filter { $0 != .serious }.map(\.rawValue)
        return """
            <form method="post" action="/deviations/report">\(view.hidden(carried))\(view.token)\
            <input type="hidden" name="step" value="0"><button class="link" name="go" value="to-0">\(text.back)</button></form>
            """
    }

    /// Whom one can talk to, and whom to call when there is danger.
    static func help(_ visit: Visit) -> HTML {
        HelpPanel(visit.access.chart, campus: visit.viewer?.person.campus, language: visit.language).html
    }

    /// Links to both, for pages on which one reports.
    static func links(_ visit: Visit) -> HTML {
        let text = DoorTexts[visit.language]
        let way: HTML = "<a href=\"\(WayIn.path)\">\(text.wayLink)</a> · "
        return """
            <p>\(if: visit.access.isKnown(Right(WayIn.right)), way)\
            <a href="https://www.studentombud.no" rel="noreferrer">\(text.ombud)</a></p>
            """
    }
}
