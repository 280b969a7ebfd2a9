public import EventKit
public import WhistleblowingContract

/// Takes what another module has handed over: a new case whose clock began when the institution first got the matter.
public struct TakeHandOver: Sendable {
    public var handedOver: HandedOver
    /// Those that came along, stored.
    public var files: [AttachedFile]

    public init(handedOver: HandedOver, files: [AttachedFile] = []) {
        (self.handedOver, self.files) = (handedOver, files)
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
        let before = given.steps.map { Entry(.before, by: nil, on: $0.on, text: $0.text) }
        // A deviation is acknowledged within days of the whistleblow; for an escalated one the old date would make it overdue at once.
        let receivedOn = given.origin == .escalation ? today : given.receivedOn
        return Change(
            Whistleblow(id: id, campus: given.campus, receivedOn: receivedOn, content: content),
            entries: before + [Entry(.received, by: nil, on: today, files: files)])
    }
}
