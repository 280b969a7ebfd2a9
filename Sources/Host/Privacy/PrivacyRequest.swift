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

/// Why a request may be refused: data, as is the law it stands in.
struct PrivacyGround: Sendable, Hashable {
    let code: String
    let kind: PrivacyRequest.Kind
    let names: Translated

    var law: LegalReference.Key { .refusal(code) }
}

/// A case that a request is answered from.
struct PrivacyCase: Sendable, Hashable {
    let module: String
    /// The case's id in its module.
    let id: String
    /// What is given out of it, sealed by the case's own key.
    let extract: [UInt8]?

    /// What the audit trail calls it.
    var auditObject: String { "\(module)/\(id)" }
}

/// What is given out of a case.
struct PrivacyExtract: Sendable, Hashable, Codable {
    struct Passage: Sendable, Hashable, Codable {
        let what: Translated
        let on: String
        let text: String
    }

    /// A file as it is given out: numbered, as its name was its sender's.
    struct File: Sendable, Hashable, Codable {
        /// Its id in the case.
        let id: String
        /// All of it, when it is text; else it stays with the case.
        let text: String?
        /// The media type of what is given out as it was sent; nil for text, and for a picture, which was made anew.
        let type: String?
    }

    let number: String
    let passages: [Passage]
    /// Not there in what was sealed by an older version.
    var files: [File]?
}
