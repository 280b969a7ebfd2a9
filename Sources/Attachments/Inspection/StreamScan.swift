/// Looks for something in bytes that come in pieces.
struct StreamScan: Sendable {
    /// No more than so many bytes are needed to tell.
    private static let reach = 48

    private let first: [Bool]
    private let matches: @Sendable (ArraySlice<UInt8>) -> Bool
    private var rest: [UInt8] = []

    /// - Parameters:
    ///   - first: what begins with another byte is not looked at.
    ///   - matches: is given what begins so, up to `reach` bytes.
    init(first: [UInt8], matches: @escaping @Sendable (ArraySlice<UInt8>) -> Bool) {
        self.first = (UInt8.min...UInt8.max).map { first.contains($0) }
        self.matches = matches
    }

    /// Whether it is in what has come until now; the last few bytes are kept for the next time, unless `isLast`.
    mutating func finds(in piece: [UInt8], isLast: Bool = false) -> Bool {
        let window = rest + piece
        let end = isLast ? window.count : max(0, window.count - Self.reach)
        let places = window.withUnsafeBufferPointer { bytes in (0..<end).filter { first[Int(bytes[$0])] } }
        rest = Array(window[end...])
        return places.contains { matches(window[$0..<min($0 + Self.reach, window.count)]) }
    }
}

extension StreamScan {
    /// What no picture holds: another format that begins inside, or markup.
    static let inImages = StreamScan(first: [0x3C, 0x25, 0x52, 0x37]) { found in
        let text = found.prefix(12).map(TextCheck.lowered)
        return imageMarkers.contains { text.starts(with: $0) }
    }

    private static let imageMarkers: [[UInt8]] =
        ["<script", "<html", "<?php", "<svg ", "<iframe", "<!doctype", "<body", "%pdf-", "rar!\u{1A}\u{7}"]
        .map { Array($0.utf8) } + [[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]]

    /// The names in a PDF of what runs, sends or hides something; also where they are written with escapes.
    static let inPDF = StreamScan(first: [0x2F]) { found in activeNames.contains(name(found.dropFirst())) }

    private static let activeNames: Set = [
        "JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "ImportData", "SubmitForm", "XFA",
    ]

    /// A PDF name up to its end, `#4A` read as `J`.
    private static func name(_ bytes: ArraySlice<UInt8>) -> String {
        var (name, rest): ([UInt8], ArraySlice<UInt8>) = ([], bytes)
        while let byte = rest.popFirst(), byte > 0x20, !"()<>[]{}/%".utf8.contains(byte) {
            if byte == 0x23, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                name.append(code)
                rest = rest.dropFirst(2)
            } else {
                name.append(byte)
            }
        }
        return String(decoding: name, as: UTF8.self)
    }
}
