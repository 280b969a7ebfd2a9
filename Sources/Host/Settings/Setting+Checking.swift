import CalendarKit
import Configuration
import ModuleKit

extension Setting {
    /// What a provider is asked for.
    var configType: ConfigType {
        switch kind {
        case .text, .address, .name, .choice: .string
        case .integer: .int
        case .flag: .bool
        case .list, .days: .stringArray
        }
    }

    /// The value that `content` is; nil when this setting does not take it.
    func value(from content: ConfigContent) -> Value? {
        switch content {
        case .string(let text): accepts(text.trimmed) ? .text(text.trimmed) : nil
        case .int(let number): accepts(number) ? .integer(number) : nil
        case .bool(let flag): .flag(flag)
        case .stringArray(let items):
            items.map(\.trimmed).filter { !$0.isEmpty }.allSatisfy(accepts)
                ? .list(items.map(\.trimmed).filter { !$0.isEmpty }) : nil
        default: nil
        }
    }

    private func accepts(_ number: Int) -> Bool {
        guard case .integer(let range) = kind else { return false }
        return range.contains(number)
    }

    private func accepts(_ text: String) -> Bool {
        if text.isEmpty { return defaultValue == .text("") }
        if text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) { return false }
        return switch kind {
        case .text, .list: true
        case .address(let beginnings): beginnings.contains { text.hasPrefix($0) }
        case .name: text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        case .choice(let choices): choices.contains(text)
        case .days: ClosedDay(text) != nil
        case .integer, .flag: false
        }
    }

    /// Completes the sentence “http.port takes …”.
    var expectation: String {
        switch kind {
        case .text: "one line of text"
        case .address(let beginnings): "an address that begins with \(beginnings.joined(separator: " or "))"
        case .name: "lowercase letters, digits and hyphens"
        case .choice(let choices): "one of \(choices.joined(separator: ", "))"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .flag: "true or false"
        case .list: "a list, written [a, b] in a file and a,b in the environment"
        case .days: "a list of days such as 12-24 or 2026-12-28"
        }
    }
}

extension Setting.Kind {
    /// What stands for a value that is not needed.
    var empty: Setting.Value {
        switch self {
        case .text, .address, .name, .choice: ""
        case .integer: 0
        case .flag: false
        case .list, .days: []
        }
    }
}

extension String {
    /// Without the spaces and line breaks around it.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
