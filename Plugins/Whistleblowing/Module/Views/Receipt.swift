import ModuleKit
import WhistleblowingCore

/// The receipt code, shown once, until its last digits have been typed.
struct Receipt: Sendable {
    let code: ReceiptCode
    let form: FormData
    let visit: Visit
    let exit: String

    private var text: ReportTexts { ReportTexts[visit.language] }

    var page: Page {
        let view = FormView(form, visit: visit)
        let fields: HTML = """
            <input type="hidden" name="code" value="\(code.digits)">\
            \(view.text("confirmed", label: text.confirm, hint: text.confirmHint))\
            <div class="actions"><button class="button" name="go" value="confirm">\(text.confirmButton)</button></div>
            """
        return DiscreetForm.page(
            """
            \(view.summary)<div class="receipt stack" role="status"><h1>\(text.codeTitle)</h1><p>\(text.codeLead)</p>\
            <p class="big num code" translate="no">\(code.grouped)</p><p>\(text.codeWarning)</p></div>\
            \(DiscreetForm(visit: visit).html("code", fields, hold: .always))
            """, hasErrors: !form.errors.isEmpty, exit: exit)
    }
}
