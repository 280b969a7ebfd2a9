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
        var result = ""
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            var length = 0
            for (index, byte) in zip(line.indices, line) {
                let last = line.index(after: index) == line.endIndex
                let token = quoted(byte, endsLine: last)
                if length + token.utf8.count > (last ? 76 : 75) {
                    result += "=\r\n"
                    length = 0
                }
                result += token
                length += token.utf8.count
            }
            result += "\r\n"
        }
        return result
    }

    private static func quoted(_ byte: UInt8, endsLine: Bool) -> String {
        let blank = byte == 0x20 || byte == 0x09
        let literal = blank ? !endsLine : (0x21...0x7E).contains(byte) && byte != 0x3D
        if literal { return String(Unicode.Scalar(byte)) }
        let hex = String(byte, radix: 16, uppercase: true)
        return hex.count == 1 ? "=0\(hex)" : "=\(hex)"
    }
}
