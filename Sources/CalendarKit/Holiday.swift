public import EventKit

/// A statutory holiday in Norway.
///
/// Source: lov om helligdager og helligdagsfred (1995) § 2, lov om 1 og 17 mai (1947). 24 and 31 December are none:
/// whoever closes then says so as `ClosedDay`.
public enum Holiday: Sendable, Hashable, CaseIterable {
    case newYearsDay, maundyThursday, goodFriday, easterSunday, easterMonday, labourDay, constitutionDay, ascensionDay
    case whitSunday, whitMonday, christmasDay, boxingDay

    /// The holiday that falls on `date`, if any; the fixed one when two fall together (17 May 2012 was Ascension Day
    /// as well).
    public init?(on date: CivilDate) {
        switch (date.month, date.day) {
        case (1, 1): self = .newYearsDay
        case (5, 1): self = .labourDay
        case (5, 17): self = .constitutionDay
        case (12, 25): self = .christmasDay
        case (12, 26): self = .boxingDay
        default:
            // Easter's family lies within 19 March and 13 June: no need to compute it for other days.
            guard (3...6).contains(date.month), let easter = Self.easterSunday(of: date.year) else { return nil }
            switch date.daysSince1970 - easter.daysSince1970 {
            case -3: self = .maundyThursday
            case -2: self = .goodFriday
            case 0: self = .easterSunday
            case 1: self = .easterMonday
            case 39: self = .ascensionDay
            case 49: self = .whitSunday
            case 50: self = .whitMonday
            default: return nil
            }
        }
    }

    /// Easter Sunday of `year` in the Gregorian calendar; nil for a year outside 1...9999.
    ///
    /// Algorithm: Meeus, “Astronomical Algorithms” (1991), chapter 8, after Butcher (1876).
    public static func easterSunday(of year: Int) -> CivilDate? {
        let a = year % 19
        let b = year / 100
        let c = year % 100
        let d = b / 4
        let e = b % 4
        let f = (b + 8) / 25
        let g = (b - f + 1) / 3
        let h = (19 * a + b - d - g + 15) % 30
        let i = c / 4
        let k = c % 4
        let l = (32 + 2 * e + 2 * i - h - k) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let n = h + l - 7 * m + 114
        return CivilDate(year: year, month: n / 31, day: n % 31 + 1)
    }
}
