import Foundation

/// A JSON document that is put together from parts, each an object.
enum JSONParts {
    /// The parts as one object; of two values in the same place the later one wins.
    ///
    /// - Parameter change: what is done to it at last.
    /// - Throws: when a part is not a JSON object.
    static func joined(
        _ parts: [[UInt8]], change: ([String: Any]) -> [String: Any] = { $0 }
    ) throws -> Data {
        let document = change(try parts.reduce([:]) { merged($0, try object($1)) })
        return try JSONSerialization.data(withJSONObject: document, options: [.sortedKeys, .withoutEscapingSlashes])
    }

    private static func object(_ bytes: [UInt8]) throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
            throw CocoaError(.coderReadCorrupt)
        }
        return object
    }

    private static func merged(_ a: [String: Any], _ b: [String: Any]) -> [String: Any] {
        a.merging(b) { old, new in
            guard let old = old as? [String: Any], let new = new as? [String: Any] else { return new }
            return merged(old, new)
        }
    }
}
