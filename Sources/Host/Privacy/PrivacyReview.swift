import CalendarKit
import Crypto
import EventKit
import Foundation
import ModuleKit
import Vault

/// A case as who answers reads it: without what tells who reported it, each part with an id to choose it by.
struct PrivacyReview: Sendable {
    struct Passage: Sendable {
        /// Made from what is shown: whoever chooses it gives out what they have read, and nothing that has come in its place.
        let id: String
        let what: Translated
        let on: CivilDate
        let text: String
    }

    struct File: Sendable {
        /// What is given out of it.
        enum Form: Sendable {
            case picture
            case text(String)
            /// As it was sent, with who made it: only when who answers has read it and says so.
            case whole
        }

        let id: String
        let name: String
        let type: String
        let size: Int
        let on: CivilDate
        /// Nil when it is no longer there.
        let form: Form?
    }

    /// What somebody has chosen of it.
    struct Choice: Sendable {
        var passages: Set<String>
        var files: Set<String>
        /// Those of `files` of which all may be given out, as who chose them has confirmed.
        var whole: Set<String> = []
        /// Words and phrases to be left out.
        var hidden: [String]
    }

    /// What stands where something is left out.
    static let mark = "█████"

    let found: FoundCase
    let passages: [Passage]
    let files: [File]

    /// - Parameter clean: what can be given out of its files, by their ids.
    init(of read: ReadCase, clean: [String: CleanFile]) {
        let hidden = read.hidden
        var ids: [String: Int] = [:]
        found = read.found
        passages = read.passages.map { passage in
            let (on, text) = (Oslo.date(at: passage.at), passage.text.hiding(hidden))
            let id = Self.id(of: "\(passage.what.nb)\n\(on)\n\(text)")
            ids[id, default: 0] += 1
            return Passage(id: "\(id)-\(ids[id] ?? 1)", what: passage.what, on: on, text: text)
        }
        files = read.files.map { one in
            let form: File.Form? =
                switch clean[one.file.id] {
                case .picture: .picture
                case .text(let text): .text(text.hiding(hidden))
                case .whole: .whole
                case nil: nil
                }
            return File(
                id: one.file.id, name: one.file.name.hiding(hidden), type: one.file.type, size: one.file.size,
                on: Oslo.date(at: one.at), form: form)
        }
    }

    private static func id(of text: String) -> String {
        Array(SHA256.hash(data: Array(text.utf8)).prefix(8)).hexadecimal
    }

    /// Whether something is chosen whole that nobody has said may be.
    func isUnconfirmed(_ choice: Choice) -> Bool {
        files.contains { file in
            guard case .whole = file.form else { return false }
            return choice.files.contains(file.id) && !choice.whole.contains(file.id)
        }
    }

    /// What is given out; nil when something that was chosen is not there, or not as it was read.
    func extract(_ choice: Choice) -> PrivacyExtract? {
        let (some, given) = (
            passages.filter { choice.passages.contains($0.id) },
            files.filter { $0.form != nil && choice.files.contains($0.id) }
        )
        guard some.count == choice.passages.count, given.count == choice.files.count else { return nil }
        return PrivacyExtract(
            number: found.number,
            passages: some.map { .init(what: $0.what, on: "\($0.on)", text: $0.text.hiding(choice.hidden)) },
            files: given.map { file in
                switch file.form {
                case .text(let text): .init(id: file.id, text: text.hiding(choice.hidden), type: nil)
                case .whole: .init(id: file.id, text: nil, type: file.type)
                case .picture, nil: .init(id: file.id, text: nil, type: nil)
                }
            })
    }
}

extension String {
    /// With every place where one of these words stands, in capitals or not, replaced by a mark; the longest words first.
    fileprivate func hiding(_ words: [String]) -> String {
        words.map { $0.trimmingSpaces() }.filter { !$0.isEmpty }.sorted { $0.count > $1.count }.reduce(self) {
            $0.replacingOccurrences(of: $1, with: PrivacyReview.mark, options: .caseInsensitive)
        }
    }
}
