extension Collection<UInt8> {
    /// Two hexadecimal digits for each byte, in small letters.
    public var hexadecimal: String {
        String(unsafeUninitializedCapacity: count * 2) { digits in
            var at = 0
            for byte in self {
                digits[at] = JSONText.hex(byte >> 4)
                digits[at + 1] = JSONText.hex(byte & 15)
                at += 2
            }
            return at
        }
    }
}
