import EventKit
import Foundation
import Vault
public import WhistleblowingCore

/// A case as it lies in the database: closed.
struct SealedWhistleblow: Sendable {
    let id, campus: String
    let version: Int
    let keyID: CaseKey.ID
    let state: State
    let receivedOn: CivilDate
    let acknowledgedOn, feedbackOn, concludedOn, deleteOn: CivilDate?
    let news: News
    let sealed: [UInt8]

    /// - Throws: `VaultError` when it was sealed by another key or changed.
    func open(_ key: CaseKey) throws -> StoredWhistleblow {
        let content = try Seal.open(sealed, as: Whistleblow.Content.self, by: key, at: Seal.content(id))
        let whistleblow = Whistleblow(
            id: id, campus: campus, receivedOn: receivedOn, state: state, acknowledgedOn: acknowledgedOn,
            feedbackOn: feedbackOn,
            concludedOn: concludedOn, deleteOn: deleteOn, content: content)
        return StoredWhistleblow(whistleblow: whistleblow, version: version, news: news, key: key)
    }
}

/// A case that has been opened.
public struct StoredWhistleblow: Sendable {
    public let whistleblow: Whistleblow
    public let version: Int
    public let news: News
    let key: CaseKey
}

/// Whether something in a case waits to be seen by its keepers.
public enum News: String, Sendable {
    case none, new
    /// They have a mail.
    case told
}

/// How values of this module are sealed: JSON, each at its place.
enum Seal {
    static func content(_ id: String) -> CaseKey.Place { CaseKey.Place("whistleblowing.case", row: id) }

    static func entry(_ id: String, _ number: Int) -> CaseKey.Place {
        CaseKey.Place("whistleblowing.entry", row: "\(id)/\(number)")
    }

    static func close(_ value: some Encodable, by key: CaseKey, at place: CaseKey.Place) throws -> [UInt8] {
        try key.seal(bytes: Array(JSONEncoder().encode(value)), as: place)
    }

    static func open<Value: Decodable>(
        _ sealed: [UInt8], as type: Value.Type, by key: CaseKey, at place: CaseKey.Place
    ) throws -> Value {
        try JSONDecoder().decode(type, from: Data(try key.open(bytes: sealed, as: place)))
    }
}
