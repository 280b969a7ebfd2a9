extension String {
    /// The statement with `$1`, `$2` … for each `?` that stands outside quotes and comments.
    var withNumberedPlaceholders: String {
        var output: [UInt8] = []
        output.reserveCapacity(utf8.count + 16)
        var number = 0
        /// What ends the quoted part that we are in, if any.
        var end: UInt8?
        var previous: UInt8 = 0
        for byte in utf8 {
            if let closing = end {
                if byte == closing { end = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                end = byte
            } else if byte == UInt8(ascii: "-"), previous == byte {
                end = UInt8(ascii: "\n")
            } else if byte == UInt8(ascii: "?") {
                number += 1
                output += "$\(number)".utf8
                previous = byte
                continue
            }
            output.append(byte)
            previous = byte
        }
        return String(decoding: output, as: UTF8.self)
    }
}
