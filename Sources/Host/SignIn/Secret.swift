import Crypto

/// Random secrets and what is stored of them.
enum Secret {
    /// 256 random bits as 43 characters of base64url.
    static func make() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { base64URL(Array($0)) }
    }

    /// SHA-256 in hexadecimal: enough for secrets of 256 random bits, which cannot be guessed.
    static func hash(_ secret: String) -> String { hex(SHA256.hash(data: Array(secret.utf8))) }

    /// What forms of this session carry: bound to the cookie, so nothing needs to be stored.
    static func formToken(of session: String) -> String {
        hex(HMAC<SHA256>.authenticationCode(for: Array("form".utf8), using: SymmetricKey(data: Array(session.utf8))))
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        var bits = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | Int(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(digits[bits >> count & 63])
            }
        }
        if count > 0 { text.append(digits[bits << (6 - count) & 63]) }
        return String(decoding: text, as: UTF8.self)
    }
}
