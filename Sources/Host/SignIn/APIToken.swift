import CalendarKit
public import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit

/// A key to the API, as its owner and those who run the host see it: never the secret.
public struct APIToken: Sendable, Hashable {
    /// What it opens.
    public enum Scope: String, Sendable, CaseIterable {
        case read
        /// Reading too.
        case write
        /// Keeping people up to date by SCIM, and nothing else.
        case scim

        /// Those that people make for themselves.
        static let own: [Scope] = [.read, .write]
    }

    /// Days that a new one can be good for: it has to be made anew at least once a year.
    public static let days = 1...365
    /// Characters of a name.
    public static let mostName = 100
    /// So many a person can have made on their page at a time.
    static let most = 20

    public let id, person: String
    /// What its owner calls it; may be empty.
    public let name: String
    public let scope: Scope
    public let made, expires: Timestamp
    /// The last day on which it was used, in Norway; nil before the first.
    public let usedOn: CivilDate?

    /// All of it, for whoever runs the host.
    public var line: String {
        let days = "made \(Oslo.date(at: made))  until \(Oslo.date(at: expires))"
        let used = usedOn.map { "last used \($0)" } ?? "never used"
        return "\(id)  \(person)  \(scope.rawValue)  \(days)  \(used)\(name.isEmpty ? "" : "  \(name)")"
    }

    /// Whether a name can stand on a line: nothing in it moves the cursor.
    public static func isName(_ text: String) -> Bool {
        text.unicodeScalars.count <= mostName
            && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}

extension Request {
    /// Whether it changes nothing by its method.
    var isSafe: Bool { [.get, .head, .options].contains(method) }
}
