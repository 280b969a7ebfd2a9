/// The declaration of one setting: its key, what it takes, its default and what it is for.
///
/// A module lists its settings in its manifest, each key beginning with the module's name (`deviations.replyDays`).
/// Whatever is declared can be set in `Config/trivsel.yaml` and in the environment, is checked at start, and is shown
/// by `trivsel config`.
public struct Setting: Sendable, Hashable {
    /// What a setting takes.
    public enum Kind: Sendable, Hashable {
        /// Any text on one line.
        case text
        /// A text that begins with one of these, such as `smtp://`.
        case address([String])
        /// Lowercase letters, digits and hyphens.
        case name
        case choice([String])
        case integer(ClosedRange<Int>)
        case flag
        case list
        /// A list of days: `12-24` each year, `2026-12-28` once.
        case days
    }

    /// What a setting is set to.
    public enum Value: Sendable, Hashable {
        case text(String)
        case integer(Int)
        case flag(Bool)
        case list([String])
    }

    /// Dotted camelCase: `http.publicUrl`.
    public let key: String
    public let kind: Kind
    /// Nil when the setting is required. A text may be set empty only if its default is.
    public let defaultValue: Value?
    /// One sentence for whoever runs the installation; it stands above the key in `Config/trivsel.yaml`.
    public let comment: String
    /// Never shown, not even in part. A password inside an address is hidden without this.
    public let isSecret: Bool

    public init(_ key: String, _ kind: Kind, default defaultValue: Value?, secret: Bool = false, _ comment: String) {
        self.key = key
        self.kind = kind
        self.defaultValue = defaultValue
        self.isSecret = secret
        self.comment = comment
    }

    /// The environment variable that sets it: `http.publicUrl` is `TRIVSEL_HTTP_PUBLIC_URL`.
    public var variable: String {
        var name = "TRIVSEL_"
        var previous: Character = "."
        for character in key {
            if previous.isLowercase && character.isUppercase { name += "_" }
            name += character == "." ? "_" : character.uppercased()
            previous = character
        }
        return name
    }
}

extension Setting.Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .flag(value) }
    public init(arrayLiteral elements: String...) { self = .list(elements) }
}

/// The values of the declared settings, checked.
public struct SettingValues: Sendable {
    private let values: [String: Setting.Value]

    public init(_ values: [String: Setting.Value]) { self.values = values }

    /// The text at `key`; throws `UndeclaredSetting`, as do the other three.
    public func text(_ key: String) throws(UndeclaredSetting) -> String {
        guard case .text(let value) = values[key] else { throw UndeclaredSetting(key: key) }
        return value
    }

    /// The whole number at `key`.
    public func integer(_ key: String) throws(UndeclaredSetting) -> Int {
        guard case .integer(let value) = values[key] else { throw UndeclaredSetting(key: key) }
        return value
    }

    /// The yes or no at `key`.
    public func flag(_ key: String) throws(UndeclaredSetting) -> Bool {
        guard case .flag(let value) = values[key] else { throw UndeclaredSetting(key: key) }
        return value
    }

    /// The list at `key`.
    public func list(_ key: String) throws(UndeclaredSetting) -> [String] {
        guard case .list(let value) = values[key] else { throw UndeclaredSetting(key: key) }
        return value
    }
}

/// Code asked for a setting that nobody declared, or declared as something else.
public struct UndeclaredSetting: Error, Sendable, CustomStringConvertible {
    public let key: String

    public var description: String { "The setting \(key) is not declared, or not as what the program reads it as." }
}
