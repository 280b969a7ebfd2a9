import DeviationsCore
import ModuleKit
import Vault

/// What is hidden in a case, and the forms to hide and to look.
enum MaskView {
    /// The hidden passage, for the one who asked; nothing of it stands in the address or the title.
    static func page(_ passage: String, of id: String, _ visit: Visit) -> Page {
        let text = CaseworkTexts[visit.language]
        return Page(
            text.masks, density: .desk, section: "/deviations",
            content: """
                <main class="page stack loose" id="main"><p class="soft"><a href="/deviations/\(id)">\(text.backToCase)</a></p>\
                <h1>\(text.hiddenText)</h1><div class="bubble">\(HTML.paragraphs(passage))</div>\
                <p class="soft">\(text.unmaskHint)</p></main>
                """)
    }
}

extension CaseworkView {
    /// The masks there are.
    func hidden(_ masks: [Mask]) -> HTML {
        let mayLook = parts.visit.access.may(viewer, DeviationsRights.unmask, on: deviation.accessObject)
        let items = masks.map { mask -> HTML in
            """
            <li class="card"><div class="stack tight"><p>\(mask.isFile ? text.file : text.hiddenPassage) · \(name(mask.by)), \(parts.words(mask.at))</p>\
            \(if: mayLook, looking(mask))</div></li>
            """
        }
        guard !items.isEmpty else { return "" }
        return "<section class=\"stack\"><h2>\(text.masks)</h2><ul class=\"cards\">\(items)</ul></section>"
    }

    /// The form that hides.
    var hiding: HTML {
        let isSent = sent?.path == "masks"
        let may = parts.visit.access.may(viewer, DeviationsRights.write, on: deviation.accessObject)
        guard isSent || may else { return "" }
        let view = FormView(isSent ? sent?.form ?? FormData() : FormData(), visit: parts.visit, prefix: "masks-")
        return """
            <details data-key="g"\(if: isSent, " open")><summary>\(text.mask) <kbd>g</kbd></summary>\
            <form method="post" action="/deviations/\(deviation.id)/masks" class="stack" novalidate>\
            \(view.summary)<p class="soft">\(text.maskHint)</p>\
            \(view.area("passage", label: text.passage, hint: text.passageHint, rows: 2))\
            \(view.area("reason", label: text.maskReason, rows: 2))\
            <button class="button">\(text.maskButton)</button>\(view.token)\
            <input type="hidden" name="version" value="\(stored.version)"></form></details>
            """
    }

    /// The form that hides a file.
    var hidingFile: HTML {
        let isSent = sent?.path == "file-masks"
        let may = parts.visit.access.may(viewer, DeviationsRights.write, on: deviation.accessObject)
        guard isSent || (may && !files.isEmpty) else { return "" }
        let view = FormView(isSent ? sent?.form ?? FormData() : FormData(), visit: parts.visit, prefix: "file-masks-")
        let options = files.map { FormView.Option($0.file.id, "\($0.file.name)") }
        return """
            <details\(if: isSent, " open")><summary>\(text.maskFile)</summary>\
            <form method="post" action="/deviations/\(deviation.id)/file-masks" class="stack" novalidate>\
            \(view.summary)<p class="soft">\(text.maskFileHint)</p>\
            \(view.select("file", label: text.file, empty: "", options: options))\
            \(view.area("reason", label: text.maskReason, rows: 2))\
            <button class="button">\(text.maskButton)</button>\(view.token)\
            <input type="hidden" name="version" value="\(stored.version)"></form></details>
            """
    }

    private func looking(_ mask: Mask) -> HTML {
        let path = "masks/\(mask.id)/unmasking"
        let isSent = sent?.path == path
        let view = FormView(
            isSent ? sent?.form ?? FormData() : FormData(), visit: parts.visit, prefix: "unmask-\(mask.id)-")
        return """
            <details\(if: isSent, " open")><summary>\(text.unmask)</summary>\
            <form method="post" action="/deviations/\(deviation.id)/\(path)" class="stack" novalidate>\
            \(view.summary)\(view.area("reason", label: text.maskReason, hint: text.unmaskHint, rows: 2))\
            <button class="button quiet">\(text.unmask)</button>\(view.token)</form></details>
            """
    }
}
