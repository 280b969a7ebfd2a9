public import EventKit

/// A report that holds everything it must: what a reporter sent, checked.
public struct Report: Sendable, Hashable {
    /// One line.
    public var title: String
    public var description: String
    /// Code of the unit it was sent to.
    public var unit: String
    public var campus: String
    public var category: String
    public var environment: Environment
    public var occurredOn: CivilDate?
    public var threshold: Threshold?
    public var ordinaryChannels: OrdinaryChannels
    /// Whom it is about, when it is sent; a case has them among its exclusions.
    public var named: [Exclusion] = []
    /// For whom it is sent, when it is sent for another; a case has it beside its report.
    public var onBehalf: OnBehalf?

    /// A report known to be right: read back from the store.
    public init(
        title: String, description: String, unit: String, campus: String, category: String, environment: Environment,
        occurredOn: CivilDate?, threshold: Threshold?, ordinaryChannels: OrdinaryChannels
    ) {
        self.title = title
        self.description = description
        self.unit = unit
        self.campus = campus
        self.category = category
        self.environment = environment
        self.occurredOn = occurredOn
        self.threshold = threshold
        self.ordinaryChannels = ordinaryChannels
    }
}

extension Report {
    /// Checks what was typed. `today` is the date in Norway.
    ///
    /// - Throws: `DeviationError.serious` for what belongs to whistleblowing, before anything else is looked at; else
    ///   `DeviationError.invalid` that names every field that is wrong, in the order of the form.
    public init(_ draft: ReportDraft, choices: ReportChoices, today: CivilDate) throws(DeviationError) {
        if let matter = SeriousMatter(rawValue: draft.serious) { throw .serious(matter) }
        var input = InputCheck()
        _ = input.code(draft.serious, .serious) { $0 == SeriousMatter.none ? $0 : nil }
        title = input.line(draft.title, .title)
        description = input.text(draft.description, .description)
        unit = input.code(draft.unit, .unit) { choices.units.contains($0) ? $0 : nil } ?? ""
        campus = input.code(draft.campus, .campus) { choices.campuses.contains($0) ? $0 : nil } ?? ""
        category = input.code(draft.category, .category) { choices.categories.contains($0) ? $0 : nil } ?? ""
        environment = input.code(draft.environment, .environment, among: Environment.init(rawValue:)) ?? .physical
        occurredOn = draft.occurredOn.isEmpty ? nil : input.date(draft.occurredOn, .occurredOn, latest: today)
        threshold =
            draft.threshold.isEmpty ? nil : input.code(draft.threshold, .threshold, among: Threshold.init(rawValue:))
        ordinaryChannels = Self.channels(of: draft, &input)
        named = input.codes(ifAny: draft.people, .people) { choices.people.contains($0) ? $0 : nil }
            .map { Exclusion(.named, person: $0) }
        if draft.isOnBehalf {
            let toStudent = input.code(draft.behalfReplies, .behalfReplies) {
                ["student": true, "submitter": false][$0]
            }
            onBehalf = OnBehalf(
                student: input.line(draft.behalfStudent, .behalfStudent),
                consent: input.text(draft.behalfConsent, .behalfConsent), repliesToStudent: toStudent ?? false)
        }
        if let names = input.lineIfAny(draft.names, .names) { named.append(Exclusion(.named, name: names)) }
        try input.finish()
    }

    /// Ordinary channels come first: which and when, or why not (guideline, “Ansatte og studenter”).
    private static func channels(of draft: ReportDraft, _ input: inout InputCheck) -> OrdinaryChannels {
        switch draft.channelsTried {
        case true:
            let which = input.codes(draft.channelsWhich, .channelsWhich, among: Channel.init(rawValue:))
            return .tried(which: which, when: input.line(draft.channelsWhen, .channelsWhen))
        case false:
            return .notTried(reason: input.text(draft.channelsReason, .channelsReason))
        case nil:
            input.found(.missing, in: .channelsTried)
            return .notTried(reason: "")
        }
    }
}
