public import EventKit

/// Date and time of day as clocks in Norway show them.
public struct LocalTime: Sendable, Hashable {
    public var date: CivilDate
    /// 0…23
    public var hour: Int
    /// 0…59
    public var minute: Int

    public init(date: CivilDate, hour: Int, minute: Int) {
        self.date = date
        self.hour = hour
        self.minute = minute
    }
}

/// The time zone Europe/Oslo, computed: no zone files are needed, and a server's own zone does not matter.
///
/// No setting: Norway has one time by law (lov om norsk normaltid), and the deadlines are days of Norwegian law.
///
/// Right from 1996 on, when the present rule began: summer time lasts from the last Sunday of March to the last
/// Sunday of October, both at 01:00 UTC (directive 2000/84/EC).
public enum Oslo {
    /// What clocks in Norway show at `moment`.
    public static func local(at moment: Timestamp) -> LocalTime {
        let shown = moment.milliseconds + offset(at: moment)
        let days = floorDivide(shown, by: day)
        let minutes = Int((shown - days * day) / 60_000)
        return LocalTime(date: CivilDate(daysSince1970: days), hour: minutes / 60, minute: minutes % 60)
    }

    /// The date in Norway at `moment`.
    public static func date(at moment: Timestamp) -> CivilDate { local(at: moment).date }

    /// The moment at which clocks in Norway show `local`.
    ///
    /// In the night to winter time an hour comes twice: the first is meant. In the night to summer time one is
    /// skipped: it is read an hour later, 02:30 as 03:30 (both as RFC 5545 § 3.3.5 has it).
    public static func moment(of local: LocalTime) -> Timestamp {
        let shown = local.date.daysSince1970 * day + Int64(local.hour) * hour + Int64(local.minute) * 60_000
        let asSummer = Timestamp(milliseconds: shown - 2 * hour)
        return offset(at: asSummer) == 2 * hour ? asSummer : Timestamp(milliseconds: shown - hour)
    }

    /// The moment at which `date` begins in Norway.
    public static func startOfDay(_ date: CivilDate) -> Timestamp {
        moment(of: LocalTime(date: date, hour: 0, minute: 0))
    }

    /// The moment at which `date` is over in Norway: the first that no longer belongs to it.
    public static func endOfDay(_ date: CivilDate) -> Timestamp { startOfDay(date.adding(days: 1)) }

    private static let hour: Int64 = 3_600_000
    private static let day: Int64 = 86_400_000

    /// Milliseconds by which clocks are ahead of UTC at `moment`.
    private static func offset(at moment: Timestamp) -> Int64 {
        let sinceChange = moment.milliseconds - hour  // changes come at 01:00 UTC
        let date = CivilDate(daysSince1970: floorDivide(sinceChange, by: day))
        return switch date.month {
        case 4...9: 2 * hour
        case 3 where date.day >= lastSunday(of: date): 2 * hour
        case 10 where date.day < lastSunday(of: date): 2 * hour
        default: hour
        }
    }

    /// The day of the last Sunday in `date`'s month, which must have 31 days.
    private static func lastSunday(of date: CivilDate) -> Int {
        31 - date.adding(days: 31 - date.day).weekday % 7
    }

    private static func floorDivide(_ value: Int64, by divisor: Int64) -> Int64 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
