import Foundation
import HTTPTypes
import Hummingbird
import ModuleKit

/// An answer that says no, as RFC 7644 § 3.12 has it.
struct ScimError: Error, Sendable {
    let status: HTTPResponse.Status
    let type: String?
    let detail: String
    var headers: HTTPFields = [:]

    init(_ status: HTTPResponse.Status, _ type: String? = nil, _ detail: String) {
        (self.status, self.type, self.detail) = (status, type, detail)
    }

    init(_ problem: Problem) {
        self.init(problem.status, nil, problem.detail)
        headers = problem.headers
    }

    static let notFound = ScimError(.notFound, nil, "There is no such resource.")
    static let stale = ScimError(.preconditionFailed, nil, "The resource has changed since it was read.")
    static func invalid(_ detail: String) -> ScimError { ScimError(.badRequest, "invalidValue", detail) }
    static func taken(_ what: String) -> ScimError {
        ScimError(.conflict, "uniqueness", "Somebody else has the \(what).")
    }

    var response: Response {
        let body = ScimValue.fields([
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": .string("\(status.code)"),
            "scimType": type.map { .string($0) }, "detail": .string(detail),
        ])
        var answer = Response.scim(body, status: status)
        for field in headers { answer.headers.append(field) }
        return answer
    }
}

extension Request {
    /// Whether it is a program's that keeps people up to date.
    var isForSCIM: Bool { uri.path.utf8.drop { $0 == 0x2F }.starts(with: "scim/".utf8) }
}

extension Response {
    /// `application/scim+json`.
    static func scim(_ body: ScimValue, status: HTTPResponse.Status = .ok) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = (try? encoder.encode(body)) ?? Data("{}".utf8)
        return Response(
            status: status, headers: [.contentType: "application/scim+json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
