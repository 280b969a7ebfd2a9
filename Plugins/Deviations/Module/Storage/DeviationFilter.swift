import CalendarKit
public import DeviationsCore
public import EventKit
import ModuleKit
import Storage

/// What a list is narrowed to; nil stands for any.
public struct DeviationFilter: Sendable, Hashable {
    public var statuses: Set<Status>?
    /// Codes of units.
    public var units: Set<String>?
    public var handler: String?
    public var reporter: String?
    public var category: String?
    public var environment: Environment?
    public var campus: String?
    /// Open, with a deadline before this date: today, in Norway.
    public var overdueOn: CivilDate?
    /// Words to be found in title or description, each as the beginning of a word.
    public var text: String?
    /// `text` as the index has it; see ``CaseVault/prepared(_:)``.
    var tokens: [[String]] = []
    /// The case with this number alone.
    public var number: CaseNumber?
    /// The row with that number; see ``CaseVault/prepared(_:)``.
    var key: Int64?

    public init() {}

    /// Narrows to what somebody typed: a case's number, else words; nothing narrows nothing.
    mutating func search(_ typed: String) {
        let typed = typed.trimmingSpaces()
        number = CaseNumber(typed)
        text = typed.isEmpty || number != nil ? nil : typed
    }

    private static func newYear(_ year: Int) -> Timestamp {
        CivilDate(year: year, month: 1, day: 1).map(Oslo.startOfDay) ?? Timestamp(milliseconds: 0)
    }

    /// What a row has to fulfil, beside who may see it and which part of the list is asked for.
    var conditions: [SQL] {
        var all: [SQL] = ["key_id IS NOT NULL"]
        if let statuses {
            all.append("status IN (\(SQL.list(statuses.map(\.rawValue).sorted())))")
            if statuses.allSatisfy(\.isOpen) { all.append("urgency < \(DeviationStore.firstEndedUrgency)") }
            if !statuses.contains(where: \.isOpen) { all.append("urgency >= \(DeviationStore.firstEndedUrgency)") }
        }
        if let key, let number {
            let year = (Self.newYear(number.year), Self.newYear(number.year + 1))
            all.append("id = \(key) AND received_at >= \(year.0) AND received_at < \(year.1)")
        }
        if let category { all.append("category = \(category)") }
        if let environment { all.append("environment = \(environment.rawValue)") }
        if let campus { all.append("campus = \(campus)") }
        if let overdueOn { all.append("urgency < \(overdueOn.daysSince1970)") }
        return all
    }
}
