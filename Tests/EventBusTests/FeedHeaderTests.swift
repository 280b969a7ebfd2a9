import Testing

@testable import EventBus

struct FeedHeaderTests {
    /// Frozen: integrators read these bytes.
    @Test func `a header is 40 bytes, big-endian`() {
        let header = FeedHeader(epoch: 0x0102_0304_0506_0708, position: 258, previous: 1, head: 65_536)
        let bytes: [UInt8] = [
            0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0,
            0, 1, 0, 0,
        ]
        #expect(header.bytes == bytes)
        #expect(FeedHeader(bytes) == header)
    }

    @Test func `what is no header is told`() {
        #expect(FeedHeader([]) == nil)
        #expect(FeedHeader(Array(repeating: 0, count: 40)) == nil)
        #expect(FeedHeader(Array(repeating: 255, count: 40)) == nil)
        #expect(FeedHeader([0, 0, 0, 1] + Array(repeating: 255, count: 36)) == nil)
    }

    @Test func `an epoch's low half is its last 16 hexadecimal digits`() {
        #expect(FeedHeader.lowHalf(of: "ffffffffffffffff00000000000000ff") == 255)
        #expect(FeedHeader.lowHalf(of: "0192d1b8-7a3e-7cc0-8000-00000000000a") == 0x8000_0000_0000_000A)
        #expect(FeedHeader.lowHalf(of: "") == 0)
    }
}
