import CalendarKit
import EventKit
import Foundation
import Testing

@Suite struct OsloTests {
    @Test(arguments: [
        ("2026-03-29T00:59:59.999Z", "2026-03-29", 1, 59), ("2026-03-29T01:00:00Z", "2026-03-29", 3, 0),
        ("2026-10-25T00:30:00Z", "2026-10-25", 2, 30), ("2026-10-25T00:59:59.999Z", "2026-10-25", 2, 59),
        ("2026-10-25T01:00:00Z", "2026-10-25", 2, 0), ("2026-10-25T01:30:00Z", "2026-10-25", 2, 30),
        ("2026-12-31T23:00:00Z", "2027-01-01", 0, 0), ("2026-06-30T22:00:00Z", "2026-07-01", 0, 0),
        ("2024-02-28T23:00:00Z", "2024-02-29", 0, 0),
    ])
    func `a moment is shown as clocks in Norway show it`(moment: String, date: String, hour: Int, minute: Int) throws {
        let local = Oslo.local(at: try #require(Timestamp(moment)))
        #expect(local == LocalTime(date: try #require(CivilDate(date)), hour: hour, minute: minute))
    }

    @Test(arguments: [
        ("2026-03-29", 1, 59, "2026-03-29T00:59:00.000Z"), ("2026-03-29", 3, 0, "2026-03-29T01:00:00.000Z"),
        ("2026-03-29", 2, 30, "2026-03-29T01:30:00.000Z"),  // skipped: read as 03:30
        ("2026-10-25", 2, 30, "2026-10-25T00:30:00.000Z"),  // comes twice: the first
        ("2026-10-25", 3, 0, "2026-10-25T02:00:00.000Z"), ("2026-10-25", 1, 59, "2026-10-24T23:59:00.000Z"),
        ("2026-07-01", 12, 0, "2026-07-01T10:00:00.000Z"), ("2026-01-01", 12, 0, "2026-01-01T11:00:00.000Z"),
    ])
    func `clock time in Norway is a moment`(date: String, hour: Int, minute: Int, moment: String) throws {
        let local = LocalTime(date: try #require(CivilDate(date)), hour: hour, minute: minute)
        #expect(Oslo.moment(of: local).description == moment)
    }

    @Test(arguments: [
        ("2026-03-28", "2026-03-28T23:00:00.000Z", 24), ("2026-03-29", "2026-03-29T22:00:00.000Z", 23),
        ("2026-10-25", "2026-10-25T23:00:00.000Z", 25), ("2026-12-28", "2026-12-28T23:00:00.000Z", 24),
    ])
    func `a day ends where the next begins, 23 or 25 hours long at the changes`(date: String, end: String, hours: Int64)
        throws
    {
        let day = try #require(CivilDate(date))
        #expect(Oslo.endOfDay(day).description == end)
        #expect(Oslo.endOfDay(day).milliseconds - Oslo.startOfDay(day).milliseconds == hours * 3_600_000)
    }

    @Test func `every half hour from 1996 to 2037 agrees with the zone database`() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Oslo"))
        let start = try #require(Timestamp("1996-01-01T00:00:00Z"))
        let end = try #require(Timestamp("2037-01-01T00:00:00Z"))
        // Every half hour of the months in which the changes come, a moment a day of the others.
        var moment = start
        while moment < end {
            let offset = Int64(
                zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)))
            let local = Oslo.local(at: moment)
            let shown = local.date.daysSince1970 * 86_400 + Int64(local.hour) * 3600 + Int64(local.minute) * 60
            if shown - moment.milliseconds / 1000 != offset {
                Issue.record("\(moment): \(local)")
                return
            }
            moment = moment.adding(seconds: [3, 10].contains(local.date.month) ? 1800 : 86_400)
        }
        #expect(moment >= end)
    }

    @Test func `what is shown reads back as the same moment outside the doubled hour`() throws {
        var moment = try #require(Timestamp("2026-01-01T00:00:00Z"))
        let doubled = try #require(Timestamp("2026-10-25T01:00:00Z"))
        let end = try #require(Timestamp("2027-01-01T00:00:00Z"))
        while moment < end {
            let inDoubled = moment >= doubled && moment < doubled.adding(seconds: 3600)
            let expected = inDoubled ? moment.adding(seconds: -3600) : moment
            #expect(Oslo.moment(of: Oslo.local(at: moment)) == expected)
            moment = moment.adding(seconds: 900)
        }
    }
}
