import DeviationsCore
import Foundation
import ModuleKit
import WhistleblowingContract

/// Where a report stops that belongs to whistleblowing: the way there, and who can help.
struct Diversion: Sendable {
    let form: FormData
    let visit: Visit
    let exit: String

    private var text: DoorTexts { DoorTexts[visit.language] }
    private var view: FormView { FormView(form, visit: visit) }
    private var isOn: Bool { visit.access.isKnown(Right(WayIn.right)) }

    /// What somebody may have written before they came to the question.
    private static let written: [Field] = [.title, .description, .occurredOn]

    private var hasWritten: Bool { Self.written.contains { !form[$0.rawValue].isEmpty } }

    var page: Page {
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack" data-draft-sent="deviations.report">\
            <h1>\(text.stopTitle)</h1><p class="lead soft">\(text.stopLead)</p></div>\(Self.urgent(visit))\
            <section class="stack"><h2>\(text.wayTitle)</h2>\(if: isOn, way)\(if: !isOn, "<p class=\"note\">\(text.wayOff)</p>")\
            </section>\(Self.talk(visit))\(back)</main>
            """
        return Page("", exit: exit, content: content)
    }

    private var way: HTML {
        let carry: HTML = """
            <h3>\(text.carryTitle)</h3><p>\(text.carryText)</p>\(start(Self.written.map(\.rawValue), text.withText))
            """
        return """
            <p>\(text.wayText)</p>\(if: hasWritten, carry)\(start([], hasWritten ? text.withoutText : text.wayLink))
            """
    }

    /// A form to whistleblowing: in its body, never in its address, what the reporter chooses to bring.
    private func start(_ fields: [String], _ label: String) -> HTML {
        """
        <form method="post" action="\(WayIn.path)" class="actions">\(view.hidden(fields + [Field.campus.rawValue]))\
        <input type="hidden" name="category" value="\(form[Field.serious.rawValue])">\
        <input type="hidden" name="seed" value="\(UUID().uuidString)"><input type="hidden" name="step" value="about">\
        <input type="hidden" name="language" value="\(visit.language.rawValue)">\(view.token)\
        <button class="button" name="as" value="anonymous">\(label), \(text.anonymously)</button>\
        <button class="button quiet" name="as" value="named">\(label), \(text.byName)</button></form>
        """
    }

    private var back: HTML {
        let carried = ["case"] + ReportForm.Step.allCases.flatMap(\.fields).filter { $0 != .serious }.map(\.rawValue)
        return """
            <form method="post" action="/deviations/report">\(view.hidden(carried))\(view.token)\
            <input type="hidden" name="step" value="0"><button class="link" name="go" value="to-0">\(text.back)</button></form>
            """
    }

    static func urgent(_ visit: Visit) -> HTML {
        let text = DoorTexts[visit.language]
        return """
            <aside class="note care stack tight"><h2>\(text.urgentTitle)</h2><p>\(text.urgentText) \
            <a href="tel:112">112</a> · <a href="tel:113">113</a></p></aside>
            """
    }

    /// Whom one can talk to. The place for the campus's confidential people.
    static func talk(_ visit: Visit) -> HTML {
        let text = DoorTexts[visit.language]
        return """
            <section class="stack tight"><h2>\(text.talkTitle)</h2><p>\(text.talkText)</p>\
            <p><a href="https://www.studentombud.no" rel="noreferrer">\(text.ombud)</a></p></section>
            """
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
