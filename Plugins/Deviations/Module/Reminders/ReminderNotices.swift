import CalendarKit
import DeviationsContract
import DeviationsCore
import EventKit
import ModuleKit
import Storage

/// Who is told of deadlines and measures, and in which words.
struct ReminderNotices: Sendable {
    /// Kinds of message; the raw value stands in the queue.
    enum Template: String, Sendable {
        case near
        case today = "due-today"
        case overdue
        /// To the central reception, which does not see the case.
        case overdueAt = "overdue-at"
        case measure
        case measureDue = "measure-due"
        case measureOverdue = "measure-overdue"
        case effectDue = "effect-due"
    }

    let directory: Directory
    let clock: Clock
    let numbers: CaseNumbers
    /// What stands for a person whom a case is kept from.
    let token: @Sendable (String) -> String

    func notices(of logged: LoggedEvent, in reader: Reader) throws -> [Notice] {
        switch logged.event.type {
        case DeadlineNear.type:
            let event = try logged.payload(DeadlineNear.self)
            let level: ReminderPlan.Level = event.workingDays == 0 ? .intakeOfficer : .handler
            return try notices(
                of: event.deviation, event.workingDays == 0 ? .today : .near, event.deadline, upTo: level, in: reader)
        case DeviationOverdue.type:
            let event = try logged.payload(DeviationOverdue.self)
            let level = ReminderPlan.Level(rawValue: event.level) ?? .intakeOfficer
            return try notices(of: event.deviation, .overdue, event.deadline, upTo: level, in: reader)
        case MeasureAdded.type:
            let event = try logged.payload(MeasureAdded.self)
            return try toOwner(of: event.measure, .measure, event.measureDueOn, in: reader)
        case MeasureMoved.type:
            let event = try logged.payload(MeasureMoved.self)
            return try toOwner(of: event.measure, .measure, event.measureDueOn, in: reader)
        case MeasureDue.type:
            let event = try logged.payload(MeasureDue.self)
            let template: Template = event.workingDays > 0 ? .measureOverdue : .measureDue
            return try toOwner(of: event.measure, template, event.measureDueOn, in: reader)
        case CentralMeasureDue.type:
            let event = try logged.payload(CentralMeasureDue.self)
            let template: Template = event.workingDays > 0 ? .measureOverdue : .measureDue
            return try toDepartment(of: event.measure, template, event.measureDueOn, in: reader)
        case EffectDue.type:
            let event = try logged.payload(EffectDue.self)
            return try toOwner(of: event.measure, .effectDue, Oslo.date(at: logged.event.time), in: reader)
        default: return []
        }
    }

    func mail(for notice: Notice, language: Language) -> MailText? {
        guard let template = Template(rawValue: notice.template), let number = notice.facts["number"],
            let date = notice.facts["date"].flatMap({ CivilDate($0) })
        else { return nil }
        let text = ReminderTexts[language]
        let words = language.words(date, today: Oslo.date(at: clock.now))
        let unit = notice.facts["unit"].flatMap { directory.chart.unit($0)?.names[language] } ?? ""
        let (subject, paragraph) =
            switch template {
            case .near: text.near(number, words)
            case .today: text.today(number, words)
            case .overdue: text.overdue(number, words)
            case .overdueAt: text.overdueAt(number, words, unit)
            case .measure: text.measure(words)
            case .measureDue: text.measureDue(words)
            case .measureOverdue: text.measureOverdue(words)
            case .effectDue: text.effectDue
            }
        let isMeasure = [.measure, .measureDue, .measureOverdue, .effectDue].contains(template)
        let label = isMeasure ? text.openMeasures : template == .overdueAt ? text.openDesk : MailTexts[language].open
        return MailText(subject: subject, paragraphs: [paragraph], linkLabel: label)
    }

    /// To those up to `level`, unless the case has ended meanwhile.
    private func notices(
        of facts: DeviationFacts, _ template: Template, _ deadline: CivilDate, upTo level: ReminderPlan.Level,
        in reader: Reader
    ) throws -> [Notice] {
        guard let parties = try DeviationStore.parties(of: facts.id, in: reader),
            let open = try ReminderStore.openCase(facts.id, in: reader), open.clock.deadline == deadline
        else { return [] }
        let ladder = Ladder(
            chart: directory.chart, now: clock.now,
            excluded: excluded(from: parties))
        let reception = ladder.reception
        return ladder.people(upTo: level, unit: open.facts.unit, handler: parties.handler).sorted().map { person in
            let isBlind = template == .overdue && reception.contains(person) && !mayOpen(person, open.facts.unit)
            let kind: Template = isBlind ? .overdueAt : template
            return Notice(
                to: person, template: kind.rawValue, path: isBlind ? "/deviations" : "/deviations/\(facts.id)",
                facts: [
                    "number": numbers[parties.key, receivedAt: parties.receivedAt].description, "date": "\(deadline)",
                    "unit": open.facts.unit,
                ], required: template == .overdue)
        }
    }

    /// Ids of people who are never told of the case.
    private func excluded(from parties: DeviationParties) -> Set<String> {
        DeviationStore.excluded(from: parties, directory.chart, clock.now, token).union([parties.reporter])
    }

    private func mayOpen(_ person: String, _ unit: String) -> Bool {
        directory.chart.grants(of: person, at: clock.now).contains { grant in
            [.intakeOfficer, .lineManager].contains(grant.role)
                && directory.chart.subtree(of: grant.unit).contains(unit)
        }
    }

    private func toOwner(
        of measure: String, _ template: Template, _ date: CivilDate, in reader: Reader
    ) throws -> [Notice] {
        guard let owner = try DeviationStore.owner(ofMeasure: measure, token, in: reader) else { return [] }
        return [notice(to: owner, of: measure, template, date)]
    }

    /// A central measure is the education quality department's, whoever started it.
    private func toDepartment(
        of measure: String, _ template: Template, _ date: CivilDate, in reader: Reader
    ) throws -> [Notice] {
        guard let own = try CentralMeasures.load(measure, in: reader), !own.measure.isDone,
            let institution = directory.chart.institution?.id
        else { return [] }
        return directory.chart.holders(of: .educationQuality, at: institution, now: clock.now)
            .map { notice(to: $0, of: measure, template, date) }
    }

    /// Without the number of a case: it too would tell the owner which case it is.
    private func notice(to person: String, of measure: String, _ template: Template, _ date: CivilDate) -> Notice {
        Notice(
            to: person, template: template.rawValue, path: MeasurePages.path,
            facts: ["number": "", "date": "\(date)", "measure": measure], required: false)
    }
}
