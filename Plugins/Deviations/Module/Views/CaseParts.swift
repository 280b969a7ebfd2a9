import Attachments
import CalendarKit
import DeviationsCore
import EventKit
import ModuleKit

/// The parts of a case that its reporter and its handlers both see.
struct CaseParts: Sendable {
    let visit: Visit
    let workingDays: WorkingDays
    let categories: [String: Translated]
    let numbers: CaseNumbers
    let text: CaseTexts
    let today: CivilDate
    /// Of files.
    var limits = Attachments.Limits()

    init(visit: Visit, workingDays: WorkingDays, categories: [String: Translated], numbers: CaseNumbers) {
        (self.visit, self.workingDays, self.categories, self.numbers) = (visit, workingDays, categories, numbers)
        text = CaseTexts[visit.language]
        today = Oslo.date(at: visit.now)
    }

    var language: Language { visit.language }

    func words(_ date: CivilDate) -> String { language.words(date, today: today) }
    func words(_ time: Timestamp) -> String { words(Oslo.date(at: time)) }

    func category(_ code: String) -> String { categories[code]?[language] ?? code }
    func unit(_ id: String) -> String { visit.access.chart.unit(id)?.names[language] ?? id }
    func short(_ id: String) -> String { visit.access.chart.unit(id)?.short ?? id }
    func campus(_ id: String) -> String { visit.access.chart.campus(id)?.names[language] ?? id }
    func environment(_ environment: Environment) -> String {
        ReportTexts[language].environments[environment]?.name ?? environment.rawValue
    }

    /// How long until the deadline, in words and with an icon; for an ended case its status.
    ///
    /// Alone it says that it is a deadline, which a reporter's list does not say otherwise.
    func clock(_ status: Status, deadline: CivilDate, isAlone: Bool = false) -> HTML {
        guard status.isOpen else {
            return "<span class=\"tag\(if: status == .closed, " done")\">\(text.status[status] ?? "")</span>"
        }
        if deadline == today {
            return "<span class=\"tag due\">\(isAlone ? text.due(text.dueToday) : text.dueToday)</span>"
        }
        if deadline < today {
            return
                "<span class=\"tag late\">\(text.late(max(1, -workingDays.workingDays(from: today, to: deadline))))</span>"
        }
        let days = max(1, workingDays.workingDays(from: today, to: deadline))
        return
            "<span class=\"tag\(if: isNear(deadline), " due")\">\(isAlone ? text.due(text.dueIn(days)) : text.dueIn(days))</span>"
    }

    /// Whether a deadline has passed or is no more than a working week away.
    func isNear(_ deadline: CivilDate) -> Bool {
        deadline <= today || workingDays.workingDays(from: today, to: deadline) <= 5
    }

    /// The case as a line of five stations, with the same in words for those who do not see it.
    func progress(_ deviation: Deviation) -> HTML {
        let at = station(of: deviation)
        let names = text.stations
        let xs = [20, 170, 320, 470, 620]
        let marks = xs.indices.map { index -> HTML in
            let x = xs[index]
            if index < at || !deviation.status.isOpen {
                return "<circle cx=\"\(x)\" cy=\"16\" r=\"8\" fill=\"var(--accent)\"/>"
            }
            if index == at {
                return
                    "<circle cx=\"\(x)\" cy=\"16\" r=\"9\" fill=\"var(--surface)\" stroke=\"var(--accent)\" stroke-width=\"4\"/>"
            }
            return
                "<circle cx=\"\(x)\" cy=\"16\" r=\"8\" fill=\"var(--surface)\" stroke=\"var(--line-strong)\" stroke-width=\"2\"/>"
        }
        let labels = xs.indices.map { index -> HTML in
            let anchor = index == 0 ? "start" : index == 4 ? "end" : "middle"
            let x = index == 0 ? 8 : index == 4 ? 632 : xs[index]
            return """
                <text x="\(x)" y="48" text-anchor="\(anchor)" fill="\(index == at ? "var(--ink)" : "var(--ink-soft)")"\
                \(if: index == at, " font-weight=\"600\"")>\(names[index])</text>
                """
        }
        return """
            <svg class="progress" viewBox="0 0 640 56" role="img" aria-label="\(text.progress(names[at]))">\
            <path d="M20 16H620" stroke="var(--line)" stroke-width="3"/><path d="M20 16H\(xs[at])" \
            stroke="var(--accent)" stroke-width="3"/>\
            \(marks)<g font-size="15">\(labels)</g></svg><p class="progress-words" aria-hidden="true">\(names[at]) · \
            \(at + 1)/\(names.count)</p>
            """
    }

    private func station(of deviation: Deviation) -> Int {
        switch deviation.status {
        case .received: deviation.triage == nil ? 0 : 1
        case .assigned: deviation.measures.isEmpty ? 2 : 3
        case .rejected, .closed: 4
        }
    }

    /// The history. `name` says who did a step; the reporter is not told which handler has the case.
    func timeline(_ entries: [TimelineEntry], isForReporter: Bool = false, name: (String) -> String) -> HTML {
        let items = entries.map { entry -> HTML in
            let reference = entry.kind == .forwarded ? entry.reference.map(unit) : entry.reference.map(name)
            let own = isForReporter ? title(forReporter: entry.kind) : nil
            let title = own ?? text.steps[entry.kind]?(reference ?? "") ?? ""
            let author: HTML = "\(text.by) \(name(entry.author)), "
            let date = entry.date.map { date -> HTML in " <span class=\"tag due\">\(words(date))</span>" }
            return """
                <li\(if: entry.kind.isPrivate, " class=\"private\"")><div><strong>\(title)</strong>\(date) \
                <span class="soft">\(if: own == nil, author)\(words(entry.at))\(if: entry.kind == .noted, " · \(text.privateNote)")</span>\
                \(if: !entry.text.isEmpty, "<div class=\"bubble\">\(HTML.paragraphs(entry.text))</div>")</div></li>
                """
        }
        return "<ol class=\"time\">\(items)</ol>"
    }

    /// What names its author already, or says nothing of them.
    private func title(forReporter kind: TimelineEntry.Kind) -> String? {
        switch kind {
        case .assigned: text.hasHandler
        case .replied: text.replyToYou
        default: nil
        }
    }

    /// What was reported, as its own first step of the history.
    func report(_ report: Report) -> HTML {
        let channels: HTML
        switch report.ordinaryChannels {
        case .tried(let which, let when):
            let names = which.map { ReportTexts[language].channelNames[$0] ?? $0.rawValue }.joined(separator: ", ")
            channels = "<p class=\"soft\">\(text.channelsTried): \(names) (\(when))</p>"
        case .notTried(let reason): channels = "<p class=\"soft\">\(text.channelsNotTried): \(reason)</p>"
        }
        let threshold = report.threshold.flatMap { ReportTexts[language].thresholds[$0] }.map {
            "<p class=\"soft\">\($0)</p>" as HTML
        }
        return "<div class=\"bubble\">\(HTML.paragraphs(report.description))\(channels)\(threshold)</div>"
    }

    /// A link to the version of the guideline that applies to a case (D1).
    func guideline(receivedAt time: Timestamp) -> HTML {
        "<p class=\"soft\"><a href=\"/deviations/guideline?on=\(Oslo.date(at: time).description)\">\(text.guideline)</a></p>"
    }
}
