import CalendarKit
import DeviationsContract
import DeviationsCore
import EventKit
import ModuleKit
import Storage

/// Who is told of a step, and in which words. The event names nobody: people are looked up in the case.
struct DeviationNotices: Sendable {
    /// Kinds of message; the raw value stands in the queue.
    enum Template: String, Sendable {
        case received
        case newCase = "new-case"
        case assigned, forwarded, rejected, replied
        case preliminaryReplied = "preliminary-replied"
        case closed, withdrawn

        /// The law asks for these: an answer, and a preliminary reply (forvaltningsloven § 11 a).
        var isRequired: Bool { [.rejected, .preliminaryReplied, .closed].contains(self) }
    }

    let directory: Directory
    let clock: Clock

    func notices(of logged: LoggedEvent, in reader: Reader) throws -> [Notice] {
        guard let deviation = try DeviationStore.parties(of: logged.event.subject, in: reader) else { return [] }
        // A withdrawn report has none, nor has one that is no longer here.
        func toReporter(_ template: Template, _ date: CivilDate) -> [Notice] {
            if deviation.reporter == Deviation.nobody { return [] }
            return [notice(deviation, to: deviation.reporter, template, "/deviations/mine/\(deviation.id)", date)]
        }
        func toDesk(_ people: [String], _ template: Template) -> [Notice] {
            people.map { notice(deviation, to: $0, template, "/deviations/\(deviation.id)", deviation.dueOn) }
        }
        switch logged.event.type {
        case DeviationReceived.type:
            // Not read from the event, which says the same: decoding JSON would hold up everybody who writes.
            return toReporter(.received, deviation.dueOn)
                + toDesk(intakeOfficers(of: deviation.reportedUnit), .newCase)
        case DeviationForwarded.type:
            let facts = try logged.payload(DeviationForwarded.self).deviation
            return toReporter(.forwarded, deviation.dueOn) + toDesk(intakeOfficers(of: facts.unit), .newCase)
        case DeviationAssigned.type: return toDesk([deviation.handler].compactMap(\.self), .assigned)
        case DeviationRejected.type: return toReporter(.rejected, deviation.dueOn)
        case DeviationReplied.type: return toReporter(.replied, deviation.dueOn)
        case PreliminaryReplied.type:
            return toReporter(.preliminaryReplied, try logged.payload(PreliminaryReplied.self).expectedOn)
        case DeviationClosed.type: return toReporter(.closed, deviation.dueOn)
        case DeviationWithdrawn.type:
            let unit = try logged.payload(DeviationWithdrawn.self).deviation.unit
            let others = deviation.handler.map { [$0] } ?? intakeOfficers(of: unit)
            return toDesk(deviation.lockedTo.map { [$0] } ?? others, .withdrawn)
        default: return []
        }
    }

    func mail(for notice: Notice, language: Language) -> MailText? {
        let text = MailTexts[language]
        guard let template = Template(rawValue: notice.template), let number = notice.facts["number"],
            let date = notice.facts["date"].flatMap({ CivilDate($0) })
        else { return nil }
        let words = language.words(date, today: Oslo.date(at: clock.now))
        let lines: MailTexts.Lines =
            switch template {
            case .received: text.received
            case .newCase: text.newCase
            case .assigned: text.assigned
            case .forwarded: text.forwarded
            case .rejected: text.rejected
            case .replied: text.replied
            case .preliminaryReplied: text.preliminaryReplied
            case .closed: text.closed
            case .withdrawn: text.withdrawn
            }
        let (subject, paragraph) = lines(number, words)
        return MailText(subject: subject, paragraphs: [paragraph], linkLabel: text.open)
    }

    private func intakeOfficers(of unit: String) -> [String] {
        Candidates(chart: directory.chart, now: clock.now).intakeOfficers(of: unit)
    }

    private func notice(
        _ deviation: DeviationParties, to recipient: String, _ template: Template, _ path: String, _ date: CivilDate
    ) -> Notice {
        Notice(
            to: recipient, template: template.rawValue, path: path,
            facts: ["number": deviation.number.description, "date": "\(date)"],
            required: template.isRequired)
    }
}
