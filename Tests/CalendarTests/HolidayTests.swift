import CalendarKit
import EventKit
import Testing

@Suite struct HolidayTests {
    /// Source: the table of the United States Naval Observatory, “The Date of Easter”.
    @Test(arguments: [
        (1961, 4, 2), (1981, 4, 19), (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2016, 3, 27), (2019, 4, 21),
        (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2028, 4, 16), (2029, 4, 1), (2030, 4, 21),
        (2031, 4, 13), (2032, 3, 28), (2033, 4, 17), (2034, 4, 9), (2035, 3, 25), (2038, 4, 25), (2285, 3, 22),
    ])
    func `Easter Sunday falls where the tables say`(year: Int, month: Int, day: Int) {
        #expect(Holiday.easterSunday(of: year) == CivilDate(year: year, month: month, day: day))
    }

    @Test func `the holidays of 2026 are the twelve of the law`() {
        let expected = [
            "2026-01-01", "2026-04-02", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-14",
            "2026-05-17",
            "2026-05-24", "2026-05-25", "2026-12-25", "2026-12-26",
        ]
        #expect(holidays(of: 2026).map(\.description) == expected)
    }

    @Test(arguments: 2024...2035)
    func `a year has twelve holidays, eleven when Whit Monday or Ascension Day is 17 May`(year: Int) {
        #expect(holidays(of: year).count == ([2027, 2032].contains(year) ? 11 : 12))
    }

    @Test func `when two fall together the fixed one gives the name`() throws {
        #expect(Holiday(on: try #require(CivilDate("2012-05-17"))) == .constitutionDay)
        #expect(Holiday(on: try #require(CivilDate("2008-05-01"))) == .labourDay)
    }

    @Test(arguments: ["2026-12-24", "2026-12-31", "2026-04-04", "2026-05-23", "2026-06-24"])
    func `what is merely customary is no holiday`(text: String) throws {
        #expect(Holiday(on: try #require(CivilDate(text))) == nil)
    }

    private func holidays(of year: Int) -> [CivilDate] {
        (0..<366).compactMap { CivilDate(year: year, month: 1, day: 1)?.adding(days: $0) }
            .filter { $0.year == year && Holiday(on: $0) != nil }
    }
}
