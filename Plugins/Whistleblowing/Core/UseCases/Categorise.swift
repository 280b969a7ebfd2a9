public import EventKit

/// Puts the case into another category than the reporter chose.
public struct Categorise: Act {
    /// Code of a category.
    public var category: String

    public init(category: String) { self.category = category }

    public func apply(to case: Whistleblow, by actor: String?, on today: CivilDate) throws(WhistleblowingError)
        -> Change
    {
        try `case`.requireOpen()
        var input = InputCheck()
        let category = input.code(category, .category, among: Category.init(rawValue:)) ?? .other
        try input.finish()
        var changed = `case`
        changed.content.report.category = category
        return Change(changed, Entry(.categorised, by: actor, on: today, category: category))
    }
}
