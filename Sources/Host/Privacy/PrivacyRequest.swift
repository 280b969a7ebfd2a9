import EventKit
import ModuleKit
import Vault

/// What somebody asks about their own data, and what came of it.
struct PrivacyRequest: Sendable, Hashable {
    /// What is asked; the raw value stands in the database.
    enum Kind: String, Sendable, CaseIterable {
        /// To see what concerns them in cases that others have reported.
        case access
        /// To have what they have reported erased.
        case erasure
    }

    enum State: String, Sendable, CaseIterable {
        case open, granted, partly, refused
    }

    /// What is written in it; sealed.
    struct Content: Sendable, Hashable, Codable {
        /// Whom it concerns, as they are called.
        var name: String
        /// How they are reached when they cannot sign in.
        var contact: String
        var text: String
        /// The answer they get.
        var answer = ""
    }

    let id: String
    var version: Int
    let kind: Kind
    /// Id of whom it concerns; nil for somebody who cannot sign in.
    let person: String?
    let receivedOn: CivilDate
    /// The last day to answer: one month (GDPR article 12(3)).
    let dueOn: CivilDate
    var state: State
    var decidedOn: CivilDate?
    /// Code of the ground on which it is refused, in part or whole.
    var ground: String?
    let keyID: CaseKey.ID
    var content: Content
}

/// Why a request may be refused: data, with the law it stands in.
struct PrivacyGround: Sendable, Hashable {
    let code: String
    let kind: PrivacyRequest.Kind
    let law: String
    let names: Translated
}

/// A case that a request is answered from.
struct PrivacyCase: Sendable, Hashable {
    let module: String
    /// The case's id in its module.
    let id: String
    /// What is given out of it, sealed by the case's own key.
    let extract: [UInt8]?
}

/// What is given out of a case.
struct PrivacyExtract: Sendable, Hashable, Codable {
    struct Passage: Sendable, Hashable, Codable {
        let what: Translated
        let on: String
        let text: String
    }

    /// What stands where something is left out.
    static let mark = "█████"

    let number: String
    let passages: [Passage]

    /// The chosen passages without what tells who reported, and without what else must not be given out.
    init(of read: ReadCase, choosing chosen: Set<Int>, hiding words: [String], on date: (Timestamp) -> CivilDate) {
        number = read.found.number
        let hidden = (read.hidden + words).map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
            .sorted { $0.count > $1.count }
        passages = read.passages.enumerated().filter { chosen.contains($0.offset) }.map { _, passage in
            Passage(
                what: passage.what, on: "\(date(passage.at))",
                text: hidden.reduce(passage.text) { $0.hiding($1, behind: Self.mark) })
        }
    }
}

extension String {
    /// With every place where `word` stands, in capitals or not, replaced.
    fileprivate func hiding(_ word: String, behind mark: String) -> String {
        var (left, rest) = ("", self[...])
        while let found = rest.firstRange(ofWord: word) {
            left += rest[..<found.lowerBound] + mark
            rest = rest[found.upperBound...]
        }
        return left + rest
    }
}

extension Substring {
    fileprivate func firstRange(ofWord word: String) -> Range<Index>? {
        let sought = word.lowercased()
        return indices.lazy.compactMap { start -> Range<Index>? in
            guard let end = index(start, offsetBy: word.count, limitedBy: endIndex),
                self[start..<end].lowercased() == sought
            else { return nil }
            return start..<end
        }.first
    }
}
