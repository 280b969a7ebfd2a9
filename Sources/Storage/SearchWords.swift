import Foundation

/// The different words of a text, in lower case, as a search index keeps and looks for them.
///
/// Made before the transaction: cutting a text costs more than storing its words.
public struct SearchWords: Sendable, Hashable {
    package let all: [String]

    /// At most `limit` words, each cut after 64 characters, which is beyond any real word.
    public init(_ text: String, atMost limit: Int = 5000) {
        var words: [String] = []
        var seen: Set<String> = []
        // å may come as one character or as a and a ring: the same word.
        let isComposed = !text.unicodeScalars.contains { (0x300...0x36F).contains($0.value) }
        let scalars = (isComposed ? text : text.precomposedStringWithCanonicalMapping).lowercased().unicodeScalars
        for run in scalars.split(whereSeparator: { !Self.isPartOfWord($0) }) where words.count < limit {
            let word = String(String.UnicodeScalarView(run.prefix(64)))
            if seen.insert(word).inserted { words.append(word) }
        }
        all = words
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || ("A"..."Z").contains(scalar)
        }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}
