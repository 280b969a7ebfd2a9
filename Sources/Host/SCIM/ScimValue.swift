import Foundation

/// JSON of a SCIM resource, its attributes by the names that RFC 7643 gives them.
indirect enum ScimValue: Sendable, Hashable, Codable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([ScimValue])
    case object([String: ScimValue])

    init(from decoder: any Decoder) throws {
        let one = try decoder.singleValueContainer()
        if one.decodeNil() {
            self = .null
        } else if let value = try? one.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? one.decode(Double.self) {
            self = .number(value)
        } else if let value = try? one.decode(String.self) {
            self = .string(value)
        } else if let value = try? one.decode([ScimValue].self) {
            self = .array(value)
        } else {
            let fields = try one.decode([String: ScimValue].self)
            self = .object(Dictionary(fields.map { (Self.named($0.key), $0.value) }) { first, _ in first })
        }
    }

    func encode(to encoder: any Encoder) throws {
        var one = encoder.singleValueContainer()
        switch self {
        case .null: try one.encodeNil()
        case .bool(let value): try one.encode(value)
        case .number(let value):
            if let whole = Int(exactly: value) { try one.encode(whole) } else { try one.encode(value) }
        case .string(let value): try one.encode(value)
        case .array(let values): try one.encode(values)
        case .object(let fields): try one.encode(fields)
        }
    }

    subscript(name: String) -> ScimValue? {
        guard case .object(let fields) = self else { return nil }
        return fields[name].flatMap { $0 == .null ? nil : $0 }
    }

    var text: String? { if case .string(let value) = self { value } else { nil } }

    var items: [ScimValue] {
        switch self {
        case .array(let values): values
        case .null: []
        default: [self]
        }
    }

    /// Entra writes truth as “True”.
    var truth: Bool? {
        switch self {
        case .bool(let value): value
        case .string(let value): ["true": true, "false": false][value.lowercased()]
        default: nil
        }
    }

    /// An object of the values that are there.
    static func fields(_ all: KeyValuePairs<String, ScimValue?>) -> ScimValue {
        .object(Dictionary(all.compactMap { key, value in value.map { (key, $0) } }) { first, _ in first })
    }

    /// Names are the same in capitals or not.
    static func named(_ name: String) -> String { names[name.lowercased()] ?? name }

    static let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

    private static let names: [String: String] = {
        let all = [
            "schemas", "id", "externalId", "meta", "userName", "name", "formatted", "givenName", "familyName",
            "displayName", "active", "emails", "value", "primary", "type", "preferredLanguage", "userType", "groups",
            "members", "display", "$ref", "department", "division", "filter", "startIndex", "count", "attributes",
            "excludedAttributes", "Operations", "op", "path", enterprise,
        ]
        return Dictionary(all.map { ($0.lowercased(), $0) }) { first, _ in first }
    }()
}

extension ScimValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral {
    init(stringLiteral value: String) { self = .string(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: ScimValue...) { self = .array(elements) }
}
