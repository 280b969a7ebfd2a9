public import Hummingbird
public import Vault

/// A submitted form: names and values as they were typed, and what is wrong with them so far.
public struct FormData: Sendable {
    private var values: [String: [String]]
    /// The fields' names, in the order in which they first came.
    public private(set) var names: [String]
    /// Not empty means: store nothing, show the form again with what was typed.
    public var errors: [FieldError]
    /// The files that came with it, taken and not attached yet.
    public var files: [SealedFile] = []

    public init(values: [String: [String]] = [:], errors: [FieldError] = []) {
        (self.values, self.errors, names) = (values, errors, values.keys.sorted())
    }

    /// The first value of a field, line ends as `\n`; empty when it is not there.
    public subscript(name: String) -> String {
        get { values[name]?.first ?? "" }
        set {
            if values.updateValue([newValue], forKey: name) == nil { names.append(name) }
        }
    }

    /// All values of a field that can be chosen more than once.
    public func all(_ name: String) -> [String] { values[name] ?? [] }

    public func error(_ field: String) -> String? { errors.first { $0.field == field }?.message }

    /// Reads `application/x-www-form-urlencoded`. A value that is not UTF-8, or has a NUL, is an error of its field,
    /// and stays with � where it cannot be read.
    public init(urlEncoded body: some Sequence<UInt8>, language: Language) {
        self.init()
        for pair in Array(body).split(separator: 0x26) {
            let halves = pair.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(decoding: Self.decoded(halves[0]), as: UTF8.self)
            append(name, Self.decoded(halves.count > 1 ? halves[1] : []), language)
        }
    }

    /// Adds a value as it was sent.
    mutating func append(_ name: String, _ value: [UInt8], _ language: Language) {
        // Nor can NUL be shown or stored.
        if value.contains(0) || String(validating: value, as: UTF8.self) == nil {
            errors.append(FieldError(name, ProblemTexts[language].notUTF8))
        }
        // Browsers send line breaks as CR LF.
        let text = String(decoding: value, as: UTF8.self).replacing("\r\n", with: "\n")
        if values[name] == nil { names.append(name) }
        values[name, default: []].append(text.replacing("\0", with: "\u{FFFD}"))
    }

    /// Sets all values of a field.
    public mutating func set(_ name: String, to all: [String]) {
        if values.updateValue(all, forKey: name) == nil { names.append(name) }
    }

    private static func decoded(_ encoded: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encoded.count)
        var rest = encoded[...]
        while let byte = rest.popFirst() {
            if byte == 0x25, rest.count >= 2, let high = hex(rest[rest.startIndex]),
                let low = hex(rest[rest.startIndex + 1])
            {
                bytes.append(high << 4 | low)
                rest.removeFirst(2)
            } else {
                bytes.append(byte == 0x2B ? 0x20 : byte)
            }
        }
        return bytes
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}

extension AppContext {
    /// The form the browser sent. A wrong or missing form token is an error of the form: what was typed is shown again.
    ///
    /// - Throws: `Problem` when the body is over the limit or not a form.
    public func form(_ request: Request) async throws -> FormData {
        let visit = try visit
        guard request.isForm else { throw Problem.malformed(visit.language) }
        return checked(FormData(urlEncoded: try await body(request), language: visit.language), visit)
    }

    /// The form, with an error when its token is not one that was shown in this session.
    func checked(_ form: FormData, _ visit: Visit) -> FormData {
        var form = form
        if !visit.accepts(formToken: form["_token"]) {
            // Somebody else may have signed in since it was typed.
            let text = ProblemTexts[visit.language]
            let name = visit.viewer?.person.name
            form.errors.insert(FieldError("", text.forgedForm + (name.map { " " + text.sentAs($0) } ?? "")), at: 0)
        }
        return form
    }

    /// The request's body.
    ///
    /// - Throws: `Problem` 413 when it is over the limit.
    public func body(_ request: Request) async throws -> [UInt8] {
        do {
            return Array(buffer: try await request.body.collect(upTo: maxUploadSize))
        } catch {
            throw Problem.tooLarge(try visit.language, limit: maxUploadSize)
        }
    }
}

extension Visit {
    /// Whether a form with this token was shown in this session.
    public func accepts(formToken token: String) -> Bool {
        guard let expected = formToken, !expected.isEmpty, expected.utf8.count == token.utf8.count else { return false }
        // Compared in constant time: the answer's speed must not tell how much of it was right.
        return zip(expected.utf8, token.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension Request {
    /// Whether the body is said to be `application/x-www-form-urlencoded`.
    public var isForm: Bool { headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") ?? false }
}
