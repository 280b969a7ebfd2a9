/// Who may do what with one kind of thing. A module's policies are the one list that decides, and that `/policy` shows.
public struct Policy: Sendable {
    /// What the things are: “Deviations”.
    public let title: Translated
    /// Without this right a thing of the kind does not exist for somebody; nil where who may not is told so.
    public let sight: Right?
    /// How people can stand to a thing, in words.
    public let relations: [String: Translated]
    /// Where a thing can stand, when that decides who counts; the usual one first.
    public let standings: [Standing]
    public let permissions: [Permission]
    /// What else is to be known of it, such as what those who are not signed in may do.
    public let note: Translated?

    public init(
        _ title: Translated, sight: Right? = nil, relations: [String: Translated] = [:], standings: [Standing] = [],
        note: Translated? = nil, _ permissions: [Permission]
    ) {
        (self.title, self.sight, self.relations, self.standings) = (title, sight, relations, standings)
        (self.note, self.permissions) = (note, permissions)
    }
}

/// A right and the ways to be allowed it; a row of a policy.
public struct Permission: Sendable {
    public let right: Right
    /// What one may then do, as the policy is read: “open again, keep longer”.
    public let says: Translated
    public let rules: [Rule]
    /// Where the thing has to stand for it to make sense; nil where that does not matter. Core decides.
    public let states: Translated?

    public init(_ right: Right, _ says: Translated, states: Translated? = nil, _ rules: [Rule]) {
        (self.right, self.says, self.states, self.rules) = (right, says, states, rules)
    }

    public init(_ right: Right, _ says: Translated, states: Translated? = nil, _ rules: Rule...) {
        self.init(right, says, states: states, rules)
    }
}

/// Where a thing stands, as far as that decides who counts: only those who stand in one of these relations to it, and, when its
/// unit counts, who has a role there.
public struct Standing: Sendable {
    public let says: Translated
    public let countsUnit: Bool
    public let relations: Set<String>

    public init(_ says: Translated, countsUnit: Bool, relations: Set<String>) {
        (self.says, self.countsUnit, self.relations) = (says, countsUnit, relations)
    }

    /// The thing as an access question sees it while it stands so.
    public func object(unit: String, relations: [String: Set<String>], excluded: Set<String> = []) -> AccessObject {
        AccessObject(
            unit: countsUnit ? unit : "", relations: relations.filter { self.relations.contains($0.key) },
            excluded: excluded)
    }
}

/// What a policy answers.
public enum Verdict: Sendable, CaseIterable {
    case may, mayNot
    /// As for a thing that does not exist.
    case unknown
}
