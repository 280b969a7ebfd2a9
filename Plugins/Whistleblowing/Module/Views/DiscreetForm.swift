import HTTPTypes
import ModuleKit

/// A form of the reporter's pages: sent to the one address, answered in place, with the choice of language at its end.
struct DiscreetForm: Sendable {
    let visit: Visit

    private var text: WayInTexts { WayInTexts[visit.language] }

    /// What would be lost by leaving the page.
    enum Hold: String {
        /// What was typed.
        case typed
        /// A code that is shown only now.
        case always
    }

    /// The form for the step with this name. `hidden` stands before all else, so that it is known when files come.
    func html(
        _ step: String, hidden: HTML = "", _ content: HTML, languages: Bool = true, files: Bool = false,
        hold: Hold? = nil
    ) -> HTML {
        """
        <form method="post" action="\(ReporterPages.path)" class="stack"\(if: files, " enctype=\"multipart/form-data\"") data-stay="\(text.lost)"\(hold.map { " data-hold=\"\($0.rawValue)\"" as HTML }) autocomplete="off" novalidate>\
        <div hidden><input type="hidden" name="_token" value="\(visit.formToken ?? "")"><input type="hidden" name="step" value="\(step)">\
        <input type="hidden" name="language" value="\(visit.language.rawValue)">\(hidden)</div>\(content)\(if: languages, choice)</form>
        """
    }

    private var choice: HTML {
        let buttons = Language.allCases.filter { $0 != visit.language }.map { language -> HTML in
            "<button class=\"link\" name=\"language\" value=\"\(language.rawValue)\" lang=\"\(language.rawValue)\">\(language.name)</button> "
        }
        return "<p class=\"languages soft\"><span>\(text.languages):</span> \(buttons)</p>"
    }

    /// A page around it that leaves nothing telling.
    static func page(_ content: HTML, hasErrors: Bool, full: Full? = nil, exit: String) -> Page {
        Page(
            "", exit: exit, status: full?.status ?? (hasErrors ? .unprocessableContent : .ok),
            content: "<main class=\"page stack loose\" id=\"main\">\(content)</main>")
    }
}
