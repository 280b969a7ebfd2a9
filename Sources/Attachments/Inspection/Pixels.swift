/// The size of an image as its beginning says it, read before anything decodes it.
struct Pixels: Sendable, Hashable {
    /// An image of more pixels than this is not decoded: a file of a few bytes can claim any number.
    static let limit = 100_000_000

    let width, height: Int

    var isDecodable: Bool { width > 0 && height > 0 && width <= Self.limit / height }

    init(width: Int, height: Int) { (self.width, self.height) = (width, height) }

    /// nil when `head` does not say.
    init?(_ kind: FileKind, _ head: [UInt8]) {
        let found: Pixels? =
            switch kind {
            case .png: head.count >= 24 ? Pixels(width: head.big(16, 4), height: head.big(20, 4)) : nil
            case .gif: head.count >= 10 ? Pixels(width: head.short(6), height: head.short(8)) : nil
            case .jpeg: Self.jpeg(head)
            case .webp: Self.webp(head)
            case .heic: Self.heic(head)
            default: nil
            }
        guard let found else { return nil }
        self = found
    }

    /// In the frame header, after any number of other segments (ITU T.81, B.2.2).
    private static func jpeg(_ head: [UInt8]) -> Pixels? {
        var at = 2
        while at + 9 <= head.count, head[at] == 0xFF {
            let marker = head[at + 1]
            if marker == 0xFF {
                at += 1
            } else if marker >= 0xC0, marker <= 0xCF, ![0xC4, 0xC8, 0xCC].contains(marker) {
                return Pixels(width: head.big(at + 7, 2), height: head.big(at + 5, 2))
            } else {
                at += 2 + head.big(at + 2, 2)
            }
        }
        return nil
    }

    /// Lossy, lossless or extended (RFC 9649).
    private static func webp(_ head: [UInt8]) -> Pixels? {
        guard head.count >= 30 else { return nil }
        switch String(decoding: head[12..<16], as: UTF8.self) {
        case "VP8 ": return Pixels(width: head.short(26) & 0x3FFF, height: head.short(28) & 0x3FFF)
        case "VP8L":
            let bits = head.long(21)
            return Pixels(width: (bits & 0x3FFF) + 1, height: (bits >> 14 & 0x3FFF) + 1)
        case "VP8X":
            return Pixels(
                width: (head.long(24) & 0xFF_FFFF) + 1, height: (head.short(27) | Int(head[29]) << 16) + 1)
        default: return nil
        }
    }

    /// The largest of the extents that the file names: it may be put together of tiles (ISO/IEC 23008-12, 6.5.3).
    private static func heic(_ head: [UInt8]) -> Pixels? {
        var largest: Pixels?
        let name = Array("ispe".utf8)
        var at = 0
        while at + 16 <= head.count {
            if head[at] == name[0], Array(head[at..<(at + 4)]) == name {
                let next = Pixels(width: head.big(at + 8, 4), height: head.big(at + 12, 4))
                if Double(next.width) * Double(next.height) >= largest.map({ Double($0.width) * Double($0.height) })
                    ?? 0
                {
                    largest = next
                }
            }
            at += 1
        }
        return largest
    }
}

extension [UInt8] {
    /// A big-endian number of `count` bytes.
    func big(_ at: Int, _ count: Int) -> Int { self[at..<(at + count)].reduce(0) { $0 << 8 | Int($1) } }
}
