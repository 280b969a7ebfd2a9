import ModuleKit

extension CaseParts {
    /// Who has looked at the case, for its reporter: folded, as most never ask.
    func seenBy(_ looks: [SeenBy]) -> HTML {
        let text = SeenTexts[language]
        let items = looks.map { seen -> HTML in
            let unit = seen.unit.map { ", \(self.unit($0))" as HTML }
            return "<li>\(words(seen.day)): \(text.places[seen.place] ?? seen.place.rawValue)\(unit)</li>"
        }
        return """
            <details id="seen"><summary>\(text.title)</summary><div class="stack tight"><p class="soft">\(text.lead)</p>\
            \(if: items.isEmpty, "<p>\(text.none)</p>")\(if: !items.isEmpty, "<ul>\(items)</ul>")</div></details>
            """
    }
}
