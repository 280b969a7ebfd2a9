import CalendarKit
import DeviationsCore
import EventKit
import Foundation
import Testing
import TrivselTesting

/// The Norwegian calendar of PyPI's `holidays`; `TRIVSEL_TEST_PYTHON` names a Python that has it.
@Suite struct HolidayCalendarTests {
    /// Prints the due date of every day of 2024 to 2035. Only what the law names counts: no observances, no Sundays.
    private static let script = """
        import datetime, json
        import holidays
        public = holidays.Norway(years=range(2024, 2037), include_sundays=False, observed=False, categories=("public",))
        day = datetime.timedelta(days=1)
        def due(received):
            date = received + 28 * day
            while date.weekday() >= 5 or date in public:
                date += day
            return date
        first = datetime.date(2024, 1, 1)
        print(json.dumps([str(due(first + n * day)) for n in range((datetime.date(2036, 1, 1) - first).days)]))
        """

    @Test func `the due date of every receipt day of 2024 to 2035 is that of the published Norwegian calendar`() throws
    {
        let output = Pipe()
        let python = try Programs.start(Programs.python, ["-c", Self.script]) { $0.standardOutput = output }
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        python.waitUntilExit()
        try #require(python.terminationStatus == 0)
        let expected = try JSONDecoder().decode([String].self, from: answer)
        let first = try #require(CivilDate("2024-01-01"))
        let handlingTime = HandlingTime()
        let computed = expected.indices.map { offset in
            // The last minute of the day: it still counts as received on it.
            let received = Oslo.endOfDay(first.adding(days: offset)).adding(seconds: -60)
            return handlingTime.dueDate(receivedAt: received).description
        }
        #expect(expected.count == 4383)
        #expect(computed == expected)
    }
}
