public import HTTPTypes
public import Hummingbird

/// What is wrong with one field of a form or a request body.
public struct FieldError: Sendable, Hashable {
    /// The field's name in the form or its path in the body; empty for what concerns the whole.
    public var field: String
    /// In the reader's language: what is wrong and what to do.
    public var message: String

    public init(_ field: String, _ message: String) { (self.field, self.message) = (field, message) }
}

/// An answer that says no: RFC 9457 to an API client, a page to a person. Texts are in the reader's language.
public struct Problem: Error, Sendable {
    public var status: HTTPResponse.Status
    /// Stable name of the kind of problem, the end of its `type` address.
    public var code: String
    public var title: String
    public var detail: String
    public var errors: [FieldError]
    public var headers: HTTPFields

    public init(
        _ status: HTTPResponse.Status, _ code: String, title: String, detail: String, errors: [FieldError] = [],
        headers: HTTPFields = [:]
    ) {
        (self.status, self.code, self.title, self.detail) = (status, code, title, detail)
        (self.errors, self.headers) = (errors, headers)
    }

    /// `application/problem+json`.
    public func json(instance: String) -> Response {
        let fields = errors.map { #"{"field":\#($0.field),"message":\#($0.message)}"# as JSON }
        let list: JSON = fields.isEmpty ? "" : #","errors":\#(fields)"#
        let body: JSON = #"""
            {"type":\#("/problems/" + code),"title":\#(title),"status":\#(status.code),"detail":\#(detail),\#
            "instance":\#(instance)\#(list)}
            """#
        var answer = Response.json(body, status: status)
        answer.headers[.contentType] = "application/problem+json"
        for field in headers { answer.headers.append(field) }
        return answer
    }
}

extension Problem {
    /// For an object that is not there, and just so for one the viewer may not see.
    public static func notFound(_ language: Language) -> Problem {
        let text = ProblemTexts[language]
        return Problem(.notFound, "not-found", title: text.notFoundTitle, detail: text.notFoundDetail)
    }

    /// For a method that the address does not take; `allowed` are those it takes.
    public static func methodNotAllowed(_ language: Language, _ allowed: [String]) -> Problem {
        let text = ProblemTexts[language]
        return Problem(
            .methodNotAllowed, "method-not-allowed", title: text.methodTitle, detail: text.methodDetail,
            headers: [.allow: allowed.joined(separator: ", ")])
    }

    public static func forbidden(_ language: Language) -> Problem {
        let text = ProblemTexts[language]
        return Problem(.forbidden, "forbidden", title: text.forbiddenTitle, detail: text.forbiddenDetail)
    }

    public static func signInNeeded(_ language: Language) -> Problem {
        let text = ProblemTexts[language]
        return Problem(
            .unauthorized, "sign-in-needed", title: text.signInTitle, detail: text.signInDetail,
            headers: [.wwwAuthenticate: "Bearer realm=\"trivsel\""])
    }

    public static func tooLarge(_ language: Language, limit: Int) -> Problem {
        let text = ProblemTexts[language]
        return Problem(
            .contentTooLarge, "too-large", title: text.tooLargeTitle, detail: text.tooLargeDetail(limit / 1024))
    }

    public static func malformed(_ language: Language, _ errors: [FieldError] = []) -> Problem {
        let text = ProblemTexts[language]
        return Problem(
            .badRequest, "malformed", title: text.malformedTitle, detail: text.malformedDetail, errors: errors)
    }

    public static func invalid(_ language: Language, _ errors: [FieldError]) -> Problem {
        let text = ProblemTexts[language]
        return Problem(
            .unprocessableContent, "invalid", title: text.invalidTitle(errors.count), detail: text.invalidDetail,
            errors: errors)
    }

    /// Somebody changed the object since the reader fetched it.
    public static func stale(_ language: Language) -> Problem {
        let text = ProblemTexts[language]
        return Problem(.preconditionFailed, "stale", title: text.staleTitle, detail: text.staleDetail)
    }

    public static func preconditionRequired(_ language: Language) -> Problem {
        let text = ProblemTexts[language]
        return Problem(.preconditionRequired, "if-match-needed", title: text.ifMatchTitle, detail: text.ifMatchDetail)
    }

    public static func keyReused(_ language: Language) -> Problem {
        let text = ProblemTexts[language]
        return Problem(
            .unprocessableContent, "idempotency-key-reused", title: text.keyReusedTitle, detail: text.keyReusedDetail)
    }

    /// More has come from one sender than is taken; there is room again after so many seconds.
    public static func tooMany(_ language: Language, seconds: Int64) -> Problem {
        let text = ProblemTexts[language]
        return Problem(
            .tooManyRequests, "too-many-requests", title: text.tooManyTitle, detail: text.tooManyDetail,
            headers: [.retryAfter: "\(seconds)"])
    }

    /// The database is busy, full or away. Nothing was stored.
    public static func unavailable(_ language: Language) -> Problem {
        let text = ProblemTexts[language]
        return Problem(
            .serviceUnavailable, "unavailable", title: text.unavailableTitle, detail: text.unavailableDetail,
            headers: [.retryAfter: "5"])
    }

    /// A fault of ours. Nothing was stored; the log holds the request's id.
    public static func fault(_ language: Language) -> Problem {
        let text = ProblemTexts[language]
        return Problem(.internalServerError, "fault", title: text.faultTitle, detail: text.faultDetail)
    }
}

extension Response {
    /// `application/json`.
    public static func json(_ body: JSON, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body.bytes)))
    }

    /// 303: what a form's answer is, so that a reload sends nothing again.
    public static func seeOther(_ path: String) -> Response { Response(status: .seeOther, headers: [.location: path]) }
}
