public import EventKit
public import WhistleblowingContract

/// Takes what another module has handed over: a new case whose clock began when the institution first got the matter.
public struct TakeHandOver: Sendable {
    public var handedOver: HandedOver
    /// Those that came along, stored: in the order in which they are handed over.
    public var files: [AttachedFile]

    public init(handedOver: HandedOver, files: [AttachedFile] = []) {
        (self.handedOver, self.files) = (handedOver, files)
    }

    /// What the reporter has sent themself, or the rest.
    private func files(ofReporter isReporters: Bool) -> [AttachedFile] {
        zip(handedOver.files, files).filter { ($0.0.isReporters ?? false) == isReporters }.map(\.1)
    }

    /// The case `id`, taken on the day `today`. `named` are keepers whom it names.
    public func apply(id: String, named: Set<String>, on today: CivilDate) -> Change {
        let given = handedOver
        let report = Report(
            category: Category(rawValue: given.category) ?? (given.origin == .escalation ? .notFollowedUp : .other),
            title: given.title,
            description: given.description, occurredOn: given.occurredOn)
        let content = Whistleblow.Content(
            report: report, origin: given.origin == .escalation ? .escalation : .deviation, reporter: given.reporter,
            excluded: named.union(given.excluded).union([given.reporter].compactMap(\.self)))
        var before = given.steps.map { Entry(.before, by: nil, on: $0.on, text: $0.text) }
        let others = files(ofReporter: false)
        if !others.isEmpty { before.append(Entry(.before, by: nil, on: today, files: others)) }
        // A deviation is acknowledged within days of the whistleblow; for an escalated one the old date would make it overdue at once.
        let receivedOn = given.origin == .escalation ? today : given.receivedOn
        return Change(
            Whistleblow(id: id, campus: given.campus, receivedOn: receivedOn, content: content),
            entries: before + [Entry(.received, by: nil, on: today, files: files(ofReporter: true))])
    }
}
