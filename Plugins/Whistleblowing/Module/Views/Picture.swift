import Foundation
import ModuleKit

/// The preview of a picture, large, on a page of the reporter's: it stands in the page itself and has no address.
struct Picture: Sendable {
    let bytes: [UInt8]
    /// Its media type.
    let type: String
    let form: FormData
    let visit: Visit
    let exit: String

    private var text: DialogueTexts { DialogueTexts[visit.language] }

    var page: Page {
        let view = FormView(form, visit: visit)
        let back: HTML = """
            <div class="actions"><button class="button quiet" name="go" value="look">\(text.backToCase)</button></div>
            """
        return DiscreetForm.page(
            """
            <h1>\(text.picture)</h1><p class="soft">\(text.pictureHint)</p>\
            <img class="large" alt="\(text.picture)" src="data:\(type);base64,\(Data(bytes).base64EncodedString())">\
            \(DiscreetForm(visit: visit).html("case", hidden: view.hidden(["code", "case"]), back))
            """, hasErrors: false, exit: exit)
    }
}
