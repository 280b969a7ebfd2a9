import DeviationsModule
import EventKit
import Testing

@Suite struct CaseNumberTests {
    @Test(
        arguments: [(1, "2026-0001"), (42, "2026-0042"), (9999, "2026-9999"), (1_000_000, "2026-1000000")]
            as [(Int64, String)])
    func `a number is the year and at least four digits`(key: Int64, text: String) {
        let number = CaseNumber(key: key, receivedAt: Sample.now)
        #expect(number.description == text)
        #expect(CaseNumber(text) == number)
    }

    @Test func `the year is Norway's`() throws {
        let newYear = try #require(Timestamp("2026-12-31T23:30:00Z"))
        #expect(CaseNumber(key: 7, receivedAt: newYear).description == "2027-0007")
    }

    @Test(arguments: [
        "", "2026", "2026-", "2026-1", "26-0001", "2026-00x1", "2026-0001-2", "2026-99999999999999999999",
    ])
    func `what is no number is not read as one`(text: String) {
        #expect(CaseNumber(text) == nil)
    }
}
