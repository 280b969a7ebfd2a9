public import DeviationsContract
public import EventKit

/// Records whom the report is about. They see nothing of the case from then on.
public struct NamePeople: Act {
    /// Ids.
    public var people: [String]
    /// Names of people who have no account here, or whom nobody could identify; may be empty.
    public var names: String
    /// The unit that receives the case when these people may not; nil when its own unit still can.
    public var reception: @Sendable (_ without: Set<String>) -> String?

    public init(people: [String], names: String, reception: @escaping @Sendable (_ without: Set<String>) -> String?) {
        self.people = people
        self.names = names
        self.reception = reception
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<PeopleExcluded> {
        try deviation.requireUnmerged()
        var input = InputCheck()
        let names = input.lineIfAny(self.names, .names)
        if people.isEmpty && names == nil { input.found(.missing, in: .people) }
        // One's own partiality is declared, with a reason; a reporter stays the reporter.
        if people.contains(actor) || people.contains(deviation.reporter) { input.found(.unknown, in: .people) }
        try input.finish()
        let known = people.map { Exclusion(.named, person: $0) }
        var changed = deviation
        changed.exclude(known + (names.map { [Exclusion(.named, name: $0)] } ?? []), reception: reception)
        return Change(
            changed, entry: TimelineEntry(.named, by: actor, at: now),
            event: PeopleExcluded(deviation: changed.facts))
    }
}
