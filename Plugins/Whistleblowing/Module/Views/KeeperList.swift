import CalendarKit
import EventKit
import ModuleKit
import WhistleblowingCore

/// The keepers' list: what is due first.
struct KeeperList: Sendable {
    let cases: [StoredWhistleblow]
    let deadlines: Deadlines
    let isConcluded: Bool
    let chosen: String?
    let done: Bool
    let visit: Visit

    private var text: KeeperTexts { KeeperTexts[visit.language] }
    private var shared: SharedTexts { SharedTexts[visit.language] }
    var today: CivilDate { Oslo.date(at: visit.now) }

    var query: String { isConcluded ? "?view=concluded" : "" }

    var html: HTML {
        let sorted = cases.enumerated().sorted { (urgency($0.element), $0.offset) < (urgency($1.element), $1.offset) }
            .map(\.element)
        return """
            <section class="list" aria-label="\(text.title)"><div class="filters"><nav class="chips" aria-label="\(text.views)">\
            <a href="\(KeeperPages.path)"\(if: !isConcluded, " aria-current=\"true\"")>\(text.open)</a>\
            <a href="\(KeeperPages.path)?view=concluded"\(if: isConcluded, " aria-current=\"true\"")>\(text.concluded)</a></nav></div>\
            \(sorted.map(row))\(if: cases.isEmpty, "<div class=\"empty\"><p><b>\(text.empty)</b></p><p>\(text.emptyHint)</p></div>")</section>
            """
    }

    private func urgency(_ stored: StoredWhistleblow) -> Int64 {
        (deadlines.next(stored.whistleblow) ?? stored.whistleblow.deleteOn)?.daysSince1970 ?? .max
    }

    private func row(_ stored: StoredWhistleblow) -> HTML {
        let whistleblow = stored.whistleblow
        return """
            <a class="row" href="\(KeeperPages.path)/\(whistleblow.id)\(query)"\(if: whistleblow.id == chosen, " aria-current=\"true\"")>\
            <b>\(title(whistleblow))</b>\(tag(whistleblow))<small>\(if: stored.news != .none, "<span class=\"tag due\">\(text.news)</span> ")\
            \(shared.category(whistleblow.content.report.category)) · \(campus(whistleblow)) · \
            \(visit.language.short(whistleblow.receivedOn, today: today))</small></a>
            """
    }

    func title(_ whistleblow: Whistleblow) -> String {
        whistleblow.content.report.title.isEmpty ? text.stepsOnly : whistleblow.content.report.title
    }

    func campus(_ whistleblow: Whistleblow) -> String {
        visit.access.chart.campus(whistleblow.campus)?.names[visit.language] ?? whistleblow.campus
    }

    /// The deadline that comes next, or how the case ended.
    func tag(_ whistleblow: Whistleblow) -> HTML {
        guard let next = deadlines.next(whistleblow) else {
            return
                "<span class=\"tag\(if: whistleblow.state == .concluded, " done")\">\(text.states[whistleblow.state] ?? "")</span>"
        }
        let date = visit.language.short(next, today: today)
        return deadlines.isOverdue(whistleblow, on: today)
            ? "<span class=\"tag late\">\(date), \(shared.overdue)</span>" : "<span class=\"tag due\">\(date)</span>"
    }
}
