import Foundation
public import HTTPTypes
public import Hummingbird

extension AppContext {
    /// The request's JSON body, read as `type`.
    ///
    /// - Throws: `Problem` 413 over the limit, 415 when it is not JSON, 400 when it is broken, not UTF-8, or a field
    ///   has another type than it should; the field is named.
    public func json<Value: Decodable>(_ request: Request, as type: Value.Type) async throws -> (
        value: Value, bytes: [UInt8]
    ) {
        let language = try visit.language
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") ?? false else {
            throw Problem.notJSON(language)
        }
        let bytes = try await body(request)
        // Read as it is, the decoder would take UTF-16 for JSON as well, and pass over what nobody asks for.
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
            throw Problem.malformed(language, [FieldError("", APITexts[language].brokenJSON)])
        }
        do {
            return (try JSONDecoder().decode(type, from: Data(bytes)), bytes)
        } catch let error as DecodingError {
            throw Problem.malformed(language, [error.fieldError(language)])
        } catch {
            throw Problem.malformed(language)
        }
    }

    /// The version of the object the client has seen, from `If-Match`.
    ///
    /// - Throws: `Problem` 428 when the header is missing, 412 when it is not one of our tags.
    public func expectedVersion(_ request: Request) throws -> Int {
        let language = try visit.language
        guard let header = request.headers[.ifMatch] else { throw Problem.preconditionRequired(language) }
        guard let version = Int(header.trimmingCharacters(in: CharacterSet(charactersIn: "\" "))) else {
            throw Problem.stale(language)
        }
        return version
    }
}

extension HTTPFields {
    /// A header that HTTPTypes has no name for; setting one whose name is no header name does nothing.
    public subscript(header name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[$0] } }
        set { if let name = HTTPField.Name(name) { self[name] = newValue } }
    }
}

extension DecodingError {
    fileprivate func fieldError(_ language: Language) -> FieldError {
        let text = APITexts[language]
        switch self {
        case .typeMismatch(_, let context): return FieldError(Self.path(context.codingPath), text.wrongType)
        case .valueNotFound(_, let context): return FieldError(Self.path(context.codingPath), text.missing)
        case .keyNotFound(let key, let context): return FieldError(Self.path(context.codingPath + [key]), text.missing)
        case .dataCorrupted(let context):
            return FieldError(
                Self.path(context.codingPath), context.codingPath.isEmpty ? text.brokenJSON : text.wrongType)
        @unknown default: return FieldError("", text.brokenJSON)
        }
    }

    private static func path(_ path: [any CodingKey]) -> String {
        path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}

extension Request {
    /// Which of these the address names; nil when it names none.
    ///
    /// - Throws: `Problem` 400 when it names something else.
    public func choice(_ name: String, of choices: [String], _ language: Language) throws -> String? {
        guard let asked = uri.queryParameters[Substring(name)].map(String.init) else { return nil }
        guard choices.contains(asked) else {
            throw Problem.malformed(language, [FieldError(name, APITexts[language].wrongType)])
        }
        return asked
    }
}

extension Problem {
    /// The body is of another type than the API takes.
    public static func notJSON(_ language: Language) -> Problem {
        let text = APITexts[language]
        return Problem(.unsupportedMediaType, "not-json", title: text.notJSONTitle, detail: text.notJSONDetail)
    }
}

/// What an API client is told of a body that cannot be read.
struct APITexts: TextSet {
    let notJSONTitle, notJSONDetail, wrongType, missing, brokenJSON, badKey: String

    static let nb = APITexts(
        notJSONTitle: "Innholdet er ikke JSON", notJSONDetail: "Send Content-Type: application/json.",
        wrongType: "Verdien har feil type eller form.", missing: "Feltet mangler.",
        brokenJSON: "Innholdet er ikke gyldig JSON i UTF-8.",
        badKey: "Idempotency-Key må ha 1–200 synlige ASCII-tegn.")
    static let nn = APITexts(
        notJSONTitle: "Innhaldet er ikkje JSON", notJSONDetail: "Send Content-Type: application/json.",
        wrongType: "Verdien har feil type eller form.", missing: "Feltet manglar.",
        brokenJSON: "Innhaldet er ikkje gyldig JSON i UTF-8.",
        badKey: "Idempotency-Key må ha 1–200 synlege ASCII-teikn.")
    static let en = APITexts(
        notJSONTitle: "The content is not JSON", notJSONDetail: "Send Content-Type: application/json.",
        wrongType: "The value has the wrong type or form.", missing: "The field is missing.",
        brokenJSON: "The content is not valid JSON in UTF-8.",
        badKey: "Idempotency-Key must be 1–200 visible ASCII characters.")
}
