import EventKit
import Testing
import WhistleblowingCore

@Suite struct ReceiptCodeTests {
    @Test func `a code is sixteen digits in groups of four`() {
        let code = ReceiptCode(random: [255, 255, 255, 255, 255, 255, 255, 255])
        #expect(code.digits.count == 16 && code.grouped.split(separator: " ").map(\.count) == [4, 4, 4, 4])
        #expect(ReceiptCode(random: [0, 0, 0, 0, 0, 0, 0, 7]).grouped == "0000 0000 0000 0007")
    }

    @Test(arguments: ["1234567890123456", "1234 5678 9012 3456", " 1234-5678-9012-3456\n", "1234 5678–9012.3456"])
    func `it is read as people write it`(typed: String) {
        #expect(ReceiptCode(typed)?.digits == "1234567890123456")
    }

    @Test(arguments: ["", "123456789012345", "12345678901234567", "123456789012345a", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦"])
    func `anything else is no code`(typed: String) {
        #expect(ReceiptCode(typed) == nil)
    }

    @Test func `it never shows in a log or an error`() throws {
        let code = try #require(ReceiptCode("1234567890123456"))
        #expect(!"\(code) \(String(reflecting: code)) \([code])".contains("1234"))
    }
}

@Suite struct AttemptsTests {
    private let now = Timestamp(milliseconds: 1_795_770_000_000)

    @Test func `a few slips cost nothing, then each wrong code with the same beginning doubles the wait`() {
        var attempts = Attempts()
        let waits = (0..<10).map { _ in attempts.begin("1234", at: now) }
        #expect(waits == [0, 0, 0, 0, 0, 1, 2, 4, 8, nil])
        #expect(attempts.begin("9999", at: now) == 0, "another beginning is not slowed by them")
    }

    @Test func `many wrong codes of any beginning slow everybody, and then stop`() {
        var attempts = Attempts()
        let waits = (0..<60).map { attempts.begin(String(1000 + $0), at: now) }
        #expect(waits[20] == 0 && waits[24] == 1 && waits[32] == 4 && waits[59] == nil)
    }

    @Test func `whoever is turned away keeps nobody out, and one gets through every other second`() {
        var attempts = Attempts()
        for n in 0..<1000 { _ = attempts.begin(String(1000 + n), at: now) }
        #expect(attempts.begin("9999", at: now.adding(seconds: 1)) == nil)
        #expect(attempts.begin("9999", at: now.adding(seconds: 2)) == 8)
        #expect(attempts.begin("9998", at: now.adding(seconds: 2)) == nil)
        for second in 3...600 { _ = attempts.begin("1234", at: now.adding(seconds: Int64(second))) }
        #expect(attempts.begin("9997", at: now.adding(seconds: 600)) == 0)
    }

    @Test func `a right code takes its attempt back`() {
        var attempts = Attempts()
        for _ in 0..<100 {
            #expect(attempts.begin("1234", at: now) == 0)
            attempts.succeeded("1234")
        }
    }

    @Test func `wrong codes are forgotten after ten quiet minutes`() {
        var attempts = Attempts()
        for _ in 0..<60 { _ = attempts.begin("1234", at: now) }
        #expect(attempts.begin("1234", at: now.adding(seconds: 600)) == 0)
    }
}
