import Crypto
import Foundation
import Storage
import Synchronization

/// Turns words into keyed tokens for a `TokenIndex`: who has the index and not the key learns no word from it.
///
/// A text is found by the beginnings of its words, and by other forms of the same word. A beginning longer than eight letters is looked
/// for by its first 8, 10, 12, 16 or 24; a single letter only as a word of its own.
public final class SearchTokens: Sendable {
    private static let lengths = [2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24]

    // Begun once: each token goes on from a copy.
    private let keyed: HMAC<SHA256>
    // Few words make up most of what is written. Some 10 MB when full.
    private let known = Mutex(GenerationCache<String, [UInt64]>(capacity: 20_000))

    init(key: SymmetricKey) { keyed = HMAC<SHA256>(key: key) }

    /// The tokens of a text, for `TokenIndex.put`: in an order that tells nothing of the text's.
    public func tokens(of text: String) -> String {
        let words = SearchWords(text).all
        var values: [UInt64] = []
        values.reserveCapacity(words.count * 6)
        known.withLock { known in
            for word in words {
                if let tokens = known[word] {
                    values += tokens
                } else {
                    let tokens = StopWords.all.contains(word) ? [] : tokens(ofWord: word)
                    known[word] = tokens
                    values += tokens
                }
            }
        }
        values.sort()
        return Self.text(of: values)
    }

    /// What a query looks for, for `TokenIndex.matching`: one group for each of its first ten words. Empty when it has no word.
    public func groups(of query: String) -> [[String]] {
        let words = SearchWords(query, atMost: 10).all
        let telling = words.filter { !StopWords.all.contains($0) }
        return (telling.isEmpty ? words : telling).map(group)
    }

    private func group(_ word: String) -> [String] {
        let letters = Array(word.unicodeScalars)
        let stem = Stem.of(letters)
        guard let length = Self.lengths.last(where: { $0 <= letters.count }) else {
            return [Self.text(of: [token(.form, stem[...])])]
        }
        let beginning = token(.beginning, letters.prefix(length))
        // All words with this stem begin with it.
        return (stem == letters ? [beginning] : [beginning, token(.form, stem[...])]).map { Self.text(of: [$0]) }
    }

    private func tokens(ofWord word: String) -> [UInt64] {
        let letters = Array(word.unicodeScalars)
        return Self.lengths.prefix { $0 <= letters.count }.map { token(.beginning, letters.prefix($0)) }
            + [token(.form, Stem.of(letters)[...])]
    }

    private enum Kind: UInt8 {
        case beginning = 1
        case form
    }

    /// 35 bits: seven letters, and no two of a language's words alike by chance.
    private func token(_ kind: Kind, _ letters: ArraySlice<Unicode.Scalar>) -> UInt64 {
        var input = [kind.rawValue]
        input.reserveCapacity(1 + letters.count * 2)
        for letter in letters { input.append(contentsOf: Unicode.UTF8.encode(letter) ?? .init()) }
        var mac = keyed
        mac.update(data: input)
        return mac.finalize().withUnsafeBytes { code in (0..<5).reduce(0) { $0 << 8 | UInt64(code[$1]) } } >> 5
    }

    /// The different ones of `values`, which are in order, in base32 with one space between.
    private static func text(of values: [UInt64]) -> String {
        String(unsafeUninitializedCapacity: max(1, values.count * 8)) { buffer in
            var at = 0
            var last: UInt64?
            for value in values where value != last {
                if last != nil {
                    buffer[at] = 0x20
                    at += 1
                }
                last = value
                for place in 0..<7 {
                    let digit = UInt8(truncatingIfNeeded: value >> UInt64(30 - 5 * place)) & 31
                    buffer[at + place] = digit < 26 ? 97 + digit : 24 + digit  // a–z, 2–7
                }
                at += 7
            }
            return at
        }
    }
}

extension Vault {
    /// The tokens of the index `name`, the same on all hosts and for ever.
    public func searchTokens(_ name: String) async throws -> SearchTokens {
        SearchTokens(key: try await table.named("search/\(name)"))
    }
}
