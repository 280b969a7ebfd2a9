/// A still WebP picture (RFC 9649), cut down to its pixels.
///
/// libvips 8.14 keeps Exif, XMP and profile in WebP even when told to strip them; so it is not left to it.
enum WebPPicture {
    private static let kept: Set = ["VP8 ", "VP8L", "ALPH"]

    /// Without every chunk that is not pixels; nil when it is not a still WebP picture.
    static func pixelsAlone(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count >= 20, bytes.starts(with: "RIFF".utf8), bytes[8..<12].elementsEqual("WEBP".utf8),
            bytes.long(4) + 8 == bytes.count
        else { return nil }
        var (chunks, hasPixels): ([UInt8], Bool) = ([], false)
        var at = 12
        while at < bytes.count {
            guard at + 8 <= bytes.count else { return nil }
            let name = String(decoding: bytes[at..<(at + 4)], as: UTF8.self)
            let end = at + 8 + (bytes.long(at + 4) + 1) / 2 * 2
            guard end <= bytes.count else { return nil }
            if name == "VP8X" {
                guard end - at == 18 else { return nil }
                // Of all that it announces only the transparency stays.
                chunks += bytes[at..<(at + 8)] + [bytes[at + 8] & 0x10] + bytes[(at + 9)..<end]
            } else if kept.contains(name) {
                chunks += bytes[at..<end]
                hasPixels = hasPixels || name != "ALPH"
            }
            at = end
        }
        let size = chunks.count + 4
        let length = (0..<4).map { UInt8(size >> (8 * $0) & 0xFF) }
        return hasPixels ? Array("RIFF".utf8) + length + Array("WEBP".utf8) + chunks : nil
    }
}
