import DeviationsCore
import ModuleKit

/// The body of `POST /api/v1/deviations`. Every field may be missing: Core says which must not.
struct ReportBody: Decodable, Sendable {
    struct Channels: Decodable, Sendable {
        let tried: Bool?
        let which: [String]?
        let when, reason: String?
    }

    let serious, title, description, unit, campus, category, environment, occurredOn, threshold: String?
    let ordinaryChannels: Channels?
    let people: [String]?
    let names: String?
    let onBehalf: Behalf?

    struct Behalf: Decodable, Sendable { let student, consent, replies: String? }

    var draft: ReportDraft {
        var draft = ReportDraft()
        // Left out, it is none: the field came after clients had been written.
        draft.serious = serious ?? SeriousMatter.none
        (draft.title, draft.description) = (title ?? "", description ?? "")
        (draft.unit, draft.campus, draft.category) = (unit ?? "", campus ?? "", category ?? "")
        (draft.environment, draft.occurredOn, draft.threshold) = (environment ?? "", occurredOn ?? "", threshold ?? "")
        draft.channelsTried = ordinaryChannels?.tried
        draft.channelsWhich = ordinaryChannels?.which ?? []
        draft.channelsWhen = ordinaryChannels?.when ?? ""
        draft.channelsReason = ordinaryChannels?.reason ?? ""
        (draft.people, draft.names) = (people ?? [], names ?? "")
        draft.isOnBehalf = onBehalf != nil
        draft.behalfStudent = onBehalf?.student ?? ""
        draft.behalfConsent = onBehalf?.consent ?? ""
        draft.behalfReplies = onBehalf?.replies ?? ""
        return draft
    }
}

/// The body of an act on a case; which fields count depends on the act.
struct ActBody: Decodable, Sendable {
    let handler, unit, reason, text, whatHappened, why, prevention, action, cause, owner, dueOn, expectedOn, outcome,
        effect, summary, summaryEnglish, names, recipient: String?
    let people: [String]?
    let isDeviation, holdsSensitiveData, isCensurable, isAnonymous: Bool?
    let keptTitle, keptText, whistleblowText: String?
    /// Places in the history, counted from 0, whose words stay.
    let keptSteps: [Int]?
    /// Ids of the reports of the case that go too, or “all”.
    let along: [String]?
    let callBack, goesOn: Bool?

    /// The same as a form would send it: pages and API then go one way.
    var form: FormData {
        let texts: [(Field, String?)] = [
            (.handler, handler), (.unit, unit), (.reason, reason), (.text, text), (.whatHappened, whatHappened),
            (.why, why), (.prevention, prevention),
            (.action, action), (.cause, cause), (.owner, owner), (.dueOn, dueOn), (.expectedOn, expectedOn),
            (.outcome, outcome),
            (.effect, effect), (.summary, summary), (.summaryEnglish, summaryEnglish), (.keptTitle, keptTitle),
            (.keptText, keptText), (.whistleblowText, whistleblowText), (.names, names), (.recipient, recipient),
        ]
        var form = FormData(values: [
            "keptSteps": (keptSteps ?? []).map { "\($0)" }, "people": people ?? [], Field.along.rawValue: along ?? [],
        ])
        for (field, text) in texts { if let text { form[field.rawValue] = text } }
        let answers = [
            ("isDeviation", isDeviation), ("holdsSensitiveData", holdsSensitiveData), ("isCensurable", isCensurable),
            ("isAnonymous", isAnonymous),
            ("callBack", callBack), ("goesOn", goesOn),
        ]
        for (name, answer) in answers { if let answer { form[name] = answer ? "yes" : "no" } }
        if isCensurable == true, whistleblowText != nil { form["isCensurable"] = "part" }
        return form
    }
}
