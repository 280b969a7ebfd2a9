import DeviationsCore
import HTTPTypes
import Hummingbird
import ModuleKit

/// The categories in their order, those out of use below, and a form for a new one.
struct CategoryListView: Sendable {
    let all: [StoredCategory]
    /// The form of a new one, as it was sent.
    let form: FormData
    let isDone: Bool
    let visit: Visit

    private var text: CategoryTexts { CategoryTexts[visit.language] }

    var response: Response {
        let active = all.filter(\.isActive).map(\.category)
        let retired = all.filter { !$0.isActive }.map(\.category)
        let view = FormView(form, visit: visit)
        return SetupPage.response(
            visit, CategoryPages.path, text.title, status: form.errors.isEmpty ? .ok : .unprocessableContent,
            """
            \(if: isDone, "<p class=\"told\" role=\"status\">\(text.saved)</p>")\(view.summary)<p class="soft">\(text.lead)</p>\
            <section class="stack tight"><h2>\(text.inUse)</h2><ol class="cards">\
            \(active.indices.map { row(active, $0, view.token) })</ol></section>\
            <div class="acts"><details\(if: !form.errors.isEmpty, " open")><summary>\(text.new)</summary>\
            <form method="post" action="\(CategoryPages.path)" class="stack" novalidate>\(view.token)\
            <p class="soft">\(text.newHint)</p>\(CategoryForm.fields(view))\
            <div class="actions"><button class="button">\(text.add)</button></div></form></details></div>\
            <section class="stack tight"><h2>\(text.retired)</h2>\
            <p class="soft">\(retired.isEmpty ? text.noneRetired : text.retiredHint)</p>\
            \(if: !retired.isEmpty, "<ul class=\"cards\">\(retired.map { card($0, "") })</ul>")</section>
            """)
    }

    private func row(_ active: [DeviationsCore.Category], _ index: Int, _ token: HTML) -> HTML {
        let code = active[index].code
        let name = active[index].names[visit.language]
        let after = active.dropFirst(index + 2).first?.code ?? ""
        func button(_ before: String, _ sign: String, _ label: String, _ isDisabled: Bool) -> HTML {
            """
            <button class="button quiet" name="before" value="\(before)"\(if: isDisabled, " disabled")><span aria-hidden="true">\(sign)</span>\
            <span class="visually-hidden">\(label): \(name)</span></button>
            """
        }
        return card(
            active[index],
            """
            <form method="post" action="\(CategoryPages.path)/\(code)/place" class="actions">\(token)\
            \(button(index > 0 ? active[index - 1].code : "", "↑", text.up, index == 0))\
            \(button(after, "↓", text.down, index == active.count - 1))</form>
            """)
    }

    private func card(_ category: DeviationsCore.Category, _ order: HTML) -> HTML {
        let others = Language.allCases.filter { $0 != visit.language }.map { category.names[$0] }
        let name = category.names[visit.language]
        return """
            <li class="card line"><div><b>\(name)</b><br><span class="soft">\(others.joined(separator: " · "))</span></div>\
            <div class="actions">\(order)<a class="button quiet" href="\(CategoryPages.path)/\(category.code)">\(text.edit)\
            <span class="visually-hidden"> \(name)</span></a></div></li>
            """
    }
}

/// One category: its names, and whether it is in use.
struct CategoryView: Sendable {
    let stored: StoredCategory
    /// The form that was sent and came back with errors.
    let sent: FormData?
    let visit: Visit

    private var text: CategoryTexts { CategoryTexts[visit.language] }

    var response: Response {
        // The form for its use brings no names.
        var form = sent ?? FormData()
        let stored = CategoryForm.filled(stored.category)
        if !form.names.contains(Field.nameBokmaal.rawValue) {
            for name in stored.names { form[name] = stored[name] }
        }
        let view = FormView(form, visit: visit)
        let path = "\(CategoryPages.path)/\(self.stored.category.code)"
        let name = self.stored.category.names[visit.language]
        return SetupPage.response(
            visit, CategoryPages.path, name, status: form.errors.isEmpty ? .ok : .unprocessableContent,
            """
            \(view.summary)<p class="soft"><a href="\(CategoryPages.path)">\(text.back)</a></p>\
            \(if: !self.stored.isActive, "<p><span class=\"tag\">\(text.isRetired)</span></p>")\(now(form, stored))\
            <form method="post" action="\(path)" class="stack" novalidate>\(view.token)\(version)\(CategoryForm.fields(view))\
            <div class="actions"><button class="button">\(text.save)</button></div></form>\(use(path, view.token))
            """)
    }

    private var version: HTML { "<input type=\"hidden\" name=\"version\" value=\"\(stored.version)\">" }

    /// What somebody else has made of it, where it is not what was typed from.
    private func now(_ form: FormData, _ stored: FormData) -> HTML {
        guard let sent, Int(sent["version"]) != self.stored.version else { return "" }
        let names = stored.names.map { stored[$0] }.joined(separator: " · ")
        return "<p class=\"note\">\(text.now(names))</p>"
    }

    private func use(_ path: String, _ token: HTML) -> HTML {
        let isActive = stored.isActive
        return """
            <form method="post" action="\(path)/use" class="stack tight">\(token)\(version)\
            <p class="soft">\(isActive ? text.retireHint : text.reuseHint)</p><div class="actions">\
            <button class="button quiet" name="isActive" value="\(isActive ? "no" : "yes")">\(isActive ? text.retire : text.reuse)</button>\
            </div></form>
            """
    }
}
