import CalendarKit
public import EventKit

/// How a provision of law is referred to from a day on: data, as laws change without the program.
public struct LegalReference: Sendable, Hashable {
    /// What the product refers to the law for; the code in the table and in the API.
    public struct Key: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }

        public static let preliminaryReply = Key(rawValue: "preliminary-reply")
        public static let healthOfOthers = Key(rawValue: "health-of-others")
        public static let learningEnvironment = Key(rawValue: "learning-environment")
        public static let archives = Key(rawValue: "archives")
        public static let damages = Key(rawValue: "damages")
        public static let limitation = Key(rawValue: "limitation")
        public static let accountability = Key(rawValue: "accountability")
        public static let storageLimitation = Key(rawValue: "storage-limitation")

        /// Those that pages name; what is refused about personal data has its own.
        public static let named: [Key] = [
            preliminaryReply, healthOfOthers, learningEnvironment, archives, damages, limitation, accountability,
            storageLimitation,
        ]

        /// For a ground on which a request about personal data is refused.
        public static func refusal(_ ground: String) -> Key { Key(rawValue: "refusal-\(ground)") }
    }

    public let key: Key
    public let validFrom: CivilDate
    public let text: Translated

    public init(key: Key, validFrom: CivilDate, text: Translated) {
        (self.key, self.validFrom, self.text) = (key, validFrom, text)
    }
}

/// The law as a reader meets it: on a day, in a language.
public struct Laws: Sendable {
    let references: [LegalReference]
    let day: CivilDate
    let language: Language

    /// The latest version that counts on the day, the first for an earlier day; empty for what there is none of.
    public subscript(key: LegalReference.Key) -> String {
        let versions = references.filter { $0.key == key }
        return (versions.last { $0.validFrom <= day } ?? versions.first)?.text[language] ?? ""
    }
}

extension OrganisationChart {
    public func laws(on day: CivilDate, _ language: Language) -> Laws {
        Laws(references: references, day: day, language: language)
    }
}

extension Visit {
    /// The law today, in the reader's language.
    public var laws: Laws { access.chart.laws(on: Oslo.date(at: now), language) }
}
