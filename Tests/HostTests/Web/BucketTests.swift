import ModuleKit
import Testing
import WebhookKit

@testable import Host

/// What is kept of whoever is counted, and who that is.
@Suite struct BucketTests {
    private let second: Int64 = 1_000_000_000

    @Test func `each has room of its own, which grows back evenly`() {
        let buckets = Buckets(Pace(100, per: .seconds(5)))
        let taken = (0..<150).filter { _ in buckets.take(1, at: second) == nil }.count
        #expect(taken == 100)
        #expect(buckets.take(1, at: second) == .milliseconds(50))
        #expect(buckets.take(2, at: second) == nil)
        #expect((0..<150).filter { _ in buckets.take(1, at: 2 * second) == nil }.count == 20)
        #expect((0..<150).filter { _ in buckets.take(1, at: 60 * second) == nil }.count == 100)
    }

    @Test func `however many come, no more are remembered than there is room for`() {
        let buckets = Buckets(Pace(5, per: .seconds(5)), most: 100)
        for key in 0..<100_000 { _ = buckets.take(UInt64(key), at: second) }
        #expect(buckets.count <= 200)
    }

    @Test func `whoever keeps coming is remembered, however many others come`() {
        let buckets = Buckets(Pace(5, per: .seconds(5)), most: 100)
        var taken = 0
        for key in 0..<10_000 {
            _ = buckets.take(UInt64(key + 1), at: second)
            if key % 50 == 0, buckets.take(0, at: second) == nil { taken += 1 }
        }
        #expect(taken == 5)
    }

    @Test func `after two minutes nobody is remembered who has not come again`() {
        let buckets = Buckets(Pace(5, per: .seconds(5)))
        for key in 0..<100 { _ = buckets.take(UInt64(key), at: 0) }
        _ = buckets.take(7, at: 61 * second)
        _ = buckets.take(7, at: 122 * second)
        #expect(buckets.count <= 2)
    }

    @Test(arguments: [
        ("198.51.100.7", ["192.0.2.1"], "198.51.100.7"), ("10.0.0.1", ["192.0.2.1"], "192.0.2.1"),
        ("10.0.0.1", ["192.0.2.9, 192.0.2.1"], "192.0.2.1"), ("10.0.0.1", ["192.0.2.9", "192.0.2.1"], "192.0.2.1"),
        ("10.0.0.1", ["192.0.2.1, 10.0.0.2"], "192.0.2.1"), ("10.0.0.1", ["192.0.2.1, nonsense"], "10.0.0.1"),
        ("10.0.0.1", [], "10.0.0.1"), ("10.0.0.1", [""], "10.0.0.1"), ("10.0.0.1", ["10.0.0.2"], "10.0.0.2"),
        ("::ffff:10.0.0.1", [" 2001:db8::1 "], "2001:db8::1"),
    ])
    func `an origin is the last address that no trusted proxy has`(
        _ peer: String, _ told: [String], _ origin: String
    ) throws {
        let proxies = Proxies(trusted: [try #require(Network("10.0.0.0/8"))])
        let found = proxies.origin(of: try #require(IPAddress(peer)), forwarded: told)
        #expect(found == IPAddress(origin))
    }

    @Test func `a household is an address of four bytes, or the half of one of sixteen`() throws {
        let (one, other) = (IPAddress("2001:db8:1:2::1"), IPAddress("2001:db8:1:2:ffff::9"))
        #expect(try #require(one).household == (try #require(other).household))
        #expect(try #require(IPAddress("192.0.2.1")).household == [192, 0, 2, 1])
        #expect(try #require(IPAddress("2001:db8:1:3::1")).household != (try #require(one).household))
    }
}
