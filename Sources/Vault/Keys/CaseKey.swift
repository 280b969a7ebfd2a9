import Crypto
import EventKit
import Foundation
public import Storage

/// The key under which everything of one case is sealed. Destroying it erases the case, copies and backups of the data included.
public struct CaseKey: Sendable {
    public let id: ID
    let secret: SymmetricKey
    private let shown = ShownText()

    init(id: ID, secret: SymmetricKey) { (self.id, self.secret) = (id, secret) }

    /// Where something sealed belongs: it opens nowhere else. `"deviations.title"`, or with the row it stands in.
    public struct Place: Sendable, Hashable, ExpressibleByStringLiteral {
        let name: [UInt8]

        public init(stringLiteral name: String) { self.name = Array(name.utf8) }

        /// A place of which there are many, one for each `row`.
        public init(_ name: String, row: String) { self.name = Array("\(name)/\(row)".utf8) }
    }

    /// Seals a text; 29 bytes longer than its UTF-8.
    public func seal(_ text: String, as place: Place) throws -> [UInt8] { try seal(bytes: Array(text.utf8), as: place) }

    /// Seals bytes.
    public func seal(bytes: [UInt8], as place: Place) throws -> [UInt8] {
        try Sealing.seal(bytes, by: secret, as: context(place))
    }

    /// The text that was sealed by this key as `place`.
    ///
    /// - Throws: ``VaultError`` (`damaged`).
    public func open(_ sealed: [UInt8], as place: Place) throws -> String {
        guard let text = String(validating: try opened(sealed, place), as: UTF8.self) else { throw VaultError.damaged }
        return text
    }

    /// The same for the one text by which a case stands in lists: as long as the key is in memory, the text last opened is there too.
    ///
    /// - Throws: ``VaultError`` (`damaged`).
    public func openShown(_ sealed: [UInt8], as place: Place) throws -> String {
        if let text = shown.find(sealed, place) { return text }
        let text = try open(sealed, as: place)
        shown.keep(text, sealed, place)
        return text
    }

    /// The bytes that were sealed by this key as `place`.
    ///
    /// - Throws: ``VaultError`` (`damaged`).
    public func open(bytes sealed: [UInt8], as place: Place) throws -> [UInt8] { [UInt8](try opened(sealed, place)) }

    private func opened(_ sealed: [UInt8], _ place: Place) throws -> Data {
        try Sealing.open(sealed, by: secret, as: context(place))
    }

    private func context(_ place: Place) -> [UInt8] {
        var context = [UInt8]()
        context.reserveCapacity(16 + place.name.count)
        id.append(to: &context)
        context += place.name
        return context
    }
}

extension CaseKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "key \(id)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

extension CaseKey {
    /// Names a key: 16 bytes, stored in a column of bytes (`dialect.blob`).
    public struct ID: Sendable, Hashable {
        private let high: UInt64
        private let low: UInt64

        /// Nil unless there are 16 bytes.
        public init?(_ bytes: [UInt8]) {
            guard bytes.count == 16 else { return nil }
            var (high, low): (UInt64, UInt64) = (0, 0)
            for index in 0..<8 {
                high = high << 8 | UInt64(bytes[index])
                low = low << 8 | UInt64(bytes[8 + index])
            }
            (self.high, self.low) = (high, low)
        }

        /// A new one for a batch of keys: six bytes of a time, so that keys are stored in about their order, and ten of chance.
        static func make(milliseconds: Int64) -> ID {
            ID(high: UInt64(milliseconds) << 16 | UInt64.random(in: 0...0xFFFF), low: .random(in: 0...(.max)))
        }

        private init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

        /// As they are stored.
        public var bytes: [UInt8] {
            var bytes = [UInt8]()
            append(to: &bytes)
            return bytes
        }

        func append(to bytes: inout [UInt8]) {
            bytes.reserveCapacity(bytes.count + 16)
            withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { bytes.append(contentsOf: $0) }
        }
    }
}

extension CaseKey.ID: SQLBindable, CustomStringConvertible {
    public var sqlValue: SQLValue { .blob(bytes) }

    /// 32 hexadecimal digits.
    public var description: String { bytes.hexadecimal }
}
