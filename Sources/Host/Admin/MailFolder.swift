import Foundation

/// The mails that were written as files because no SMTP server is configured.
struct MailFolder: Sendable {
    let path: String

    /// File names, newest first; they begin with the time.
    func newest(limit: Int) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return Array(names.filter { $0.hasSuffix(".eml") }.sorted(by: >).prefix(limit))
    }

    /// The message as it was written; nil when there is none of that name in this very folder.
    func message(_ name: String) -> String? {
        guard name.hasSuffix(".eml"), !name.contains("/"), !name.hasPrefix("."),
            let data = FileManager.default.contents(atPath: "\(path)/\(name)")
        else { return nil }
        return String(decoding: data, as: UTF8.self)
    }
}
