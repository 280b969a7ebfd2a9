import HTTPTypes
import Hummingbird
import ModuleKit

/// What a request wants to see: which page, narrowed how, with which attributes.
struct ScimPage: Sendable {
    static let most = 200

    let start, count: Int
    let filter: String?
    private let attributes, excluded: Set<String>

    /// - Throws: `ScimError` 400.
    init(_ request: Request) throws {
        let query = request.uri.queryParameters
        func number(_ name: Substring) throws -> Int? {
            guard let text = query[name] else { return nil }
            guard let value = Int(text) else { throw ScimError.invalid("\(name) is a number.") }
            return value
        }
        func names(_ name: Substring) -> [String] { (query[name] ?? "").split(separator: ",").map(String.init) }
        self.init(
            start: try number("startIndex"), count: try number("count"), filter: query["filter"].map(String.init),
            attributes: names("attributes"), excluded: names("excludedAttributes"))
    }

    /// What a search sends, whose words then stand in no address (RFC 7644 § 3.4.3).
    init(search body: ScimValue) {
        func names(_ name: String) -> [String] { (body[name]?.items ?? []).compactMap(\.text) }
        func number(_ name: String) -> Int? {
            if case .number(let value)? = body[name] { Int(exactly: value) } else { nil }
        }
        self.init(
            start: number("startIndex"), count: number("count"), filter: body["filter"]?.text,
            attributes: names("attributes"), excluded: names("excludedAttributes"))
    }

    private init(start: Int?, count: Int?, filter: String?, attributes: [String], excluded: [String]) {
        self.start = min(max(1, start ?? 1), 1_000_000_000)
        self.count = min(Self.most, max(0, count ?? 100))
        self.filter = filter?.nonEmpty
        self.attributes = Set(attributes.map { Self.top($0.trimmingSpaces()) })
        self.excluded = Set(excluded.map { Self.top($0.trimmingSpaces()) })
    }

    /// The attribute of the resource itself that a path begins with.
    private static func top(_ path: String) -> String {
        let lower = path.lowercased()
        if lower.hasPrefix(ScimValue.enterprise.lowercased()) { return ScimValue.enterprise }
        let bare = lower.hasPrefix("urn:") ? path.split(separator: ":").last.map(String.init) ?? path : path
        return ScimValue.named(bare.split(separator: ".").first.map(String.init) ?? bare)
    }

    func wants(_ name: String) -> Bool {
        ["id", "schemas"].contains(name)
            || (attributes.isEmpty || attributes.contains(name)) && !excluded.contains(name)
    }

    func narrowed(_ resource: ScimValue) -> ScimValue {
        guard case .object(let fields) = resource, !(attributes.isEmpty && excluded.isEmpty) else { return resource }
        return .object(fields.filter { wants($0.key) })
    }

    /// Whether a group is meant: the filters that clients use for groups are on its name and its id.
    func fits(_ group: ScimGroup) -> Bool {
        guard let filter else { return true }
        let shown = group.shown(nil, site: "")
        guard let found = filter.wholeMatch(of: /\s*([A-Za-z.]+)\s+[eE][qQ]\s+"((?:\\.|[^"\\])*)"\s*/) else {
            return false
        }
        return shown[ScimValue.named(String(found.1))]?.text?.lowercased() == found.2.lowercased()
    }
}
