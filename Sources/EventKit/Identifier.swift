import struct Foundation.UUID

/// Makes UUIDs of version 7 (RFC 9562): ordered by their time of creation, so that they insert at the end of an index.
public enum Identifier {
    /// A new UUIDv7 in lower case, 36 characters, for the moment `time`.
    ///
    /// Written by hand: Foundation opens `/dev/urandom` anew for each of its own.
    public static func make(at time: Timestamp) -> String {
        var random = SystemRandomNumberGenerator()
        let high = UInt64(bitPattern: time.milliseconds) << 16 | 0x7000 | random.next() & 0x0FFF
        let low = 1 << 63 | random.next() & ~(3 << 62)
        return String(unsafeUninitializedCapacity: 36) { text in
            var place = 0
            for digit in 0..<32 {
                if [8, 12, 16, 20].contains(digit) {
                    text[place] = UInt8(ascii: "-")
                    place += 1
                }
                let nibble = UInt8(truncatingIfNeeded: (digit < 16 ? high : low) >> UInt64(60 - 4 * (digit % 16))) & 15
                text[place] = nibble < 10 ? 48 + nibble : 87 + nibble
                place += 1
            }
            return place
        }
    }

    /// True for the 36-character lower-case form that `make` gives.
    public static func isWellFormed(_ text: String) -> Bool {
        text.utf8.count == 36 && UUID(uuidString: text) != nil && !text.utf8.contains { (65...90).contains($0) }
    }
}
