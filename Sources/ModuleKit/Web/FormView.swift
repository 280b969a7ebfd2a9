public import Attachments
import Vault

/// Draws the fields of a form with what was typed and what is wrong with it: labels above, hint under, error beside the
/// field.
public struct FormView: Sendable {
    public let form: FormData
    public let visit: Visit

    /// Stands before every field's id, so that several forms can share a page.
    public let prefix: String

    public init(_ form: FormData, visit: Visit, prefix: String = "") {
        (self.form, self.visit, self.prefix) = (form, visit, prefix)
    }

    /// A value that can be chosen.
    public struct Option: Sendable {
        public var value: String
        public var label: String
        public var hint: String?
        /// Where one can read what is chosen; opens beside the form.
        public var link: String?

        public init(_ value: String, _ label: String, hint: String? = nil, link: String? = nil) {
            (self.value, self.label, self.hint, self.link) = (value, label, hint, link)
        }
    }

    /// The list of what is wrong, linked to the fields, with focus moved to it; empty when nothing is.
    public var summary: HTML {
        guard !form.errors.isEmpty else { return "" }
        let items = form.errors.map { error -> HTML in
            error.field.isEmpty
                ? "<li>\(error.message)</li>" : "<li><a href=\"#\(prefix)\(error.field)\">\(error.message)</a></li>"
        }
        return """
            <div class="summary" role="alert" tabindex="-1" autofocus id="errors">\
            <h2>\(ProblemTexts[visit.language].invalidTitle(form.errors.count))</h2><ul>\(items)</ul></div>
            """
    }

    /// What proves that the form is ours; stands in every form.
    public var token: HTML { "<input type=\"hidden\" name=\"_token\" value=\"\(visit.formToken ?? "")\">" }

    /// Fields of earlier steps, carried along unseen.
    public func hidden(_ names: [String]) -> HTML {
        let inputs = names.flatMap { name in
            form.all(name).map { value -> HTML in "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">" }
        }
        return "\(inputs)"
    }

    /// A line of text. `type`: text, search, date. `suggestions` are offered while one types; anything else can be typed too.
    public func text(
        _ name: String, label: String, hint: String? = nil, type: String = "text", limit: Int? = nil,
        suggestions: [Option] = []
    ) -> HTML {
        let offered = suggestions.map { "<option value=\"\($0.value)\">\($0.label)</option>" as HTML }
        return field(name, label: label, hint: hint) { described in
            """
            <input type="\(type)" id="\(prefix)\(name)" name="\(name)" value="\(form[name])"\(described)\
            \(limit.map { " data-limit=\"\($0)\"" as HTML })\(if: !offered.isEmpty, " list=\"\(prefix)\(name)-list\"") autocomplete="off">\
            \(if: !offered.isEmpty, "<datalist id=\"\(prefix)\(name)-list\">\(offered)</datalist>")
            """
        }
    }

    /// Several lines of text.
    public func area(_ name: String, label: String, hint: String? = nil, rows: Int = 6, limit: Int? = nil) -> HTML {
        field(name, label: label, hint: hint) { described in
            """
            <textarea id="\(prefix)\(name)" name="\(name)" \
            rows="\(rows)"\(described)\(limit.map { " data-limit=\"\($0)\"" as HTML })>
            \(form[name])</textarea>
            """
        }
    }

    /// One of many, as a list that opens; `search` lets a script turn it into a list one can search in.
    public func select(
        _ name: String, label: String, hint: String? = nil, empty: String?, options: [Option], search: Bool = false
    ) -> HTML {
        field(name, label: label, hint: hint) { described in
            let items = options.map { option -> HTML in
                "<option value=\"\(option.value)\"\(if: form[name] == option.value, " selected")>\(option.label)</option>"
            }
            return """
                <select id="\(prefix)\(name)" name="\(name)"\(described)\(if: search, " data-search=\"\(FieldTexts[visit.language].noMatch)\"")>\
                \(empty.map { "<option value=\"\">\($0)</option>" as HTML })\(items)</select>
                """
        }
    }

    /// One of a few, all shown.
    public func radios(_ name: String, legend: HTML, hint: String? = nil, options: [Option]) -> HTML {
        choices(name, type: "radio", legend: legend, hint: hint, options: options)
    }

    /// Some of a few, all shown.
    public func checkboxes(_ name: String, legend: HTML, hint: String? = nil, options: [Option]) -> HTML {
        choices(name, type: "checkbox", legend: legend, hint: hint, options: options)
    }

    /// Files to choose, several at once; those that came before stand above, each to be left out again.
    ///
    /// Its form is sent as `multipart/form-data`, with every other field before this one: the files are taken as they come in.
    /// `warning` is said after how many and which.
    public func files(_ name: String = "files", limits: Attachments.Limits, warning: String? = nil) -> HTML {
        let text = FileTexts[visit.language]
        let boxes = form.files.map { file -> HTML in
            """
            <label class="choice"><input type="checkbox" name="kept" value="\(file.id)" checked><span>\(file.name) \
            <span class="soft">\(visit.language.size(file.size))</span></span></label>
            """
        }
        let earlier: HTML = "<fieldset class=\"field\"><legend>\(text.kept)</legend>\(boxes)</fieldset>"
        let hint = [text.hint(limits.files, limits.bytes >> 20), warning].compactMap(\.self).joined(separator: " ")
        let input = field(name, label: text.add, hint: hint) { described in
            """
            <input type="file" id="\(prefix)\(name)" name="\(name)" multiple accept="\(FileKind.accepted),image/*"\(described) \
            data-files="\(text.script(limits.bytes))"><span class="camera"><label for="\(prefix)\(name)-camera">\(text.camera)</label>\
            <input type="file" id="\(prefix)\(name)-camera" name="\(name)" accept="image/*" capture="environment"></span>
            """
        }
        return "\(if: !form.files.isEmpty, earlier)\(input)"
    }

    private func choices(_ name: String, type: String, legend: HTML, hint: String?, options: [Option]) -> HTML {
        let error = form.error(name)
        let chosen = Set(form.all(name))
        let items = options.enumerated().map { index, option -> HTML in
            let id = index == 0 ? prefix + name : "\(prefix)\(name)-\(option.value)"
            return """
                <label class="choice" for="\(id)"><input type="\(type)" id="\(id)" name="\(name)" \
                value="\(option.value)"\
                \(if: chosen.contains(option.value), " checked")><span>\(option.label)\
                \(option.hint.map { "<span class=\"hint\">\($0)</span>" as HTML })\(option.link.map { link($0, option) })</span></label>
                """
        }
        return """
            <fieldset class="field\(if: error != nil, " bad")"\(described(name, hint: hint, error: error))>\
            \(if: !legend.isEmpty, "<legend>\(legend)</legend>")\(notes(name, hint: hint, error: error))\(items)</fieldset>
            """
    }

    private func link(_ path: String, _ option: Option) -> HTML {
        """
        <a href="\(path)" target="_blank">\(FieldTexts[visit.language].read)\
        <span class="visually-hidden"> \(option.label)</span></a>
        """
    }

    private func field(_ name: String, label: String, hint: String?, _ input: (HTML) -> HTML) -> HTML {
        let error = form.error(name)
        return """
            <div class="field\(if: error != nil, " bad")"><label for="\(prefix)\(name)">\(label)</label>\
            \(notes(name, hint: hint, error: error))\(input(described(name, hint: hint, error: error)))</div>
            """
    }

    private func notes(_ name: String, hint: String?, error: String?) -> HTML {
        """
        \(hint.map { "<p class=\"hint\" id=\"\(prefix)\(name)-hint\">\($0)</p>" as HTML })\
        \(error.map { "<p class=\"error\" id=\"\(prefix)\(name)-error\">\($0)</p>" as HTML })
        """
    }

    private func described(_ name: String, hint: String?, error: String?) -> HTML {
        let ids = [hint.map { _ in "\(prefix)\(name)-hint" }, error.map { _ in "\(prefix)\(name)-error" }].compactMap(
            \.self)
        return
            "\(if: !ids.isEmpty, " aria-describedby=\"\(ids.joined(separator: " "))\"")\(if: error != nil, " aria-invalid=\"true\"")"
    }
}
