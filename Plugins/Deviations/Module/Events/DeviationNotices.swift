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
        case closed, withdrawn, reopened, recurring, merged
        case takenOver = "taken-over"
        case consulted
        case consultationAnswered = "consultation-answered"
        case answered, feedback
        case feedbackDue = "feedback-due"
        case retention
        /// To the reporter, whose own words are about to go.
        case retentionOwn = "retention-own"

        /// The law asks for these: an answer, and a preliminary reply (forvaltningsloven § 11 a).
        var isRequired: Bool { [.rejected, .preliminaryReplied, .closed].contains(self) }
    }

    let directory: Directory
    let clock: Clock
    let numbers: CaseNumbers
    let way: ReRegistrationWay
    /// What stands for a person whom a case is kept from.
    let token: @Sendable (String) -> String

    func notices(of logged: LoggedEvent, in reader: Reader) throws -> [Notice] {
        guard let deviation = try DeviationStore.parties(of: logged.event.subject, in: reader) else { return [] }
        let first = MergedReport(
            key: deviation.key, id: deviation.id, reporter: deviation.reporter, receivedAt: deviation.receivedAt)
        // A withdrawn report has no reporter, nor has one that is no longer here.
        func toReporter(_ template: Template, _ date: CivilDate, _ report: MergedReport) -> [Notice] {
            if report.reporter == Deviation.nobody { return [] }
            return [notice(report, to: report.reporter, template, "/deviations/mine/\(report.id)", date)]
        }
        /// To everybody whose report is part of the case.
        func toReporters(_ template: Template, _ date: CivilDate) throws -> [Notice] {
            let others =
                deviation.hasOthers ? try DeviationStore.reports(mergedInto: deviation.key, in: reader) : []
            return ([first] + others).flatMap { toReporter(template, date, $0) }
        }
        func toDesk(_ people: [String], _ template: Template, _ date: CivilDate? = nil) -> [Notice] {
            people.filter { !isExcluded($0, from: deviation) }
                .map { notice(first, to: $0, template, "/deviations/\(deviation.id)", date ?? deviation.dueOn) }
        }
        switch logged.event.type {
        case DeviationReceived.type:
            // Not read from the event, which says the same: decoding JSON would hold up everybody who writes.
            // Unless somebody was kept from it: then another unit may have received it.
            let unit =
                deviation.excluded.isEmpty
                ? deviation.reportedUnit : try logged.payload(DeviationReceived.self).deviation.unit
            return toReporter(.received, deviation.dueOn, first)
                + toDesk(intakeOfficers(of: unit, deviation), .newCase)
        case DeviationForwarded.type:
            let facts = try logged.payload(DeviationForwarded.self).deviation
            return try toReporters(.forwarded, deviation.dueOn)
                + toDesk(intakeOfficers(of: facts.unit, deviation), .newCase)
        case DeviationAssigned.type: return toDesk([deviation.handler].compactMap(\.self), .assigned)
        case DeviationRejected.type: return try toReporters(.rejected, deviation.dueOn)
        case DeviationReplied.type: return try toReporters(.replied, deviation.dueOn)
        case PreliminaryReplied.type:
            return try toReporters(.preliminaryReplied, try logged.payload(PreliminaryReplied.self).expectedOn)
        case DeviationClosed.type: return try toReporters(.closed, deviation.dueOn)
        case DeviationWithdrawn.type:
            // A report that was part of a case is gone whole: there is nothing to decide.
            guard let unit = deviation.isOpen ? try logged.payload(DeviationWithdrawn.self).deviation.unit : nil
            else { return [] }
            let others = deviation.handler.map { [$0] } ?? intakeOfficers(of: unit, deviation)
            return toDesk(deviation.lockedTo.map { [$0] } ?? others, .withdrawn)
        case ReportMerged.type: return toReporter(.merged, deviation.dueOn, first)
        case ReportSeparated.type: return toDesk(intakeOfficers(of: deviation.unit, deviation), .newCase)
        case FirstReporterReplied.type: return toReporter(.replied, deviation.dueOn, first)
        case PeopleExcluded.type where deviation.handler != nil: return []
        case PeopleExcluded.type, DeviationTakenOver.type:
            return toDesk(
                deviation.handler.map { [$0] } ?? intakeOfficers(of: deviation.unit, deviation), .takenOver)
        case ConsultationOpened.type:
            let opened = try logged.payload(ConsultationOpened.self)
            let people = try DeviationStore.consulted(in: opened.consultation, in: reader)
            // No number: they do not see the case.
            return people.filter { !isExcluded($0, from: deviation) }.map {
                Notice(
                    to: $0, template: Template.consulted.rawValue,
                    path: "/deviations/consultations/\(opened.consultation)",
                    facts: ["number": "", "date": "\(opened.deadline)"], required: false)
            }
        case ConsultationAnswered.type, ConsultationDeclined.type:
            return toDesk(
                deviation.handler.map { [$0] } ?? intakeOfficers(of: deviation.unit, deviation), .consultationAnswered)
        case RetentionNear.type:
            let removedOn = try logged.payload(RetentionNear.self).removedOn
            let people = Set(lineManagers(of: deviation) + [deviation.handler].compactMap(\.self)).sorted()
            return try toReporters(.retentionOwn, removedOn) + toDesk(people, .retention, removedOn)
        case FeedbackDue.type: return toReporter(.feedbackDue, deviation.dueOn, first)
        case ReporterAnswered.type:
            return toDesk(deviation.handler.map { [$0] } ?? intakeOfficers(of: deviation.unit, deviation), .answered)
        case FeedbackGiven.type:
            return toDesk(deviation.handler.map { [$0] } ?? intakeOfficers(of: deviation.unit, deviation), .feedback)
        case DeviationReopened.type:
            let times = try logged.payload(DeviationReopened.self).reopenings
            return try toReporters(.reopened, deviation.dueOn)
                + toDesk(deviation.handler.map { [$0] } ?? intakeOfficers(of: deviation.unit, deviation), .reopened)
                + (times >= 3 ? toDesk(lineManagers(of: deviation), .recurring) : [])
        default: return []
        }
    }

    func mail(for notice: Notice, language: Language) -> MailText? {
        if notice.template == OpenCases.nobody.template {
            let text = AlarmTexts[language]
            return MailText(subject: text.subject, paragraphs: [text.nobody], linkLabel: text.open)
        }
        if notice.template == WaitingRounds.alarm.template { return SignedOutTexts[language].alarm }
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
            case .reopened: text.reopened
            case .recurring: text.recurring
            case .merged: text.merged
            case .takenOver: text.takenOver
            case .consulted: text.consulted
            case .consultationAnswered: text.consultationAnswered
            case .answered: text.answered
            case .feedback: text.feedback
            case .feedbackDue: text.feedbackDue
            case .retention: RetentionTexts[language].near
            case .retentionOwn: RetentionTexts[language].nearOwn
            }
        let (subject, paragraph) = lines(number, words)
        // The same in every rejection: none tells that it was for this.
        let further = template == .rejected && way == .byReporter ? [OwnCaseTexts[language].seriousMail] : []
        return MailText(subject: subject, paragraphs: [paragraph] + further, linkLabel: text.open)
    }

    private func isExcluded(_ person: String, from deviation: DeviationParties) -> Bool {
        !deviation.excluded.isEmpty && deviation.excluded.contains(token(person))
    }

    /// Where no intake officer may know of it, the line managers: they see to it that somebody is one.
    private func intakeOfficers(of unit: String, _ deviation: DeviationParties) -> [String] {
        let officers = holders(of: .intakeOfficer, for: unit, deviation)
        return officers.isEmpty ? holders(of: .lineManager, for: unit, deviation) : officers
    }

    private func lineManagers(of deviation: DeviationParties) -> [String] {
        holders(of: .lineManager, for: deviation.unit, deviation)
    }

    private func holders(of role: Role, for unit: String, _ deviation: DeviationParties) -> [String] {
        let excluded = DeviationStore.excluded(from: deviation, directory.chart, clock.now, token)
        return directory.chart.nearestHolders(of: role, to: unit, without: excluded, now: clock.now)
    }

    private func notice(
        _ report: MergedReport, to recipient: String, _ template: Template, _ path: String, _ date: CivilDate
    ) -> Notice {
        Notice(
            to: recipient, template: template.rawValue, path: path,
            facts: ["number": numbers[report.key, receivedAt: report.receivedAt].description, "date": "\(date)"],
            required: template.isRequired)
    }
}
