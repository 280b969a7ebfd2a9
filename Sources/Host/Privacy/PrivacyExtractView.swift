import EventKit
import Foundation
import ModuleKit
import Vault

/// What is given out of cases: on the person's page, and as a document for who cannot sign in.
struct PrivacyExtractView {
    let language: Language

    init(_ language: Language) { self.language = language }

    private var text: PrivacyTexts { PrivacyTexts[language] }

    /// - Parameter content: how a picture, or a file that is given out whole, is shown, by its place in its case, from 1.
    func html(_ given: [PrivacyRequests.Given], content: (_ file: PrivacyExtract.File, _ place: Int) -> HTML) -> HTML {
        let cases = given.map(\.extract).map { extract -> HTML in
            let passages = extract.passages.map { passage -> HTML in
                """
                <li class="card"><p><b>\(passage.what[language])</b> <span class="soft">\(passage.on)</span></p>\
                <div class="bubble">\(HTML.paragraphs(passage.text))</div></li>
                """
            }
            let files = (extract.files ?? []).enumerated().map { index, file -> HTML in
                let name = text.attachment(index + 1)
                let content: HTML =
                    file.text.map { "<div class=\"bubble\">\(HTML.paragraphs($0))</div>" } ?? content(file, index + 1)
                return "<li class=\"card\"><p><b>\(name)</b></p>\(content)</li>"
            }
            return """
                <section class="stack tight"><h2>\(text.caseTitle) <span class="num">\(extract.number)</span></h2>\
                <ul class="cards">\(passages)\(files)</ul></section>
                """
        }
        return cases.isEmpty ? "<p>\(text.noExtract)</p>" : "\(cases)"
    }

    /// A page that needs nothing beside it: pictures, and files that are given out whole, are in it.
    func document(
        _ given: [PrivacyRequests.Given], content: (_ file: String) async throws -> CleanFile?
    ) async throws -> String {
        var contents: [String: String] = [:]
        for file in given.flatMap({ $0.extract.files ?? [] }) where file.text == nil {
            switch try await content(file.id) {
            case .picture(let sealed, let content), .whole(let sealed, let content):
                let bytes = try await content.reduce(into: []) { $0 += $1 }
                contents[file.id] = "data:\(sealed.type);base64,\(Data(bytes).base64EncodedString())"
            case .text, nil: continue
            }
        }
        let shown = html(given) { file, place in
            guard let address = contents[file.id] else { return "<p>\(text.noFile)</p>" }
            guard let type = file.type else {
                return "<p><img src=\"\(address)\" alt=\"\(text.attachment(place))\"></p>"
            }
            let saved = PrivacyExtract.name(ofFile: place, type: type)
            return "<p><a href=\"\(address)\" download=\"\(saved)\">\(saved)</a></p>"
        }
        let html: HTML = """
            <!doctype html><html lang="\(language.rawValue)"><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>\(text.extract)</title>\
            <style>body{max-width:48rem;margin:2rem auto;padding:0 1rem}img{max-width:100%;height:auto}</style></head>\
            <body><main><h1>\(text.extract)</h1>\(shown)</main></body></html>
            """
        return String(decoding: html.bytes, as: UTF8.self)
    }
}

extension PrivacyExtract {
    var encoded: [UInt8] {
        get throws { [UInt8](try JSONEncoder().encode(self)) }
    }
}
