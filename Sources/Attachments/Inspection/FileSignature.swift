/// What the first bytes of a file say that it is.
enum FileSignature: Sendable, Hashable {
    case kind(FileKind)
    /// A document or an archive: its directory, at its end, tells.
    case zip

    /// As many bytes as are looked at.
    static let length = 1024

    /// - Throws: why such a file is never taken.
    init(_ head: ArraySlice<UInt8>) throws(Refusal) {
        if head.isEmpty { throw .empty }
        if let kind = Self.kind(head) {
            self = .kind(kind)
        } else if head.starts(with: "PK\u{3}\u{4}".utf8) {
            self = .zip
        } else {
            for (refusal, beginnings) in Self.refused where beginnings.contains(where: { head.starts(with: $0) }) {
                throw refusal
            }
            if Self.has("ustar", at: 257, in: head) { throw .archive }
            guard TextCheck.isText(head) else { throw .unknown }
            if let refusal = TextCheck.refusal(ofBeginning: head) { throw refusal }
            self = .kind(.text)
        }
    }

    private static func kind(_ head: ArraySlice<UInt8>) -> FileKind? {
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if head.starts(with: "GIF87a".utf8) || head.starts(with: "GIF89a".utf8) { return .gif }
        if head.starts(with: "RIFF".utf8), has("WEBP", at: 8, in: head) { return .webp }
        // At the very beginning: further on, which readers allow, it would be the second format of two.
        if head.starts(with: "%PDF-".utf8) { return .pdf }
        let brands = ["heic", "heix", "heim", "heis", "mif1"]
        if has("ftyp", at: 4, in: head), brands.contains(where: { has($0, at: 8, in: head) }) { return .heic }
        return nil
    }

    private static func has(_ text: String, at offset: Int, in head: ArraySlice<UInt8>) -> Bool {
        head.dropFirst(offset).starts(with: text.utf8)
    }

    private static let refused: [(Refusal, [[UInt8]])] = [
        (
            .program,
            [
                Array("MZ".utf8), [0x7F, 0x45, 0x4C, 0x46], [0xCA, 0xFE, 0xBA, 0xBE], [0xFE, 0xED, 0xFA],
                [0xCE, 0xFA, 0xED, 0xFE], [0xCF, 0xFA, 0xED, 0xFE], [0, 0x61, 0x73, 0x6D], Array("dex\n".utf8),
                Array("L\0\0\0\u{1}".utf8),
            ]
        ),
        (
            .archive,
            [
                Array("Rar!".utf8), [0x37, 0x7A, 0xBC, 0xAF], [0x1F, 0x8B], Array("BZh".utf8),
                [0xFD, 0x37, 0x7A, 0x58],
                [0x28, 0xB5, 0x2F, 0xFD], Array("MSCF".utf8), Array("PK".utf8), [0x1F, 0x9D], Array("!<arch>".utf8),
            ]
        ),
        (.oldDocument, [[0xD0, 0xCF, 0x11, 0xE0], Array(#"{\rtf"#.utf8)]),
    ]
}
