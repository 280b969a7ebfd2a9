/// Whether bytes are plain text, and none that a program would run.
enum TextCheck {
    /// No control but tab and line ends: UTF-8, or one of the old sets of Western Europe.
    static func isText(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 9 || $0 == 10 || $0 == 12 || $0 == 13 }
    }

    /// What a text is not taken for: by its beginning a browser or a shell would take it for something else.
    static func refusal(ofBeginning head: ArraySlice<UInt8>) -> Refusal? {
        var text = head.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }.prefix(64).map(lowered)[...]
        if text.starts(with: "#!".utf8) || text.starts(with: "@echo".utf8) { return .program }
        let programs = ["[internetshortcut]", "[desktop entry]", "windows registry editor", "%!ps", "#@~^"]
        if programs.contains(where: { text.starts(with: $0.utf8) }) { return .program }
        if text.starts(with: "mime-version:".utf8) || text.starts(with: "from - ".utf8) { return .webPage }
        guard text.popFirst() == 0x3C else { return nil }
        let next = text.first ?? 0
        return next == 0x21 || next == 0x3F || next == 0x25 || (0x61...0x7A).contains(next) ? .webPage : nil
    }

    static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
