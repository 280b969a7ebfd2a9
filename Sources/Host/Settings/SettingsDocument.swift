public import ModuleKit

/// Writes settings as YAML: every key with its default and its comment. `Config/trivsel.yaml` is this text, modules' included; a test sees
/// to it.
public enum SettingsDocument {
    /// The YAML of `settings`, a section for each word of their keys but the last, in their order.
    public static func text(of settings: [Setting], required: [String: Setting.Value] = [:]) -> String {
        var lines: [String] = []
        var open: [Substring] = []
        for setting in settings {
            let words = setting.key.split(separator: ".")
            let sections = Array(words.dropLast())
            for depth in sections.indices where !open.starts(with: sections[...depth]) {
                lines += (depth == 0 ? [""] : []) + ["\(indentation(depth))\(sections[depth]):"]
            }
            open = sections
            lines.append("\(indentation(sections.count))# \(setting.comment)")
            let value = yaml(setting.defaultValue ?? required[setting.key] ?? "")
            lines.append("\(indentation(sections.count))\(words.last ?? ""): \(value)")
            if setting.key == "signIn.providers" { lines += provider }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What each provider has, as comments: there is none at first.
    private static var provider: [String] {
        ["  # Each of them has these, under its name:", "  # feide:"]
            + Settings.provider("feide").flatMap { setting in
                let key = setting.key.split(separator: ".").last ?? ""
                return ["  #   # \(setting.comment)", "  #   \(key): \(yaml(setting.defaultValue ?? ""))"]
            }
    }

    private static func indentation(_ depth: Int) -> String { String(repeating: "  ", count: depth) }

    private static func yaml(_ value: Setting.Value) -> String {
        switch value {
        case .text(let text): scalar(text)
        case .integer(let number): String(number)
        case .flag(let flag): String(flag)
        case .list(let items): "[\(items.map(scalar).joined(separator: ", "))]"
        }
    }

    /// Bare where YAML allows it without doubt, else in double quotes.
    static func scalar(_ text: String) -> String {
        let bare = text.wholeMatch(of: /[A-Za-z0-9]([A-Za-z0-9._@:\/-]*[A-Za-z0-9])?/) != nil
        if bare && !["true", "false", "yes", "no", "on", "off", "null"].contains(text.lowercased()) { return text }
        return "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
