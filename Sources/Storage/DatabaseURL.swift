import Foundation

/// Where a database is: `sqlite:<path>` or `postgres://user@host1,host2/name?target_session_attrs=read-write`.
public struct DatabaseURL: Sendable, Hashable {
    enum Location: Hashable {
        case file(String)
        /// A connection string, passed to libpq as it is.
        case server(String)
    }

    let location: Location

    /// Reads the text of a setting.
    ///
    /// - Throws: ``StorageError`` when it is of neither form.
    public init(_ text: String) throws {
        if text.hasPrefix("sqlite:") {
            var path = text.dropFirst("sqlite:".count)
            if path.hasPrefix("//") { path = path.dropFirst(2) }
            guard !path.isEmpty else {
                throw StorageError(.other, "the database URL names no file: write sqlite:<path>")
            }
            location = .file(String(path))
        } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            location = .server(Self.encrypted(text))
        } else {
            throw StorageError(.other, "the database URL must begin with sqlite: or postgres://")
        }
    }

    /// The role that it names; nil for SQLite, and where PostgreSQL's own default counts.
    public var role: String? {
        guard case .server(let url) = location, let scheme = url.range(of: "://") else { return nil }
        let rest = url[scheme.upperBound...]
        if let at = rest.prefix(while: { $0 != "/" && $0 != "?" }).firstIndex(of: "@") {
            return rest[..<at].prefix { $0 != ":" }.removingPercentEncoding
        }
        let options = rest.drop { $0 != "?" }.dropFirst().split(separator: "&")
        return options.first { $0.hasPrefix("user=") }?.dropFirst("user=".count).removingPercentEncoding
    }

    /// SQLite's file; nil for PostgreSQL.
    package var filePath: String? { if case .file(let path) = location { path } else { nil } }

    /// Which engine it names.
    public var dialect: Dialect {
        switch location {
        case .file: .sqlite
        case .server: .postgres
        }
    }
}

extension DatabaseURL: CustomStringConvertible {
    /// The URL with its password as `***`, and without its options, which may hold one too.
    public var description: String {
        switch location {
        case .file(let path): return "sqlite:\(path)"
        case .server(let url):
            let visible = url.prefix { $0 != "?" }
            guard let at = visible.lastIndex(of: "@"), let scheme = visible.range(of: "://"),
                let colon = visible[scheme.upperBound..<at].firstIndex(of: ":")
            else { return String(visible) }
            return "\(visible[..<colon]):***\(visible[at...])"
        }
    }
}
