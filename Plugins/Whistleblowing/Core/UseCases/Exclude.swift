public import EventKit

/// Takes a person off the case for good: oneself, when one is not impartial, or another keeper who turns out to be involved.
public struct Exclude: Act {
    public var person: String
    public var reason: String
    /// Who could handle the case then.
    public var remaining: [String]

    public init(person: String, reason: String, remaining: [String]) {
        (self.person, self.reason, self.remaining) = (person, reason, remaining)
    }

    /// - Throws: `WhistleblowingError.nobodyLeft` rather than leave the case without anybody.
    public func apply(to case: Whistleblow, by actor: String?, on today: CivilDate) throws(WhistleblowingError)
        -> Change
    {
        let reason = try reason.checked(.reason)
        if remaining.isEmpty { throw .nobodyLeft }
        var changed = `case`
        changed.content.excluded.insert(person)
        return Change(changed, Entry(.excluded, by: actor, on: today, text: reason, person: person))
    }
}
