/// Values in the form in which libpq takes them: text of a type the server infers, except bytes, which go as they are.
struct Parameters {
    /// All values one after the other, text with its closing NUL.
    private var bytes: [UInt8] = []
    private var offsets: [Int?] = []
    private(set) var lengths: [Int32] = []
    /// 0 is text, 1 is binary.
    private(set) var formats: [Int32] = []

    init(_ values: [SQLValue]) throws {
        for value in values {
            switch value {
            case .null: add([UInt8]?.none, isBinary: false)
            case .integer(let number): add(String(number).utf8, isBinary: false)
            case .real(let number): add(String(number).utf8, isBinary: false)
            case .text(let text):
                try text.refuseNUL()
                add(text.utf8, isBinary: false)
            case .blob(let blob): add(blob, isBinary: true)
            }
        }
    }

    private mutating func add(_ value: (some Collection<UInt8>)?, isBinary: Bool) {
        offsets.append(value == nil ? nil : bytes.count)
        lengths.append(Int32(value?.count ?? 0))
        formats.append(isBinary ? 1 : 0)
        if let value { bytes += value }
        bytes.append(0)
    }

    /// Calls `body` with the address of each value, nil for NULL, and a nil after the last.
    func withPointers<Value>(_ body: ([UnsafePointer<CChar>?]) throws -> Value) rethrows -> Value {
        unsafe try bytes.withUnsafeBytes { buffer in
            let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            var pointers = unsafe offsets.map { offset in
                unsafe offset.flatMap { offset in unsafe start.map { unsafe $0 + offset } }
            }
            unsafe pointers.append(nil)
            return unsafe try body(pointers)
        }
    }
}
