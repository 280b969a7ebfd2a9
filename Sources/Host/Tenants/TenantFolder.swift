import Foundation

/// `tenants.directory`: a file of settings for each institution.
public struct TenantFolder: Sendable {
    let path: String

    /// That of the settings of a host that serves several.
    public init(_ settings: Settings) { path = settings.tenantsDirectory ?? "" }

    /// Of those that are to be served, in order; a folder that is missing holds none.
    ///
    /// - Throws: `StartFailure` when it cannot be read.
    public func names() throws -> [String] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        guard let files = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw StartFailure("tenants.directory (\(path)) cannot be read")
        }
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(".yaml".count)) }
            .filter(TenantFile.isName).sorted()
    }

    /// Writes the file of a new tenant, for its owner's eyes alone: addresses may hold passwords.
    ///
    /// - Parameter values: by key, such as `database.url`.
    /// - Throws: `StartFailure` for a name that is none or is taken, or when it cannot be written.
    public func add(_ name: String, _ values: [String: String]) throws {
        guard TenantFile.isName(name) else {
            throw StartFailure("a tenant's name is lowercase letters, digits and hyphens, not “\(name)”")
        }
        let (file, manager) = (place(of: name), FileManager.default)
        guard !manager.fileExists(atPath: file) else { throw StartFailure("there is a tenant \(name): \(file)") }
        let text = Data(Self.text(name, values).utf8)
        try? manager.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard manager.createFile(atPath: file + ".new", contents: text, attributes: [.posixPermissions: 0o600]),
            rename(file + ".new", file) == 0
        else { throw StartFailure("cannot write \(file)") }
    }

    /// Takes a tenant out; its file stays under another name.
    ///
    /// - Returns: that name.
    /// - Throws: `StartFailure` when there is no such tenant.
    public func remove(_ name: String) throws -> String {
        let kept = place(of: name) + ".removed"
        guard TenantFile.isName(name), rename(place(of: name), kept) == 0 else {
            throw StartFailure("there is no tenant \(name); `trivsel tenant list` shows them")
        }
        return kept
    }

    /// Removes the file of one that was never served.
    public func discard(_ name: String) throws { try FileManager.default.removeItem(atPath: place(of: name)) }

    private func place(of name: String) -> String { "\(path)/\(name).yaml" }

    private static func text(_ name: String, _ values: [String: String]) -> String {
        var lines = ["# The settings of \(name). What does not stand here is as in the other files."]
        let sections = Dictionary(grouping: values.keys.sorted()) { $0.prefix { $0 != "." } }
        for (section, keys) in sections.sorted(by: { $0.key < $1.key }) {
            lines.append("\(section):")
            for key in keys {
                lines.append("  \(key.dropFirst(section.count + 1)): \(SettingsDocument.scalar(values[key] ?? ""))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Settings {
    /// The address of a host name: https but on this machine. An address stays as it is.
    public func address(of host: String) -> String {
        if host.contains("://") { return host }
        return Loopback.contains(host: host) ? "http://\(host):\(httpPort)" : "https://\(host)"
    }

    /// Where the data is, without a password.
    public var shownDatabase: String { Redaction.hidingPasswords(in: databaseURL) }
}
