import Foundation

/// Writes a payload as JSON text with the names of its objects sorted, as Foundation's encoder does, which took a tenth of all that is done
/// from a change to its readers.
final class PayloadWriter: Encoder {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    /// The values, one behind the other.
    fileprivate var bytes: [UInt8] = []
    /// Of an object, its names and where the value of each ends.
    fileprivate var fields: [(name: String, end: Int)]?
    /// Of an array, how many items it has.
    fileprivate var count: Int?
    /// It has met what it does not know: Foundation's writes it.
    fileprivate var isBeyond = false

    /// - Throws: what `value` throws, or `EncodingError`.
    static func write(_ value: some Encodable) throws -> [UInt8] {
        let writer = PayloadWriter()
        try value.encode(to: writer)
        return try writer.isBeyond ? Array(foundations.encode(value)) : writer.text
    }

    private static let foundations = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        fields = fields ?? []
        return KeyedEncodingContainer(ObjectFields(writer: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        count = count ?? 0
        return ArrayItems(writer: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { LoneValue(writer: self) }

    private var text: [UInt8] {
        if count != nil { return [UInt8(ascii: "[")] + bytes + [UInt8(ascii: "]")] }
        guard let fields else { return bytes }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + 24 * fields.count + 2)
        text.append(UInt8(ascii: "{"))
        for index in fields.indices.sorted(by: { fields[$0].name < fields[$1].name }) {
            if text.count > 1 { text.append(UInt8(ascii: ",")) }
            JSONText.append(fields[index].name, to: &text)
            text.append(UInt8(ascii: ":"))
            text += bytes[(index > 0 ? fields[index - 1].end : 0)..<fields[index].end]
        }
        text.append(UInt8(ascii: "}"))
        return text
    }

    @inline(__always)
    fileprivate func append<Value: Encodable>(_ value: Value) throws {
        if let text = value as? String {
            JSONText.append(text, to: &bytes)
        } else if let number = value as? Int {
            bytes += String(number).utf8
        } else if let number = value as? Int64 {
            bytes += String(number).utf8
        } else if let truth = value as? Bool {
            bytes += (truth ? "true" : "false").utf8
        } else if value is any Numeric {
            isBeyond = true
        } else {
            bytes += try Self.write(value)
        }
    }

    fileprivate func appendNull() { bytes += "null".utf8 }

    /// What is written there is thrown away.
    fileprivate func elsewhere() -> PayloadWriter {
        isBeyond = true
        return PayloadWriter()
    }
}

private struct ObjectFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: PayloadWriter
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {
        writer.appendNull()
        end(key)
    }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try writer.append(value)
        end(key)
    }

    private func end(_ key: Key) { writer.fields?.append((key.stringValue, writer.bytes.count)) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { writer.elsewhere().container(keyedBy: type) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        writer.elsewhere().unkeyedContainer()
    }
    func superEncoder() -> any Encoder { writer.elsewhere() }
    func superEncoder(forKey key: Key) -> any Encoder { writer.elsewhere() }
}

private struct ArrayItems: UnkeyedEncodingContainer {
    let writer: PayloadWriter
    var codingPath: [any CodingKey] { [] }
    var count: Int { writer.count ?? 0 }

    func encodeNil() {
        begin()
        writer.appendNull()
    }

    func encode<T: Encodable>(_ value: T) throws {
        begin()
        try writer.append(value)
    }

    private func begin() {
        if count > 0 { writer.bytes.append(UInt8(ascii: ",")) }
        writer.count = count + 1
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        writer.elsewhere().container(keyedBy: type)
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { writer.elsewhere().unkeyedContainer() }
    func superEncoder() -> any Encoder { writer.elsewhere() }
}

private struct LoneValue: SingleValueEncodingContainer {
    let writer: PayloadWriter
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { writer.appendNull() }
    func encode<T: Encodable>(_ value: T) throws { try writer.append(value) }
}
