/// What the directory at the end of a zip file says of it.
///
/// Strict where readers are lenient: nothing stands before, after or between what the directory names, so that no two readers
/// see different files.
struct ZipDirectory: Sendable {
    struct Entry: Sendable {
        let name: String
        /// Bytes as stored, and unpacked.
        let packed, size: Int
        let isEncrypted: Bool
        let offset: Int
    }

    /// The longest end of a file in which it is looked for.
    static let reach = 1 << 18
    private static let entryLimit = 5000

    let entries: [Entry]

    /// Whether a reader of zip files would take a file with this end for one.
    static func isEnd(_ tail: ArraySlice<UInt8>) -> Bool { ending(tail) != nil }

    /// - Parameters:
    ///   - tail: the end of the file, `reach` bytes of it or all.
    ///   - fileSize: of the whole file.
    /// - Throws: `damaged` when it is not built as it should be.
    init(tail: [UInt8], fileSize: Int) throws(Refusal) {
        guard let end = Self.ending(tail[...]), tail.count - end == 22 else { throw .damaged }
        let (count, size, offset) = (tail.short(end + 10), tail.long(end + 12), tail.long(end + 16))
        let start = fileSize - tail.count
        guard count > 0, count <= Self.entryLimit, offset + size == start + end, offset >= start else { throw .damaged }
        var (entries, at): ([Entry], Int) = ([], offset - start)
        for _ in 0..<count {
            guard at + 46 <= end, tail.long(at) == 0x0201_4B50 else { throw .damaged }
            let next = at + 46 + tail.short(at + 28) + tail.short(at + 30) + tail.short(at + 32)
            guard next <= end else { throw .damaged }
            entries.append(
                Entry(
                    name: String(decoding: tail[(at + 46)..<(at + 46 + tail.short(at + 28))], as: UTF8.self),
                    packed: tail.long(at + 20), size: tail.long(at + 24), isEncrypted: tail.short(at + 8) & 1 == 1,
                    offset: tail.long(at + 42)))
            at = next
        }
        guard at == end, Self.areApart(entries, before: offset) else { throw .damaged }
        self.entries = entries
    }

    /// No two entries share bytes, as those of the worst bombs do.
    private static func areApart(_ entries: [Entry], before end: Int) -> Bool {
        var free = 0
        for entry in entries.sorted(by: { $0.offset < $1.offset }) {
            guard entry.offset >= free else { return false }
            free = entry.offset + 30 + entry.name.utf8.count + entry.packed
        }
        return free <= end && entries.contains { $0.offset == 0 }
    }

    /// Where the record that ends the directory begins: the last one whose comment fits.
    private static func ending(_ tail: ArraySlice<UInt8>) -> Int? {
        let bytes = Array(tail.suffix(65_557))
        guard bytes.count >= 22 else { return nil }
        for at in stride(from: bytes.count - 22, through: 0, by: -1) where bytes[at] == 0x50 {
            if bytes.long(at) == 0x0605_4B50 { return tail.count - bytes.count + at }
        }
        return nil
    }
}

extension [UInt8] {
    /// Little-endian numbers of 2 and 4 bytes.
    func short(_ at: Int) -> Int { Int(self[at]) | Int(self[at + 1]) << 8 }
    func long(_ at: Int) -> Int { short(at) | short(at + 2) << 16 }
}
