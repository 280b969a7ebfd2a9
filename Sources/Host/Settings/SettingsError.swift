/// Why the settings cannot be used: one line that says what is wrong, where, and how to mend it.
public struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    /// Line breaks and other control characters, which may come from a value, become spaces.
    init(_ text: String) {
        description = String(text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 32 } ? " " : $0 })
    }

    static func unknown(_ name: String, at place: String?, known: [String]) -> SettingsError {
        let hint = nearest(to: name, in: known).map { "did you mean \($0)?" } ?? "Config/trivsel.yaml lists them all."
        return SettingsError((place.map { "\($0): " } ?? "") + "there is no setting \(name); \(hint)")
    }
}
