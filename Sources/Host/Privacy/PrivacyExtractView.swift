import EventKit
import Foundation
import ModuleKit

/// What is given out of cases: on the person's page, and as a document for who cannot sign in.
struct PrivacyExtractView {
    let language: Language

    init(_ language: Language) { self.language = language }

    func html(_ extracts: [PrivacyExtract]) -> HTML {
        let text = PrivacyTexts[language]
        let cases = extracts.map { extract -> HTML in
            let passages = extract.passages.map { passage -> HTML in
                """
                <li class="card"><p><b>\(passage.what[language])</b> <span class="soft">\(passage.on)</span></p>\
                <div class="bubble">\(HTML.paragraphs(passage.text))</div></li>
                """
            }
            return """
                <section class="stack tight"><h2>\(text.caseTitle) <span class="num">\(extract.number)</span></h2>\
                <ul class="cards">\(passages)</ul></section>
                """
        }
        return cases.isEmpty ? "<p>\(text.noExtract)</p>" : "\(cases)"
    }

    func document(_ extracts: [PrivacyExtract]) -> String {
        let html: HTML = """
            <!doctype html><html lang="\(language.rawValue)"><head><meta charset="utf-8"><title>\(PrivacyTexts[language].extract)</title></head>\
            <body><main><h1>\(PrivacyTexts[language].extract)</h1>\(html(extracts))</main></body></html>
            """
        return String(decoding: html.bytes, as: UTF8.self)
    }
}

extension PrivacyExtract {
    var encoded: [UInt8] {
        get throws { [UInt8](try JSONEncoder().encode(self)) }
    }
}
