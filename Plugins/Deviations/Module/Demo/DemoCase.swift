import CalendarKit
import DeviationsCore
import EventKit
import ModuleKit

/// A case of `Config/demo/cases.json`. Days count from today or from receipt, so that the demo always looks recent.
struct DemoCase: Decodable, Sendable {
    struct Channels: Decodable, Sendable {
        let tried: Bool
        let which: [String]?
        let whenDaysAgo: Int?
        let reason: String?
    }

    struct Step: Decodable, Sendable {
        let act: String
        let by: String
        let at: String
        let afterDays: Int
        let handler, to, reason, text, owner, cause, outcome: String?
        /// What the public is told when the case is closed.
        let summary, summaryEnglish: String?
        let dueAfterDays, doneAfterDays, expectedAfterDays: Int?
    }

    let key, reporter, unit, campus, category, environment, title, description, at: String
    let daysAgo: Int
    let occurredDaysAgo: Int?
    let ordinaryChannels: Channels
    let steps: [Step]

    /// The same at every run: what shows that the case is loaded already.
    var id: String { "00000000-0000-7000-8000-\(String(repeating: "0", count: 12 - key.count + 1))\(key.dropFirst())" }

    func received(now: Timestamp) -> Timestamp { moment(daysAgo: daysAgo, at, now: now) }

    func draft(now: Timestamp) -> ReportDraft {
        let today = Oslo.date(at: now)
        var draft = ReportDraft()
        draft.serious = SeriousMatter.none
        (draft.title, draft.description, draft.unit, draft.campus) = (title, description, unit, campus)
        (draft.category, draft.environment) = (category, environment)
        draft.occurredOn = occurredDaysAgo.map { today.adding(days: -$0).description } ?? ""
        draft.channelsTried = ordinaryChannels.tried
        draft.channelsWhich = ordinaryChannels.which ?? []
        draft.channelsWhen =
            ordinaryChannels.whenDaysAgo.map { Language.nb.words(today.adding(days: -$0), today: today) } ?? ""
        draft.channelsReason = ordinaryChannels.reason ?? ""
        return draft
    }

    /// The steps with their moments, in order of time.
    func timedSteps(now: Timestamp) -> [TimedStep] {
        let day = Oslo.date(at: received(now: now))
        var timed = steps.map {
            TimedStep(
                step: $0, by: $0.by, at: moment(day.adding(days: $0.afterDays), $0.at), day: day, completes: false)
        }
        let closed = steps.first { $0.act == "close" }.map { moment(day.adding(days: $0.afterDays), $0.at) }
        for step in steps {
            guard let done = step.doneAfterDays else { continue }
            // The file gives the day only: after the measure was decided, and before the case is closed.
            let decided = moment(day.adding(days: step.afterDays), step.at)
            var at = max(moment(day.adding(days: done), "09:30"), decided.adding(seconds: 60))
            if let closed { at = min(at, closed.adding(seconds: -60)) }
            timed.append(TimedStep(step: step, by: step.by, at: at, day: day, completes: true))
        }
        return timed.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    private func moment(daysAgo: Int, _ clock: String, now: Timestamp) -> Timestamp {
        moment(Oslo.date(at: now).adding(days: -daysAgo), clock)
    }

    private func moment(_ date: CivilDate, _ clock: String) -> Timestamp {
        let parts = clock.split(separator: ":").compactMap { Int($0) }
        return Oslo.moment(of: LocalTime(date: date, hour: parts.first ?? 12, minute: parts.last ?? 0))
    }
}

/// A step of a demo case at its moment; `completes` is the later half of a measure that gets done.
struct TimedStep: Sendable {
    let step: DemoCase.Step
    let by: String
    let at: Timestamp
    let day: CivilDate
    let completes: Bool

    /// The acts behind it, for the case as it stands.
    func acts(for deviation: Deviation) -> [any DeviationsCore.Act] {
        func date(_ days: Int?) -> String { day.adding(days: days ?? 0).description }
        let text = step.text ?? ""
        if completes {
            guard let measure = deviation.measures.first(where: { $0.action == text && !$0.isDone }) else { return [] }
            return [CompleteMeasure(measure: measure.id, effect: "")]
        }
        switch step.act {
        case "assign": return triage(deviation) + [SendToHandler(handler: step.handler ?? "")]
        case "forward": return [ForwardToFaculty(unit: step.to ?? "", reason: step.reason ?? "")]
        case "reject":
            return [
                AnswerTriage(answers: Triage(isDeviation: false, holdsSensitiveData: false, isCensurable: false)),
                RejectReport(reason: step.reason ?? ""),
            ]
        case "note": return [AddNote(text: text)]
        case "reply": return [ReplyToReporter(text: text)]
        case "cause": return [RecordCause(whatHappened: deviation.report.title, why: text)]
        case "measure":
            let cause = deviation.cause?.why ?? deviation.report.title
            return [
                AddMeasure(
                    id: Identifier.make(at: at), action: text, cause: cause, owner: step.owner ?? by,
                    dueOn: date(step.dueAfterDays))
            ]
        case "preliminary":
            return [SendPreliminaryReply(cause: step.cause ?? "", expectedOn: date(step.expectedAfterDays))]
        case "close":
            let close = CloseDeviation(outcome: step.outcome ?? "")
            guard let summary = step.summary else { return [close] }
            return [close, PublishSummary(text: summary, english: step.summaryEnglish ?? "", isAnonymous: true)]
        default: return []
        }
    }

    private func triage(_ deviation: Deviation) -> [any DeviationsCore.Act] {
        guard deviation.triage == nil else { return [] }
        return [AnswerTriage(answers: Triage(isDeviation: true, holdsSensitiveData: false, isCensurable: false))]
    }
}
