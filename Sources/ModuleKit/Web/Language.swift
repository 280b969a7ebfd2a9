public import EventKit

/// The written languages of the product: bokmål, nynorsk (språklova §§ 14–15) and English. Raw value: BCP 47.
public enum Language: String, Sendable, CaseIterable, Codable {
    case nb, nn, en

    /// The language's own name.
    public var name: String {
        switch self {
        case .nb: "Bokmål"
        case .nn: "Nynorsk"
        case .en: "English"
        }
    }

    /// The best of an `Accept-Language` header: its first language that we write, `no` read as bokmål; bokmål when
    /// there is none.
    public init(acceptLanguage header: String?) {
        let wanted = (header ?? "").split(separator: ",").compactMap { item -> (Language, Double)? in
            let parts = item.split(separator: ";")
            guard let tag = parts.first?.trimmingSpaces().prefix(while: { $0 != "-" }).lowercased() else { return nil }
            let quality = parts.dropFirst().compactMap {
                $0.trimmingSpaces().hasPrefix("q=") ? Double($0.trimmingSpaces().dropFirst(2)) : nil
            }
            return Language(rawValue: tag == "no" ? "nb" : tag).map { ($0, quality.first ?? 1) }
        }
        self = wanted.enumerated().max { ($0.element.1, -$0.offset) < ($1.element.1, -$1.offset) }?.element.0 ?? .nb
    }

    /// “fredag 27. november”, with the year when it is not that of `today`.
    public func words(_ date: CivilDate, today: CivilDate) -> String {
        let year = date.year == today.year ? "" : " \(date.year)"
        let weekday = weekdays[date.weekday - 1]
        let month = months[date.month - 1]
        return self == .en ? "\(weekday) \(date.day) \(month)\(year)" : "\(weekday) \(date.day). \(month)\(year)"
    }

    /// “27. nov.”, with the year when it is not that of `today`.
    public func short(_ date: CivilDate, today: CivilDate) -> String {
        let month = months[date.month - 1]
        let brief = month.count > 4 ? "\(month.prefix(3))\(self == .en ? "" : ".")" : month
        let year = date.year == today.year ? "" : " \(date.year)"
        return self == .en ? "\(date.day) \(brief)\(year)" : "\(date.day). \(brief)\(year)"
    }

    var weekdays: [String] {
        switch self {
        case .nb: ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
        case .nn: ["måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"]
        case .en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        }
    }

    var months: [String] {
        switch self {
        case .nb, .nn:
            [
                "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
                "november", "desember",
            ]
        case .en:
            [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ]
        }
    }
}

/// A text in all three languages, as data carries it (names of units, categories).
public struct Translated: Sendable, Hashable, Codable {
    public var nb: String
    public var nn: String
    public var en: String

    public init(nb: String, nn: String, en: String) { (self.nb, self.nn, self.en) = (nb, nn, en) }

    public subscript(language: Language) -> String {
        switch language {
        case .nb: nb
        case .nn: nn
        case .en: en
        }
    }
}

/// The texts of one module or part, one instance a language: a text that is missing in one of them does not compile.
public protocol TextSet: Sendable {
    static var nb: Self { get }
    static var nn: Self { get }
    static var en: Self { get }
}

extension TextSet {
    public static subscript(language: Language) -> Self {
        switch language {
        case .nb: nb
        case .nn: nn
        case .en: en
        }
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    public func trimmingSpaces() -> String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
