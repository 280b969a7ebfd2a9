/// A rule that was not kept. The page and the API say each in the reader's words.
public enum WhistleblowingError: Error, Sendable, Hashable {
    /// Fields are missing or wrong.
    case invalid([FieldProblem])
    /// The step is not possible where the case is.
    case notPossible(State)
    /// Nobody could handle the case if this person were taken off it.
    case nobodyLeft
}

/// A field that a person fills in; the raw value is its name in forms and in the API.
public enum Field: String, Sendable, Hashable, CaseIterable {
    case category, campus, title, description, occurredOn, excluded
    case code, confirmed, text, reason, person
}

/// What is wrong with a field.
public enum Problem: Sendable, Hashable {
    case missing
    /// More than `limit` characters (Unicode scalars).
    case tooLong(limit: Int)
    case controlCharacter
    /// Not one of the codes there are.
    case unknown
    case notADate
    case inTheFuture
    /// All who could read it are excluded.
    case nobodyLeft
}

/// A field and what is wrong with it.
public struct FieldProblem: Sendable, Hashable {
    public var field: Field
    public var problem: Problem

    public init(_ field: Field, _ problem: Problem) { (self.field, self.problem) = (field, problem) }
}
