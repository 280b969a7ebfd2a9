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

    public init(all: Bool = false, units: Set<String> = [], person: String, isHandler: Bool = true) {
        self.all = all
        self.units = units
        self.person = person
        self.isHandler = isHandler
    }

    /// True when the list for this scope would show `deviation`.
    public func contains(_ deviation: Deviation) -> Bool {
        if let officer = deviation.lockedTo { return deviation.reporter == person || officer == person }
        return all || units.contains(deviation.unit) || deviation.reporter == person
            || (isHandler && deviation.handler == person)
    }

    /// Leaves out what is on its way to whistleblowing: only its reporter and one intake officer see it.
    var unlocked: SQL { "(locked_to IS NULL OR locked_to = \(person) OR reporter = \(person))" }

    /// The rest of the same as a condition on `deviations_case`.
    var condition: SQL {
        if all { return "1 = 1" }
        let handled: SQL = isHandler ? " OR handler = \(person)" : ""
        return "(unit IN (\(SQL.list(units.sorted()))) OR reporter = \(person)\(handled))"
    }
}
