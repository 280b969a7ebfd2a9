import CQREncode

/// A QR code (ISO/IEC 18004), as libqrencode makes it: error correction M, so that a poster may be soiled a little.
public struct QRCode: Sendable {
    /// Modules that stay white around the code, as the standard asks.
    static let quiet = 4
    /// Modules a side, without the quiet zone.
    let width: Int
    /// Row by row; true is black.
    let isDark: [Bool]

    /// - Throws: `UnfitForQRCode` when the text is empty or over some 2,300 bytes.
    public init(_ text: String) throws(UnfitForQRCode) {
        guard let code = unsafe QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else { throw UnfitForQRCode() }
        defer { unsafe QRcode_free(code) }
        let width = unsafe Int(code.pointee.width)
        self.width = width
        // The lowest bit says black.
        isDark = unsafe UnsafeBufferPointer(start: code.pointee.data, count: width * width).map { $0 & 1 == 1 }
    }

    /// Black on white, to be drawn at any size.
    public var svg: String {
        let size = width + 2 * Self.quiet
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size) \(size)" width="\(size * 8)" height="\(size * 8)" \
            shape-rendering="crispEdges"><path fill="#fff" d="M0 0h\(size)v\(size)H0z"/><path d="\(bars.joined())"/></svg>
            """
    }

    /// Each run of black in a row, as a part of an SVG path.
    private var bars: [String] {
        (0..<width).flatMap { y -> [String] in
            let row = isDark[y * width..<(y + 1) * width]
            var bars: [String] = []
            var rest = row[...]
            while let start = rest.firstIndex(of: true) {
                let end = rest[start...].firstIndex(of: false) ?? rest.endIndex
                bars.append(
                    "M\(start - row.startIndex + Self.quiet) \(y + Self.quiet)h\(end - start)v1h-\(end - start)z")
                rest = rest[end...]
            }
            return bars
        }
    }
}

/// What cannot be a QR code.
public struct UnfitForQRCode: Error {}
