import CZlib

/// The checksum that gzip and ZIP carry, over parts as they come.
public struct CRC32: Sendable, Hashable {
    public private(set) var value: UInt32 = 0

    public init() {}

    public mutating func add(_ bytes: [UInt8]) {
        value = unsafe bytes.withUnsafeBufferPointer {
            unsafe UInt32(truncatingIfNeeded: crc32(uLong(value), $0.baseAddress, uInt($0.count)))
        }
    }
}
