import EventKit

/// Files in one ZIP archive, not compressed, so that it can be sent as it is made (PKWARE APPNOTE 6.3.10).
///
/// Each file's head, then its bytes, and at last `end`.
struct ZipFile {
    /// Beyond this an archive needs another format, which not every program reads.
    static let limit = 3 << 30

    private let day: UInt16
    private var directory: [UInt8] = []
    private var count: UInt16 = 0
    private(set) var size = 0

    init(on date: CivilDate) { day = UInt16(clamping: (date.year - 1980) << 9 | date.month << 5 | date.day) }

    /// Whether there is room for a file of so many bytes.
    func fits(_ bytes: Int) -> Bool { size + bytes < Self.limit && count < 65_000 }

    /// What stands before the file's bytes.
    mutating func head(of name: String, size bytes: Int, crc: UInt32) -> [UInt8] {
        let place = UInt32(size)
        // Version 2.0, the name in UTF-8, stored, at midnight.
        let common =
            Self.little(20 as UInt16, 0x0800, 0, 0, day) + Self.little(crc, UInt32(bytes), UInt32(bytes))
            + Self.little(UInt16(name.utf8.count), 0)
        let head = Self.little(0x0403_4B50 as UInt32) + common + Array(name.utf8)
        directory += Self.little(0x0201_4B50 as UInt32) + Self.little(20 as UInt16) + common
        directory += Self.little(0 as UInt16, 0, 0) + Self.little(0 as UInt32, place) + Array(name.utf8)
        count += 1
        size += head.count + bytes
        return head
    }

    /// What stands after the last file.
    var end: [UInt8] {
        directory + Self.little(0x0605_4B50 as UInt32) + Self.little(0 as UInt16, 0, count, count)
            + Self.little(UInt32(directory.count), UInt32(size)) + Self.little(0 as UInt16)
    }

    private static func little<Number: FixedWidthInteger>(_ numbers: Number...) -> [UInt8] {
        numbers.flatMap { number in
            (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number($0 * 8)) }
        }
    }
}
