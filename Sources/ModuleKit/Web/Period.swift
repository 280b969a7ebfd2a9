/// A number of days as people say it: in weeks where that comes out even.
public enum Period {
    public static func text(days: Int, _ language: Language) -> String {
        let text = PeriodTexts[language]
        let isWeeks = days > 0 && days.isMultiple(of: 7)
        let count = isWeeks ? days / 7 : days
        let (one, many) = isWeeks ? (text.week, text.weeks) : (text.day, text.days)
        if count == 1 { return one }
        return "\(text.numbers.indices.contains(count - 2) ? text.numbers[count - 2] : String(count)) \(many)"
    }
}

struct PeriodTexts: TextSet {
    let day, days, week, weeks: String
    /// From two on; what is beyond is written in figures.
    let numbers: [String]

    static let nb = PeriodTexts(
        day: "én dag", days: "dager", week: "én uke", weeks: "uker",
        numbers: ["to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"])
    static let nn = PeriodTexts(
        day: "éin dag", days: "dagar", week: "éi veke", weeks: "veker",
        numbers: ["to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"])
    static let en = PeriodTexts(
        day: "one day", days: "days", week: "one week", weeks: "weeks",
        numbers: ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])
}
