import Hummingbird
import ModuleKit

/// A link straight into a form, with what it fills in: made from what was chosen, never from an address somebody gives.
struct SpeakUpLink: Sendable {
    let form: DeepLink
    /// What was chosen, in the order of the form's presets; only what the form takes.
    let chosen: [(name: String, value: String)]
    let buttonLanguage: Language

    /// Nil when there is no form at all.
    init?(_ request: Request, among forms: [DeepLink], language: Language) {
        let query = request.uri.queryParameters
        guard let form = forms.first(where: { $0.path == query["form"].map(String.init) }) ?? forms.first else {
            return nil
        }
        self.form = form
        chosen = form.presets.compactMap { preset in
            let value = query[Substring(preset.name)].map(String.init)
            return preset.options.first { $0.value == value }.map { (preset.name, $0.value) }
        }
        buttonLanguage = query["button"].flatMap { Language(rawValue: String($0)) } ?? language
    }

    /// The form's address with the presets.
    var path: String { form.path + (chosen.isEmpty ? "" : "?" + query) }

    /// What names this link on our own pages.
    var own: String { "form=\(SignInPages.encoded(form.path))" + (chosen.isEmpty ? "" : "&" + query) }

    /// For a file's name: `si-ifra-ie-idi-grading`.
    var fileName: String { (["si-ifra"] + chosen.map(\.value)).joined(separator: "-") }

    private var query: String { chosen.map { "\($0.name)=\(SignInPages.encoded($0.value))" }.joined(separator: "&") }

    /// The button as other pages paste it. Its colours are at 7:1.
    func snippet(_ url: String, inCorner: Bool) -> HTML {
        let place = inCorner ? "position:fixed;right:1rem;bottom:1rem;z-index:9;" : ""
        return """
            <a href="\(url)" lang="\(buttonLanguage.rawValue)" style="\(place)display:inline-block;padding:.75em 1.5em;border-radius:.5em;background:#1b5e4b;\
            color:#fff;font:600 1rem/1.25 system-ui,sans-serif;text-decoration:none">\(SpeakUpTexts[buttonLanguage].button)</a>
            """
    }
}
