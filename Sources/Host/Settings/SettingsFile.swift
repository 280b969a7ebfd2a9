import Configuration
import Foundation
import ModuleKit
import Yams

/// One YAML file of settings.
///
/// The values are read by swift-configuration. It does not say which keys a file has nor where, and a misspelt one must
/// stop the start with its line, so the file is walked with Yams first.
struct SettingsFile {
    private enum Leaf: Equatable { case value, nothing }

    /// As written in `TRIVSEL_CONFIG`.
    let name: String
    private let snapshot: YAMLSnapshot?
    private let leaves: [(key: String, leaf: Leaf, line: Int)]

    /// Nil when there is no such file.
    init?(_ name: String, in directory: String) throws {
        self.name = name
        do {
            let data = try Data(contentsOf: URL(filePath: name.hasPrefix("/") ? name : "\(directory)/\(name)"))
            let root = try Self.root(of: data, in: name)
            leaves = try Self.leaves(of: root, under: "", in: name)
            // A file of comments sets nothing; swift-configuration refuses it.
            snapshot =
                root.isEmpty ? nil : try YAMLSnapshot(data: data.bytes, providerName: name, parsingOptions: .default)
        } catch let error as CocoaError {
            if error.code == .fileReadNoSuchFile { return nil }
            let reason =
                error.code == .fileReadNoPermission ? "this user may not read it" : "it cannot be read as a file"
            throw SettingsError("\(name): \(reason).")
        } catch let error as YamlError {
            throw SettingsError(error.line.map { "\(name):\($0)" } ?? name, broken: error)
        }
    }

    private static func root(of data: Data, in name: String) throws -> Node.Mapping {
        guard let root = try Parser(yaml: data).singleRoot(), root.null == nil else { return [:] }
        guard let mapping = root.mapping else {
            throw SettingsError("\(name): write settings as “section:” and below it, indented, “key: value”.")
        }
        return mapping
    }

    private static func leaves(
        of mapping: Node.Mapping, under section: String, in name: String
    ) throws -> [(key: String, leaf: Leaf, line: Int)] {
        try mapping.flatMap { keyNode, node in
            let line = keyNode.mark?.line ?? 1
            guard let word = keyNode.scalar?.string else {
                throw SettingsError("\(name):\(line): a key must be a word.")
            }
            if let inner = node.mapping { return try leaves(of: inner, under: "\(section)\(word).", in: name) }
            if let items = node.sequence, !items.allSatisfy({ $0.scalar != nil }) {
                throw SettingsError("\(name):\(line): \(section)\(word) may list single values only.")
            }
            return [(section + word, node.null == nil ? .value : .nothing, line)]
        }
    }

    /// Throws when the file sets what nobody declared, or sets a key to nothing, or twice.
    func check(against declared: [Setting]) throws {
        let keys = declared.map(\.key)
        var seen: Set<String> = []
        for (key, leaf, line) in leaves {
            let place = "\(name):\(line)"
            guard seen.insert(key).inserted else { throw SettingsError("\(place): \(key) is set twice; keep one.") }
            if keys.contains(key) {
                if leaf == .nothing {
                    throw SettingsError("\(place): \(key) has no value; give it one or take the line out.")
                }
            } else if keys.contains(where: { $0.hasPrefix(key + ".") }) {
                if leaf == .value {
                    throw SettingsError("\(place): \(key) is a section; put its settings below it, indented.")
                }
            } else {
                throw SettingsError.unknown(key, at: place, known: keys)
            }
        }
    }
}

extension SettingsFile: SettingsSource {
    func name(of setting: Setting) -> String {
        "\(name):\(leaves.first { $0.key == setting.key }?.line ?? 1)"
    }

    func content(of setting: Setting) throws -> ConfigContent? {
        try snapshot?.value(forKey: setting.configKey, type: setting.configType).value?.content
    }

    func written(_ setting: Setting) -> String? {
        guard case .string(let text) = try? snapshot?.value(forKey: setting.configKey, type: .string).value?.content
        else {
            return nil
        }
        return text
    }
}

extension SettingsError {
    init(_ place: String, broken error: YamlError) {
        let problem =
            switch error {
            case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _),
                .reader(let problem, _, _, _):
                problem
            case .duplicatedKeysInMapping(let keys, _): "\(keys.sorted().joined(separator: ", ")) is there twice"
            case .dataCouldNotBeDecoded: "it is not UTF-8"
            default: "it has no meaning"
            }
        self.init("\(place): this is not readable as YAML: \(problem).")
    }
}

extension YamlError {
    /// Where it went wrong, counted from 1.
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }
}
