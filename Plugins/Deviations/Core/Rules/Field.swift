/// A field that a person fills in; the raw value is its name in forms and in the API.
public enum Field: String, Sendable, Hashable, CaseIterable {
    case title, description, unit, campus, category, environment, occurredOn, threshold
    case channelsTried = "ordinaryChannels.tried"
    case channelsWhich = "ordinaryChannels.which"
    case channelsWhen = "ordinaryChannels.when"
    case channelsReason = "ordinaryChannels.reason"
    case isDeviation, holdsSensitiveData, isCensurable
    case serious
    /// What a deviation keeps when a part of it goes; what a withdrawn one goes on with.
    case keptTitle, keptText
    /// The part that goes to whistleblowing.
    case whistleblowText
    /// The reports of a case that go to whistleblowing with it.
    case along
    case handler, reason, text, whatHappened, why, prevention, action, cause, owner, dueOn, effect, expectedOn, outcome
    case summary, summaryEnglish, isAnonymous, templateName, bokmaal, nynorsk, english
    case people, names, cases, question, extract, deadline, passage, file
    case answer, recipient
    /// A category in three languages; where it stands among the others.
    case nameBokmaal = "names.nb"
    case nameNynorsk = "names.nn"
    case nameEnglish = "names.en"
    case before
    case validFrom, norwegian
    /// A deviation in the HSE system.
    case reference, date, status
    case onBehalf, behalfStudent, behalfConsent, behalfReplies
    /// What becomes of a withdrawn report.
    case goesOn
}

/// What is wrong with a field.
public enum Problem: Sendable, Hashable {
    case missing
    /// More than `limit` characters (Unicode scalars, as both databases count).
    case tooLong(limit: Int)
    case controlCharacter
    /// Not one of the codes there are.
    case unknown
    case notADate
    case inTheFuture
    case inThePast
    /// More than a few years from now: surely a slip.
    case tooFarAhead
    /// Braces around what cannot be filled in.
    case unknownPlaceholder
    /// Those who are asked must not learn who reported it.
    case namesReporter
    /// So short that it would hide what nobody meant.
    case tooShort
    /// The reason must not say what is hidden.
    case repeatsPassage
    /// Something else is called so.
    case taken
    /// A code has no room for words.
    case notACode
    /// A version of the guideline comes after all others.
    case notAfterLast
    /// More than can be handed over in one act.
    case tooMuchAtOnce
}

/// A field and what is wrong with it.
public struct FieldProblem: Sendable, Hashable {
    public var field: Field
    public var problem: Problem

    public init(_ field: Field, _ problem: Problem) {
        self.field = field
        self.problem = problem
    }
}
