import DeviationsCore
import EventKit
import HTTPTypes
import ModuleKit

/// The page “you said, we did”: month by month, by faculty and campus.
struct SummaryView: Sendable {
    let summaries: [PublicSummary]
    let asked: SummaryPages.Asked
    let visit: Visit
    let mayPublish: Bool
    /// The form that was sent and came back with errors.
    let sent: (id: String, form: FormData)?

    private var text: SummaryTexts { SummaryTexts[visit.language] }
    private var chart: OrganisationChart { visit.access.chart }

    var page: Page {
        let shown = summaries.filter(asked.holds)
        let months = Dictionary(grouping: shown, by: \.summary.month).sorted { $0.key > $1.key }
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack tight"><h1>\(text.title)</h1>\
            <p class="soft">\(text.lead)</p></div>\(filters)\
            \(if: shown.isEmpty, "<p>\(text.empty)</p>")\(months.map { month($0.key, $0.value) })</main>
            """
        return Page(
            text.title, section: SummaryPages.path, status: sent == nil ? .ok : .unprocessableContent, content: content)
    }

    private var filters: HTML {
        let faculties = Set(summaries.map(\.faculty)).sorted().map {
            FormView.Option($0, chart.unit($0)?.names[visit.language] ?? $0)
        }
        let campuses = chart.campuses.map { FormView.Option($0.id, $0.names[visit.language]) }
        var form = FormData()
        (form["faculty"], form["campus"]) = (asked.faculty, asked.campus)
        let view = FormView(form, visit: visit)
        return """
            <form method="get" action="\(SummaryPages.path)" class="stack">\
            \(view.select("faculty", label: text.faculty, empty: text.allFaculties, options: faculties))\
            \(view.select("campus", label: text.campus, empty: text.allCampuses, options: campuses))\
            <button class="button quiet">\(text.show)</button></form>
            """
    }

    private func month(_ month: SummaryStore.Month, _ summaries: [PublicSummary]) -> HTML {
        """
        <section class="stack"><h2>\(visit.language.monthAndYear(month.first))</h2>\
        <ul class="cards">\(summaries.map(card))</ul></section>
        """
    }

    private func card(_ shown: PublicSummary) -> HTML {
        let isEnglish = visit.language == .en && shown.summary.english != nil
        let words = isEnglish ? shown.summary.english ?? "" : shown.summary.norwegian
        let place = [
            chart.unit(shown.faculty)?.names[visit.language],
            shown.campus.flatMap { chart.campus($0)?.names[visit.language] },
        ].compactMap(\.self).joined(separator: ", ")
        return """
            <li class="card"><div\(if: visit.language == .en && !isEnglish, " lang=\"nb\"")>\(HTML.paragraphs(words))</div>\
            <p class="soft">\(place)\(if: !shown.isShown, " <span class=\"tag due\">\(text.notShown)</span>")</p>\
            \(if: mayPublish, forms(shown.summary))</li>
            """
    }

    private func forms(_ summary: SummaryStore.Summary) -> HTML {
        let isSent = sent?.id == summary.id
        var form = FormData()
        (form["summary"], form["summaryEnglish"]) = (summary.norwegian, summary.english ?? "")
        let view = FormView(isSent ? sent?.form ?? form : form, visit: visit, prefix: "\(summary.id)-")
        let path = "\(SummaryPages.path)/\(summary.id)"
        return """
            <div class="acts"><details\(if: isSent, " open")><summary>\(text.change)</summary>\
            <form method="post" action="\(path)/text" class="stack" novalidate>\(view.summary)\(SummaryFields.html(view, text))\
            <button class="button">\(text.save)</button>\(view.token)</form></details></div>\
            <form method="post" action="\(path)/withdrawal">\(view.token)<button class="button quiet small">\(text.withdraw)</button></form>
            """
    }
}

/// The fields of what is published, the same on the case and on the public page.
enum SummaryFields {
    static func html(_ view: FormView, _ text: SummaryTexts) -> HTML {
        """
        \(view.area("summary", label: text.text, rows: 4, limit: 1000))\
        \(view.area("summaryEnglish", label: text.english, hint: text.englishHint, rows: 3, limit: 1000))\
        \(view.checkboxes("isAnonymous", legend: "", options: [.init("yes", text.isAnonymous)]))
        """
    }
}

extension Language {
    /// “november 2026”.
    func monthAndYear(_ date: CivilDate) -> String {
        // The month stands between the day and the year of the date in words.
        let words = words(date, today: CivilDate(daysSince1970: 0)).split(separator: " ")
        return words.suffix(2).joined(separator: " ")
    }
}
