public import DeviationsCore
import Storage

/// Which deviations somebody may see: all, or those of some units together with those they reported or handle.
public struct Scope: Sendable, Hashable {
    public var all: Bool
    /// Codes of units; whoever may see a faculty's cases has its departments in here as well.
    public var units: Set<String>
    /// Id of the person who looks.
    public var person: String
    /// Whether they see what they handle: only as long as they are a case handler.
    public var isHandler: Bool
    /// What stands for the person among those whom cases are kept from; nil for somebody without any role.
    public var token: String?

    public init(
        all: Bool = false, units: Set<String> = [], person: String, isHandler: Bool = true, token: String? = nil
    ) {
        self.token = token
        self.all = all
        self.units = units
        self.person = person
        self.isHandler = isHandler
    }

    /// True when the list for this scope would show `deviation`.
    public func contains(_ deviation: Deviation) -> Bool {
        if deviation.reporter == person { return true }
        guard deviation.mergedInto == nil, token == nil || !deviation.excluded.contains(person) else { return false }
        if let officer = deviation.lockedTo { return officer == person }
        return all || units.contains(deviation.unit) || (isHandler && deviation.handler == person)
    }

    /// Leaves out what is on its way to whistleblowing: only its reporter and one intake officer see it.
    var unlocked: SQL { "(locked_to IS NULL OR locked_to = \(person) OR reporter = \(person))" }

    /// The rest of the same as a condition on `deviations_case`.
    var condition: SQL { "(reporter = \(person) OR (\(open) AND \(byRole)))" }

    /// Cases, and not those kept from the person.
    var open: SQL {
        guard let token else { return "merged_into IS NULL" }
        return "merged_into IS NULL AND id NOT IN (SELECT case_id FROM deviations_exclusion WHERE token = \(token))"
    }

    /// The opposite of `open`.
    var closed: SQL {
        guard let token else { return "merged_into IS NOT NULL" }
        return "(merged_into IS NOT NULL OR id IN (SELECT case_id FROM deviations_exclusion WHERE token = \(token)))"
    }

    /// What the person's roles reach.
    private var byRole: SQL {
        if all { return "1 = 1" }
        let handled: SQL = isHandler ? " OR handler = \(person)" : ""
        return "(unit IN (\(SQL.list(units.sorted())))\(handled))"
    }
}
