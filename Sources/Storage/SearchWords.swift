import Foundation

/// The different words of a text, in lower case, as a search index keeps and looks for them.
///
/// Made before the transaction: cutting a text costs more than storing its words.
public struct SearchWords: Sendable, Hashable {
    package let all: [String]

    /// At most `limit` words, each cut after 64 characters, which is beyond any real word.
    public init(_ text: String, atMost limit: Int = 5000) {
        all = Self.latinWords(text, limit) ?? Self.words(text, limit)
    }

    private static let longest = 64

    private static func words(_ text: String, _ limit: Int) -> [String] {
        var words: [String] = []
        var seen: Set<String> = []
        // å may come as one character or as a and a ring: the same word.
        let isComposed = !text.unicodeScalars.contains { (0x300...0x36F).contains($0.value) }
        let scalars = (isComposed ? text : text.precomposedStringWithCanonicalMapping).lowercased().unicodeScalars
        for run in scalars.split(whereSeparator: { !Self.isPartOfWord($0) }) where words.count < limit {
            let word = String(String.UnicodeScalarView(run.prefix(longest)))
            if seen.insert(word).inserted { words.append(word) }
        }
        return words
    }

    /// The same from the bytes, in a quarter of the time; nil when they hold more than the letters of western Europe.
    private static func latinWords(_ text: String, _ limit: Int) -> [String]? {
        var text = text
        return text.withUTF8 { bytes in
            var (words, seen, word, length) = ([String](), Set<String>(), [UInt8](), 0)
            func end() {
                guard length > 0 else { return }
                let text = String(decoding: word, as: UTF8.self)
                if words.count < limit && seen.insert(text).inserted { words.append(text) }
                word.removeAll(keepingCapacity: true)
                length = 0
            }
            func add(_ letter: UInt8, after lead: UInt8? = nil) {
                length += 1
                guard length <= longest else { return }
                if let lead { word.append(lead) }
                word.append(letter)
            }
            var at = 0
            while at < bytes.count {
                let byte = unsafe bytes[at]
                at += 1
                switch byte {
                case 0x30...0x39, 0x61...0x7A: add(byte)
                case 0x41...0x5A: add(byte | 0x20)
                case 0..<0x80: end()
                case 0xC3:  // À–ÿ, among them × and ÷
                    let next = unsafe bytes[at]
                    at += 1
                    if next == 0x97 || next == 0xB7 {
                        end()
                    } else {
                        add(next < 0x9F ? next | 0x20 : next, after: byte)
                    }
                case 0xC2 where unsafe [0xA0, 0xAB, 0xBB].contains(bytes[at]):  // A space and « »
                    at += 1
                    end()
                case 0xE2 where unsafe bytes[at] == 0x80 && bytes[at + 1] < 0xB0:  // Dashes, quotation marks and spaces
                    at += 2
                    end()
                default: return nil
                }
            }
            end()
            return words
        }
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
