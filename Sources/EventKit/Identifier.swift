import struct Foundation.UUID

/// Makes UUIDs of version 7 (RFC 9562): ordered by their time of creation, so that they insert at the end of an index.
public enum Identifier {
    /// A new UUIDv7 in lower case, 36 characters, for the moment `time`.
    public static func make(at time: Timestamp) -> String {
        var bytes = UUID().uuid
        let ms = UInt64(bitPattern: time.milliseconds)
        bytes.0 = UInt8(truncatingIfNeeded: ms >> 40)
        bytes.1 = UInt8(truncatingIfNeeded: ms >> 32)
        bytes.2 = UInt8(truncatingIfNeeded: ms >> 24)
        bytes.3 = UInt8(truncatingIfNeeded: ms >> 16)
        bytes.4 = UInt8(truncatingIfNeeded: ms >> 8)
        bytes.5 = UInt8(truncatingIfNeeded: ms)
        bytes.6 = bytes.6 & 0x0F | 0x70
        return UUID(uuid: bytes).uuidString.lowercased()
    }

    /// True for the 36-character lower-case form that `make` gives.
    public static func isWellFormed(_ text: String) -> Bool {
        text.utf8.count == 36 && UUID(uuidString: text) != nil && !text.utf8.contains { (65...90).contains($0) }
    }
}
