import ModuleKit

/// A setting as it stands, fit to be shown: secrets and passwords are hidden.
public struct ResolvedSetting: Sendable, Hashable {
    public let key: String
    public let value: String
    /// `default`, the environment variable, or the file with its line.
    public let source: String

    init(setting: Setting, value: Setting.Value, source: String) {
        key = setting.key
        self.source = source
        self.value = setting.isSecret ? Redaction.mark : Redaction.hidingPasswords(in: value.text)
    }
}

/// Hides passwords in what is shown.
enum Redaction {
    static let mark = "<redacted>"

    /// `text` without the password of an address: `postgres://user:<redacted>@host/name`, also as `?password=`.
    ///
    /// A password may itself hold `@`, `/` or `:` unescaped, so everything from the first colon to the last `@` goes.
    static func hidingPasswords(in text: String) -> String {
        var text = text
        if let scheme = text.firstRange(of: "://"), let at = text.lastIndex(of: "@"), at > scheme.upperBound,
            let colon = text[scheme.upperBound..<at].firstIndex(of: ":")
        {
            text.replaceSubrange(text.index(after: colon)..<at, with: mark)
        }
        return text.replacing(/((?:^|[?&\s])(?:ssl)?password=)[^&\s]*/.ignoresCase()) { "\($0.1)\(mark)" }
    }
}

extension Setting.Value {
    /// As one would write it in the environment.
    var text: String {
        switch self {
        case .text(let value): value
        case .integer(let value): String(value)
        case .flag(let value): String(value)
        case .list(let value): value.joined(separator: ",")
        }
    }
}
