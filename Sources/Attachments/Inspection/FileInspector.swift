/// Finds out what a file is while it comes in, piece by piece; keeps its beginning and its end only.
struct FileInspector: Sendable {
    /// What there is to know when all has come.
    struct Finding: Sendable, Hashable {
        let kind: FileKind
        /// Of an image; nil when its beginning does not say.
        let pixels: Pixels?
    }

    private static let headLength = 1 << 18

    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var size = 0
    private var signature: FileSignature?
    private var scan: StreamScan?

    /// - Throws: why the file is refused, as soon as it is known.
    mutating func feed(_ piece: [UInt8]) throws(Refusal) {
        size += piece.count
        if head.count < Self.headLength { head += piece.prefix(Self.headLength - head.count) }
        tail += piece
        // Cut seldom: each cut copies what stays.
        if tail.count > 4 * ZipDirectory.reach { tail.removeFirst(tail.count - ZipDirectory.reach) }
        guard signature != nil else {
            if head.count >= FileSignature.length { try begin() }
            return
        }
        try look(at: piece)
    }

    /// - Throws: why the file is refused.
    mutating func finish() throws(Refusal) -> Finding {
        if signature == nil { try begin() }
        if scan?.finds(in: [], isLast: true) ?? false { throw found }
        switch signature {
        case .zip:
            let directory = try ZipDirectory(tail: tail.suffix(ZipDirectory.reach), fileSize: size)
            return Finding(kind: try DocumentCheck.kind(of: directory, head: head[...]), pixels: nil)
        case .kind(let kind):
            if ZipDirectory.isEnd(tail[...]) { throw .mixed }
            if kind == .pdf, !tail.suffix(2048).contains(text: "%%EOF") { throw .damaged }
            return Finding(kind: kind, pixels: kind.isImage ? Pixels(kind, head) : nil)
        case nil: throw .empty
        }
    }

    /// Decides by what has come until now, all of which is in `head`.
    private mutating func begin() throws(Refusal) {
        let signature = try FileSignature(head[...])
        self.signature = signature
        switch signature {
        case .kind(.pdf): scan = .inPDF
        case .kind(let kind) where kind.isImage: scan = .inImages
        default: break
        }
        try look(at: head)
    }

    private mutating func look(at piece: [UInt8]) throws(Refusal) {
        if signature == .kind(.text), !TextCheck.isText(piece) { throw .unknown }
        if scan?.finds(in: piece) ?? false { throw found }
    }

    /// What it means when the scan finds something.
    private var found: Refusal { signature == .kind(.pdf) ? .activePDF : .mixed }
}

extension Collection<UInt8> {
    func contains(text: String) -> Bool {
        let wanted = Array(text.utf8)
        return indices.contains { self[$0...].starts(with: wanted) }
    }
}
