import DeviationsCore
import HTTPTypes
import ModuleKit

/// What those who are asked see: the list, and the extract with the form for an answer. Never the case, its number or its reporter.
struct ConsultationView: Sendable {
    let parts: CaseParts

    private var text: CaseworkTexts { CaseworkTexts[parts.language] }

    /// Where one comes from: the desk, or one's own cases.
    private var home: (path: String, title: String) {
        let isDesk = parts.visit.viewer.map { parts.visit.access.mayAnywhere($0, DeviationsRights.desk) } ?? false
        return isDesk
            ? ("/deviations", DeskTexts[parts.language].title) : ("/deviations/mine", parts.text.backToMine)
    }

    func list(_ rows: [ConsultationRow]) -> Page {
        let items = rows.map { row -> HTML in
            """
            <li><a class="card" href="/deviations/consultations/\(row.id)"><b>\(parts.category(row.category)), \
            \(parts.unit(row.unit))</b><span>\(parts.clock(.assigned, deadline: row.deadline))</span>\
            \(if: row.isAnswered, "<span class=\"tag done\">\(text.answered)</span>")</a></li>
            """
        }
        return page(
            """
            <div class="stack tight"><p class="soft"><a href="\(home.path)">\(home.title)</a></p><h1>\(text.consultations)</h1>\
            <p class="soft">\(rows.isEmpty ? text.consultationsEmpty : text.consultationsLead)</p></div>\
            \(if: !items.isEmpty, "<ul class=\"cards\">\(items)</ul>")
            """, isRight: true)
    }

    func one(_ asked: Consultations.Asked, form: FormData) -> Page {
        let view = FormView(form, visit: parts.visit)
        let isImpartial = asked.standing.isImpartial == true
        return page(
            """
            <div class="stack tight"><p class="soft"><a href="/deviations/consultations">\(text.consultations)</a></p>\
            <h1>\(parts.category(asked.category)), \(parts.unit(asked.unit))</h1>\
            <p>\(text.answerBy) \(parts.words(asked.consultation.deadline)) \
            \(parts.clock(.assigned, deadline: asked.consultation.deadline))</p></div>\
            \(isImpartial ? extract(asked, view) : declaration(asked, view))
            """, isRight: form.errors.isEmpty)
    }

    private func declaration(_ asked: Consultations.Asked, _ view: FormView) -> HTML {
        form(
            asked, "declaration", view,
            """
            \(view.radios("isImpartial", legend: "<h2>\(text.declare)</h2>", hint: text.declareHint, options: [
                .init("yes", text.declareYes), .init("no", text.declareNo, hint: text.declareNoHint),
            ]))<p><button class="button">\(text.declareButton)</button></p>
            """)
    }

    private func extract(_ asked: Consultations.Asked, _ view: FormView) -> HTML {
        let answers = asked.answers.map { "<div class=\"bubble\">\(HTML.paragraphs($0.text))</div>" as HTML }
        return """
            <section class="stack tight"><h2>\(text.question)</h2>\(HTML.paragraphs(asked.consultation.question))</section>\
            <section class="stack tight"><h2>\(text.extract)</h2>\
            <div class="bubble">\(HTML.paragraphs(asked.consultation.extract))</div><p class="soft">\(text.extractOnly)</p>\
            </section>\(if: !answers.isEmpty, "<section class=\"stack\"><h2>\(text.yourAnswer)</h2>\(answers)</section>")\
            \(form(asked, "answer", view, """
                \(view.area("text", label: text.answer, rows: 6, limit: 20_000))\
                <p><button class="button">\(text.answerButton)</button></p>
                """))\
            <details><summary>\(text.declareNo)</summary>\(form(asked, "declaration", FormView(FormData(), visit: parts.visit), """
                <p>\(text.declareNoHint)</p><input type="hidden" name="isImpartial" value="no">\
                <p><button class="button quiet">\(text.declareButton)</button></p>
                """))</details>
            """
    }

    private func form(_ asked: Consultations.Asked, _ path: String, _ view: FormView, _ fields: HTML) -> HTML {
        let address = "/deviations/consultations/\(asked.consultation.id)/\(path)"
        return """
            <form method="post" action="\(address)" class="stack" novalidate>\(view.summary)\(fields)\(view.token)</form>
            """
    }

    private func page(_ content: HTML, isRight: Bool) -> Page {
        Page(
            text.consultations, section: home.path, status: isRight ? .ok : .unprocessableContent,
            content: "<main class=\"page stack loose\" id=\"main\">\(content)</main>")
    }
}

extension CaseworkView {
    /// Who has been asked so far.
    func consulted(_ consultations: [Consultation]) -> HTML {
        let items = consultations.map { consultation -> HTML in
            let people = consultation.people.map { consulted -> HTML in
                let state =
                    consulted.isImpartial == false
                    ? text.declined : consulted.answeredAt == nil ? text.unanswered : text.answered
                return "<li>\(name(consulted.person)): \(state)</li>"
            }
            return """
                <li class="card"><div class="stack tight"><p><b>\(text.answerBy) \
                \(parts.words(consultation.deadline))</b></p>\(HTML.paragraphs(consultation.question))\
                <details><summary>\(text.extract)</summary>\(HTML.paragraphs(consultation.extract))</details>\
                <ul>\(people)</ul></div></li>
                """
        }
        guard !items.isEmpty else { return "" }
        return "<section class=\"stack\"><h2>\(text.consultations)</h2><ul class=\"cards\">\(items)</ul></section>"
    }

    /// The form that asks.
    var consulting: HTML {
        let isSent = sent?.path == "consultations"
        let may = parts.visit.access.may(viewer, DeviationsRights.write, on: deviation.accessObject)
        guard isSent || (deviation.status.isOpen && may) else { return "" }
        let view = FormView(
            isSent ? sent?.form ?? FormData() : FormData(), visit: parts.visit, prefix: "consultations-")
        return """
            <details data-key="h"\(if: isSent, " open")><summary>\(text.consult) <kbd>h</kbd></summary>\
            <form method="post" action="/deviations/\(deviation.id)/consultations" class="stack" novalidate \
            data-draft="deviations.\(deviation.id)/consultations"\(if: isSent, " data-filled=\"yes\"")>\
            \(view.summary)<p class="soft">\(text.consultHint)</p>\
            \(view.area("people", label: text.consultPeople, hint: text.consultPeopleHint, rows: 3))\
            \(view.area("question", label: text.question, rows: 3, limit: 20_000))\
            \(view.area("extract", label: text.extract, hint: text.extractHint, rows: 6, limit: 20_000))\
            \(view.text("deadline", label: text.answerBy, type: "date"))\
            <button class="button">\(text.consultButton)</button>\(view.token)\
            <input type="hidden" name="version" value="\(stored.version)"></form></details>
            """
    }
}
