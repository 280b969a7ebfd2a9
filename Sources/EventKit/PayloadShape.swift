/// What a payload looks like as JSON.
///
/// Found by having the type read itself from a decoder that has an example of everything, so it cannot differ from what
/// the type writes.
public indirect enum PayloadShape: Sendable, Hashable {
    case string(format: String?)
    case integer, number, boolean
    case array(PayloadShape)
    case object([Field])

    public struct Field: Sendable, Hashable {
        public let name: String
        public let shape: PayloadShape
        public let isRequired: Bool
    }

    /// - Throws: `Unshaped` for a type that has something in it of which no example is known.
    public init(of type: any Decodable.Type) throws { self = try Self.example(of: type).shape }

    /// As JSON Schema 2020-12, which is also a schema of AsyncAPI 3.
    ///
    /// Closed: a type's form is frozen, another form is another type.
    public var schema: String { "{\(members)}" }

    /// The members of the schema's object, without its braces.
    public var members: String {
        switch self {
        case .string(nil): return #""type":"string""#
        case .string(let format?): return #""type":"string","format":\#(JSONText.quoted(format))"#
        case .integer: return #""type":"integer""#
        case .number: return #""type":"number""#
        case .boolean: return #""type":"boolean""#
        case .array(let items): return #""type":"array","items":\#(items.schema)"#
        case .object(let fields):
            let sorted = fields.sorted { $0.name < $1.name }
            let required = sorted.filter(\.isRequired).map { JSONText.quoted($0.name) }.joined(separator: ",")
            let properties = sorted.map { "\(JSONText.quoted($0.name)):\($0.shape.schema)" }.joined(separator: ",")
            return
                #""type":"object","required":[\#(required)],"properties":{\#(properties)},"additionalProperties":false"#
        }
    }

    /// A type of which no example is known.
    public struct Unshaped: Error, CustomStringConvertible {
        public let description: String
    }

    fileprivate static func example(of type: any Decodable.Type) throws -> (value: any Decodable, shape: PayloadShape) {
        if let known = type as? any ShapedValue.Type { return (known.example, try known.shape) }
        let fields = FoundFields()
        let value = try type.init(from: ExampleDecoder(fields: fields))
        let list = fields.order.map {
            Field(name: $0, shape: fields.shapes[$0] ?? .object([]), isRequired: !fields.optional.contains($0))
        }
        return (value, .object(list))
    }
}

/// A value that is no object in JSON, or is one whose form cannot be found out.
public protocol ShapedValue: Decodable {
    static var example: Self { get }
    static var shape: PayloadShape { get throws }
}

extension String: ShapedValue {
    public static let example = ""
    public static let shape = PayloadShape.string(format: nil)
}

extension Int: ShapedValue {
    public static let example = 0
    public static let shape = PayloadShape.integer
}

extension Int64: ShapedValue {
    public static let example: Int64 = 0
    public static let shape = PayloadShape.integer
}

extension Double: ShapedValue {
    public static let example = 0.0
    public static let shape = PayloadShape.number
}

extension Bool: ShapedValue {
    public static let example = false
    public static let shape = PayloadShape.boolean
}

extension Timestamp: ShapedValue {
    public static let example = Timestamp(milliseconds: 0)
    public static let shape = PayloadShape.string(format: "date-time")
}

extension CivilDate: ShapedValue {
    public static let example = CivilDate(daysSince1970: 0)
    public static let shape = PayloadShape.string(format: "date")
}

extension Array: ShapedValue where Element: Decodable {
    public static var example: [Element] { [] }
    public static var shape: PayloadShape { get throws { .array(try PayloadShape(of: Element.self)) } }
}

/// What a type asked for while it read itself.
private final class FoundFields {
    var order: [String] = []
    var shapes: [String: PayloadShape] = [:]
    var optional: Set<String> = []
}

private struct ExampleDecoder: Decoder {
    let fields: FoundFields
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(ExampleFields<Key>(fields: fields))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw PayloadShape.Unshaped(description: "a type that reads a list by hand")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw PayloadShape.Unshaped(description: "a type that reads a single value; make it a ShapedValue")
    }
}

private struct ExampleFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let fields: FoundFields
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }

    /// Asked only of what may be missing.
    func decodeNil(forKey key: Key) -> Bool {
        fields.optional.insert(key.stringValue)
        return false
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let (value, shape) = try PayloadShape.example(of: type)
        guard let value = value as? Value else { throw PayloadShape.Unshaped(description: "\(type)") }
        if fields.shapes.updateValue(shape, forKey: key.stringValue) == nil { fields.order.append(key.stringValue) }
        return value
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { Float(try value(key) as Double) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try number(key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try number(key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try number(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try number(key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try number(key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try number(key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try number(key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try number(key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try number(key) }

    private func value<Value: ShapedValue>(_ key: Key) throws -> Value {
        let type: any Decodable.Type = Value.self
        let shape = try PayloadShape.example(of: type).shape
        if fields.shapes.updateValue(shape, forKey: key.stringValue) == nil { fields.order.append(key.stringValue) }
        return Value.example
    }

    private func number<Number: FixedWidthInteger>(_ key: Key) throws -> Number { Number(try value(key) as Int) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> { throw nested(key) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw nested(key) }
    func superDecoder() throws -> any Decoder { throw PayloadShape.Unshaped(description: "a class") }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw nested(key) }

    private func nested(_ key: Key) -> PayloadShape.Unshaped {
        PayloadShape.Unshaped(description: "\(key.stringValue): a type that reads its parts by hand")
    }
}
