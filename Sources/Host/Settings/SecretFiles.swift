import Foundation
import ModuleKit

/// Secrets that stand in files of their own: `TRIVSEL_DATABASE_URL_FILE` names the file that holds what `TRIVSEL_DATABASE_URL` would be.
///
/// So it is for every setting that is secret or an address, in which a password may stand.
enum SecretFiles {
    static let ending = "_FILE"

    /// The environment, with what those files hold in place of their names.
    ///
    /// - Throws: `SettingsError` when a file cannot be read, or both variables are set. It shows nothing of what is in it.
    static func read(
        _ environment: [String: String], for declared: [Setting], in directory: String
    ) throws(SettingsError) -> [String: String] {
        let own = Set(declared.map(\.variable))
        var found = environment
        for setting in declared where setting.mayHoldSecret {
            let name = setting.variable + ending
            guard !own.contains(name), let path = found.removeValue(forKey: name) else { continue }
            guard environment[setting.variable] == nil else {
                throw SettingsError("\(setting.variable) and \(name) are both set; keep one.")
            }
            let file = URL(filePath: path, relativeTo: URL(filePath: directory, directoryHint: .isDirectory))
            guard let text = try? String(contentsOf: file, encoding: .utf8) else {
                throw SettingsError("\(name): there is no file \(path) that can be read.")
            }
            found[setting.variable] = text.trimmed
        }
        return found
    }
}

extension Setting {
    fileprivate var mayHoldSecret: Bool { if case .address = kind { true } else { isSecret } }
}
