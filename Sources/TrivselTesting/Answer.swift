import Foundation
public import HTTPTypes

/// What a server answered.
public struct Answer: Sendable {
    public let status: HTTPResponse.Status
    public let headers: HTTPFields
    public let body: [UInt8]

    public init(status: HTTPResponse.Status, headers: HTTPFields, body: [UInt8]) {
        (self.status, self.headers, self.body) = (status, headers, body)
    }

    public var text: String { String(decoding: body, as: UTF8.self) }

    /// Where it sends the browser.
    public var location: String? { headers[.location] }

    public func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    /// The body, read as `type`.
    public func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body))
    }

    /// The token that the page's forms carry.
    public var formToken: String? { value(ofHidden: "_token") }

    /// The value of the page's first hidden field of this name, as it stands in the page.
    public func value(ofHidden name: String) -> String? {
        text.firstRange(of: "name=\"\(name)\" value=\"").map { String(text[$0.upperBound...].prefix { $0 != "\"" }) }
    }
}

/// What a problem of the API says.
public struct ProblemBody: Decodable, Sendable {
    public struct Field: Decodable, Sendable {
        public let field, message: String
    }

    public let type, title, detail, instance: String
    public let status: Int
    public let errors: [Field]?
}
