/// The values of a row as bytes: for each its kind, and a length where it needs one.
enum DumpRow {
    static func append(_ values: [SQLValue], to bytes: inout [UInt8]) {
        for value in values {
            switch value {
            case .null: bytes.append(0)
            case .integer(let number):
                bytes.append(1)
                append(UInt64(bitPattern: number), to: &bytes)
            case .real(let number):
                bytes.append(2)
                append(number.bitPattern, to: &bytes)
            case .text(let text):
                bytes.append(3)
                append(UInt32(text.utf8.count), to: &bytes)
                bytes += text.utf8
            case .blob(let blob):
                bytes.append(4)
                append(UInt32(blob.count), to: &bytes)
                bytes += blob
            }
        }
    }

    /// Big-endian.
    static func append(_ number: some FixedWidthInteger & UnsignedInteger, to bytes: inout [UInt8]) {
        for shift in stride(from: number.bitWidth - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// - Throws: ``StorageError`` (`corrupt`) unless these are `count` values and no more.
    static func values(_ bytes: ArraySlice<UInt8>, count: Int) throws -> [SQLValue] {
        var rest = bytes
        let values = try (0..<count).map { _ in try value(&rest) }
        guard rest.isEmpty else { throw StorageError.brokenDump }
        return values
    }

    private static func value(_ rest: inout ArraySlice<UInt8>) throws -> SQLValue {
        switch try number(&rest, UInt8.self) {
        case 0: return .null
        case 1: return .integer(Int64(bitPattern: try number(&rest, UInt64.self)))
        case 2: return .real(Double(bitPattern: try number(&rest, UInt64.self)))
        case 3:
            let length = Int(try number(&rest, UInt32.self))
            return .text(String(decoding: try take(length, &rest), as: UTF8.self))
        case 4:
            let length = Int(try number(&rest, UInt32.self))
            return .blob(Array(try take(length, &rest)))
        default: throw StorageError.brokenDump
        }
    }

    static func number<Number: FixedWidthInteger & UnsignedInteger>(
        _ rest: inout ArraySlice<UInt8>, _ type: Number.Type
    ) throws -> Number {
        try take(Number.bitWidth / 8, &rest).reduce(0) { ($0 << 7) << 1 | Number($1) }
    }

    private static func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) throws -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw StorageError.brokenDump }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}

extension StorageError {
    static let brokenDump = StorageError(.corrupt, "the backup cannot be read: it is not as it was written")
}
