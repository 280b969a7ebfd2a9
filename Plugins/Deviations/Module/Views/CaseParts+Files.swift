import Attachments
import DeviationsCore
import EventKit
import ModuleKit
import Vault

extension CaseParts {
    /// The files of the case `id`; nothing when there are none. Pictures are shown as their previews, the rest by name.
    func files(_ files: [CaseFile], of id: String, name: (String) -> String) -> HTML {
        guard !files.isEmpty else { return "" }
        let text = FileTexts[language]
        let items = files.map { file -> HTML in
            let address = "/deviations/\(id)/files/\(file.file.id)"
            let picture: HTML =
                file.preview == nil
                ? "<span class=\"kind\" aria-hidden=\"true\">\(kind(file))</span>"
                : "<img src=\"\(address)/preview\" alt=\"\(text.preview) \(file.file.name)\" loading=\"lazy\" width=\"96\" height=\"96\">"
            return """
                <li\(if: file.isPrivate, " class=\"private\"")>\(picture)<span><a href="\(address)" download>\(file.file.name)</a>\
                <span class="soft">\(kind(file)), \(language.size(file.file.size)) · \(self.text.by) \(name(file.author)), \
                \(words(file.at))\(if: file.isPrivate, " · \(self.text.privateNote)")</span></span></li>
                """
        }
        return
            "<section class=\"stack tight\" id=\"case-files\"><h2>\(text.title)</h2><ul class=\"files\">\(items)</ul></section>"
    }

    private func kind(_ file: CaseFile) -> String {
        FileKind(mediaType: file.file.type).map { $0.endings[0].uppercased() } ?? ""
    }
}
