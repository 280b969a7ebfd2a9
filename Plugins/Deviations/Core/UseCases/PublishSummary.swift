public import DeviationsContract
public import EventKit

/// Tells the public what a closed case has led to, in words that give nobody away.
///
/// An act of its own: nothing of what was written in the case becomes public by itself.
public struct PublishSummary: Act {
    /// In Norwegian.
    public var text: String
    /// May be empty.
    public var english: String
    /// Whether the author has looked that it names nobody.
    public var isAnonymous: Bool

    /// Longest text: two short paragraphs.
    static let limit = 1000

    public init(text: String, english: String, isAnonymous: Bool) {
        self.text = text
        self.english = english
        self.isAnonymous = isAnonymous
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<SummaryPublished> {
        try deviation.require(.closed)
        let summary = try checked()
        return Change(
            deviation, entry: TimelineEntry(.summaryPublished, by: actor, at: now, text: summary.norwegian),
            event: SummaryPublished(deviation: deviation.facts))
    }

    /// What is published.
    ///
    /// - Throws: `DeviationError.invalid` for what is missing or too long.
    public func checked() throws(DeviationError) -> (norwegian: String, english: String?) {
        var input = InputCheck()
        let norwegian = input.text(text, .summary, limit: Self.limit)
        let english = input.textIfAny(english, .summaryEnglish, limit: Self.limit)
        if !isAnonymous { input.found(.missing, in: .isAnonymous) }
        try input.finish()
        return (norwegian, english)
    }
}
