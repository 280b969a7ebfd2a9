/// FNV-1a, 64 bits: the same on every run and machine, unlike Swift's own hashing. Not for secrets.
package enum Digest {
    package static func of(_ parts: [String]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        for part in parts {
            for byte in part.utf8 { mix(byte) }
            mix(0xFF)  // In no UTF-8 text, so that ["ab"] and ["a", "b"] differ.
        }
        return hash
    }

    static func of(bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
