import DeviationsCore
import EventKit
import ModuleKit
import Vault

extension CaseParts {
    /// The files of the case or report `id`; nothing when there are none. Pictures are shown as their previews, the rest by name.
    func files(_ files: [CaseFile], of id: String, name: (String) -> String) -> HTML {
        guard !files.isEmpty else { return "" }
        let text = FileTexts[language]
        let items = files.map { file -> HTML in
            let address = "/deviations/\(id)/files/\(file.file.id)"
            let line = FileLine(
                file.file.name, size: file.file.size, type: file.file.type, address: address,
                preview: file.preview.map { _ in "\(address)/preview" }, isPrivate: file.isPrivate)
            let note: HTML = "\(if: file.isPrivate, " · \(self.text.privateNote)")"
            return line.item(
                language, more: " · \(self.text.by) \(name(file.author)), \(words(file.at))\(note)")
        }
        return
            "<section class=\"stack tight\" id=\"case-files\"><h2>\(text.title)</h2><ul class=\"files\">\(items)</ul></section>"
    }
}
