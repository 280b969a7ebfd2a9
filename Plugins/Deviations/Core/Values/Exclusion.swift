/// Somebody whom a case is about, or who for another reason must neither handle it nor learn of it (S1: disqualification).
public struct Exclusion: Sendable, Hashable {
    /// Why; the raw value stands in the API.
    public enum Ground: String, Sendable, Hashable, CaseIterable {
        /// The report is about them.
        case named
        /// They lead the reporter, or are led by them.
        case line
        /// They reported it, or it was reported in their place.
        case reporter
        /// They said themselves that they are partial.
        case recused
    }

    public var ground: Ground
    /// The person's id; empty for somebody of whom only a name is known: a name keeps nobody out.
    public var person: String
    /// As it was typed; empty when the person is known.
    public var name: String

    public init(_ ground: Ground, person: String = "", name: String = "") {
        self.ground = ground
        self.person = person
        self.name = name
    }
}

extension Deviation {
    /// Ids of those who must not handle the case or learn of it.
    public var excluded: Set<String> { Set(exclusions.map(\.person).filter { !$0.isEmpty }) }

    /// Those whom the case may say it is kept from: who leads the reporter, or is them, would tell who has withdrawn it.
    public var shownExclusions: [Exclusion] {
        reporter == Deviation.nobody ? exclusions.filter { [.named, .recused].contains($0.ground) } : exclusions
    }

    /// Takes the case from everybody in `new`: from a handler among them too, and to `reception` when its unit has nobody left to
    /// receive it.
    mutating func exclude(_ new: [Exclusion], reception: (Set<String>) -> String?) {
        for one in new where !exclusions.contains(where: { $0.person == one.person && $0.name == one.name }) {
            exclusions.append(one)
        }
        if let handler, excluded.contains(handler) { handBack() }
        if let other = reception(excluded), other != unit {
            unit = other
            handBack()
        }
    }

    /// Back to the intake officer of its unit.
    mutating func handBack() {
        handler = nil
        if status == .assigned { status = .received }
    }
}
