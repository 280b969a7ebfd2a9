import Attachments
import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit

/// The page on which who answers chooses what is given out of a case; whose report it is stands nowhere.
struct PrivacyReviewView {
    let visit: Visit

    private var text: PrivacyTexts { PrivacyTexts[visit.language] }
    private func words(_ date: CivilDate) -> String {
        visit.language.words(date, today: Oslo.date(at: visit.now))
    }

    func page(_ request: PrivacyRequest, _ review: PrivacyReview, _ form: FormData) -> Response {
        let view = FormView(form, visit: visit)
        let path = "\(PrivacyRequestPages.path)/\(request.id)"
        let files: HTML = """
            <fieldset class="field" id="files" tabindex="-1"><legend>\(text.files)</legend><p class="hint">\(text.filesHint)</p>\(error(form, "files"))\
            \(review.files.enumerated().map { file($1, at: $0, form, "\(path)/cases/\(review.found.id)") })</fieldset>
            """
        return AdminPage.response(
            visit, PrivacyRequestPages.path, "\(text.caseTitle) \(review.found.number)",
            status: form.errors.isEmpty ? .ok : .unprocessableContent,
            """
            \(view.summary)<p class="soft"><a href="\(path)">\(request.content.name)</a></p><p>\(text.reviewLead)</p>\
            <form method="post" action="\(path)/cases/\(review.found.id)" class="stack" novalidate>\(view.token)\
            <fieldset class="field"><legend>\(text.passages)</legend>\(error(form, "passages"))\
            \(review.passages.enumerated().map { passage($1, at: $0, form) })</fieldset>\(if: !review.files.isEmpty, files)\
            \(view.area("hidden", label: text.hide, hint: text.hideHint, rows: 4))\
            <div class="actions"><button class="button">\(text.makeExtract)</button></div></form>
            """)
    }

    private func error(_ form: FormData, _ field: String) -> HTML? {
        form.error(field).map { "<p class=\"error\" id=\"\(field)-error\">\($0)</p>" }
    }

    private func passage(_ passage: PrivacyReview.Passage, at index: Int, _ form: FormData) -> HTML {
        // The summary of what is wrong leads to the first.
        let id = index == 0 ? "passages" : "passage-\(index)"
        return """
            <div class="stack tight"><label class="choice" for="\(id)"><input type="checkbox" id="\(id)" name="passages" value="\(passage.id)"\
            \(if: form.all("passages").contains(passage.id), " checked")>\
            <span><b>\(passage.what[visit.language])</b> <span class="soft">\(words(passage.on))</span></span></label>\
            <div class="bubble">\(HTML.paragraphs(passage.text))</div></div>
            """
    }

    private func file(_ file: PrivacyReview.File, at index: Int, _ form: FormData, _ path: String) -> HTML {
        let line: HTML = """
            <b>\(file.name)</b> <span class="soft">\(FileLine.summary(file.type, file.size, visit.language)), \(words(file.on))</span>
            """
        guard let kind = file.form else {
            return "<div class=\"choice\"><span>\(line)<span class=\"hint\">\(text.noFile)</span></span></div>"
        }
        let content: HTML =
            switch kind {
            case .picture:
                "<p><img src=\"\(path)/files/\(file.id)\" alt=\"\(FileTexts[visit.language].preview) \(file.name)\" class=\"large\" loading=\"lazy\"></p>"
            case .text(let text): "<div class=\"bubble\">\(HTML.paragraphs(text))</div>"
            case .whole:
                """
                <p class="hint">\(text.wholeHint) <a href="\(path)/files/\(file.id)" download>\(text.wholeOpen)</a></p>\
                <label class="choice" for="whole-\(index)"><input type="checkbox" id="whole-\(index)" name="whole" value="\(file.id)"\
                \(if: form.all("whole").contains(file.id), " checked")><span>\(text.wholeConfirm)</span></label>
                """
            }
        return """
            <div class="stack tight"><label class="choice" for="file-\(index)"><input type="checkbox" id="file-\(index)" name="files" value="\(file.id)"\
            \(if: form.all("files").contains(file.id), " checked")><span>\(line)</span></label>\(content)</div>
            """
    }
}
