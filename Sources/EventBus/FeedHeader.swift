/// The second frame of a feed message: 40 bytes, big-endian (design: events.md, “The feed”).
struct FeedHeader: Sendable, Hashable {
    static let version: UInt32 = 1
    /// First frame of a beacon, which has no event.
    static let beaconTopic = Array("!head".utf8)

    var epoch: UInt64
    /// 0 in a beacon.
    var position: Int64 = 0
    /// Position of the preceding event of the same type.
    var previous: Int64 = 0
    /// Position of the newest event in the log.
    var head: Int64

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(40)
        for number in [UInt64(Self.version) << 32, epoch, UInt64(position), UInt64(previous), UInt64(head)] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        return bytes
    }

    init(epoch: UInt64, position: Int64 = 0, previous: Int64 = 0, head: Int64) {
        self.epoch = epoch
        self.position = position
        self.previous = previous
        self.head = head
    }

    /// Nil when the bytes are no header of this version.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == 40 else { return nil }
        func number(_ field: Int) -> UInt64 {
            var number: UInt64 = 0
            for index in 8 * field..<8 * field + 8 { number = number << 8 | UInt64(bytes[index]) }
            return number
        }
        guard number(0) >> 32 == UInt64(Self.version), let position = Int64(exactly: number(2)),
            let previous = Int64(exactly: number(3)), let head = Int64(exactly: number(4))
        else { return nil }
        self.init(epoch: number(1), position: position, previous: previous, head: head)
    }

    /// The low half of an epoch's 32 hexadecimal digits; 0 for anything else.
    static func lowHalf(of epoch: String) -> UInt64 { UInt64(epoch.filter { $0 != "-" }.suffix(16), radix: 16) ?? 0 }
}
