import Foundation

/// The two ways in which a mail carries text that is not ASCII.
enum MailEncoding {
    /// `text` for a header: as it is when it is short plain ASCII, else as folded encoded words (RFC 2047).
    ///
    /// 39 bytes a word keep the longest line, `Subject: ` and one word, within the 76 characters of RFC 2047 § 2.
    static func header(_ text: String) -> String {
        let plain = text.utf8.count <= 60 && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && !text.contains("=?")
        if plain { return text }
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > 39 { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// `text` as quoted-printable (RFC 2045 § 6.7): ASCII lines of at most 76 characters, each ended by CRLF.
    static func quotedPrintable(_ text: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + text.utf8.count / 4)
        for line in Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false) {
            var length = 0
            for (index, byte) in zip(line.indices, line) {
                let last = index == line.endIndex - 1
                let isLiteral = isLiteral(byte, endsLine: last)
                let size = isLiteral ? 1 : 3
                if length + size > (last ? 76 : 75) {
                    result.append(contentsOf: "=\r\n".utf8)
                    length = 0
                }
                if isLiteral {
                    result.append(byte)
                } else {
                    result.append(UInt8(ascii: "="))
                    result.append(digits[Int(byte >> 4)])
                    result.append(digits[Int(byte & 0x0F)])
                }
                length += size
            }
            result.append(contentsOf: "\r\n".utf8)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func isLiteral(_ byte: UInt8, endsLine: Bool) -> Bool {
        let blank = byte == 0x20 || byte == 0x09
        return blank ? !endsLine : (0x21...0x7E).contains(byte) && byte != 0x3D
    }
}
