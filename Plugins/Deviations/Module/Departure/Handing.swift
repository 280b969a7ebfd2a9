import CalendarKit
import DeviationsCore
import EventKit
import ModuleKit
import Vault
import WhistleblowingContract

/// Writes down for the keepers what goes to them, in the institution's own language.
struct Handing: Sendable {
    let number: CaseNumber
    /// What people and units are called, by id.
    let names: [String: String]

    private var text: CaseTexts { CaseTexts.nb }

    /// A whole report with its history, or the part of it that the officer wrote down.
    func report(_ deviation: Deviation, _ entries: [TimelineEntry], part: String?, _ files: [HandedOver.File])
        -> HandedOver
    {
        let report = deviation.report
        return HandedOver(
            origin: .deviation, campus: report.campus, category: SeriousMatter.censurable.rawValue, title: report.title,
            description: part ?? report.description, occurredOn: report.occurredOn,
            receivedOn: Oslo.date(at: deviation.receivedAt), reporter: reporter(of: deviation),
            excluded: deviation.excluded.sorted(),
            steps: [channels(deviation)] + entries.map(step) + deviation.measures.map(measure), files: files)
    }

    /// Dates and steps of a deviation that nobody follows up: not one word of what was written.
    func escalation(_ deviation: Deviation, _ entries: [TimelineEntry], excluded: [String]) -> HandedOver {
        let steps = entries.filter { !$0.kind.isPrivate }.map {
            HandedOver.Step(on: Oslo.date(at: $0.at), text: title($0.kind, nil))
        }
        let start = HandedOver.Step(
            on: Oslo.date(at: deviation.receivedAt),
            text: "Avvik \(number), \(names[deviation.unit] ?? deviation.unit)")
        let end = HandedOver.Step(on: deviation.deadline, text: "Fristen gikk ut uten svar")
        return HandedOver(
            origin: .escalation, campus: deviation.report.campus, category: "",
            receivedOn: Oslo.date(at: deviation.receivedAt), reporter: reporter(of: deviation),
            excluded: Set(excluded).union(deviation.excluded).sorted(),
            steps: [start] + steps + [end])
    }

    private func reporter(of deviation: Deviation) -> String? {
        deviation.reporter == Deviation.nobody ? nil : deviation.reporter
    }

    private func step(_ entry: TimelineEntry) -> HandedOver.Step {
        let date = entry.date.map { " (\($0))" } ?? ""
        let author = entry.author == Deviation.nobody ? "" : ", \(names[entry.author] ?? entry.author)"
        let words = entry.text.isEmpty ? "" : "\n\(entry.text)"
        return HandedOver.Step(
            on: Oslo.date(at: entry.at), text: "\(title(entry.kind, entry.reference))\(date)\(author)\(words)")
    }

    private func title(_ kind: TimelineEntry.Kind, _ reference: String?) -> String {
        let title = text.steps[kind]?(reference.map { names[$0] ?? $0 } ?? "") ?? kind.rawValue
        var end = title[...]
        while end.last == " " || end.last == ":" { end.removeLast() }
        return String(end)
    }

    private func measure(_ measure: Measure) -> HandedOver.Step {
        let words = [measure.action, measure.cause, measure.effect ?? ""].filter { !$0.isEmpty }.joined(separator: "\n")
        return HandedOver.Step(
            on: measure.dueOn, text: "\(text.measures), \(names[measure.owner] ?? measure.owner)\n\(words)")
    }

    private func channels(_ deviation: Deviation) -> HandedOver.Step {
        let words =
            switch deviation.report.ordinaryChannels {
            case .tried(let which, let when):
                "\(text.channelsTried): \(which.compactMap { ReportTexts.nb.channelNames[$0] }.joined(separator: ", ")) (\(when))"
            case .notTried(let reason): "\(text.channelsNotTried): \(reason)"
            }
        return HandedOver.Step(on: Oslo.date(at: deviation.receivedAt), text: words)
    }
}
