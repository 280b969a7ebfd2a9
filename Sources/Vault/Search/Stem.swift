/// What Norwegian and English nouns and adjectives have in common in all their forms: `eksamen`, `eksamenen` and `eksamener` give `eksam`.
///
/// Light on purpose: it only ever shortens a word, and what it takes too much is made up for by the beginnings that are indexed too.
enum Stem {
    private static let endings = [
        "enes", "anes", "ene", "ane", "ens", "ets", "ers", "en", "et", "er", "ar", "ne", "es", "as", "a", "e", "s",
    ]
    .map { Array($0.unicodeScalars) }
    private static let vowels = Set("aeiouyæøåéèêóòôü".unicodeScalars)
    private static let shortest = 3

    static func of(_ word: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var stem = word[...]
        while let shorter = withoutEnding(stem) { stem = shorter }
        // rommet, rommene: rom
        if stem.count > shortest, let last = stem.last, stem.dropLast().last == last, !vowels.contains(last) {
            stem.removeLast()
        }
        return Array(stem)
    }

    private static func withoutEnding(_ word: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar>? {
        for ending in endings
        where word.count >= shortest + ending.count && word.suffix(ending.count).elementsEqual(ending) {
            let rest = word.dropLast(ending.count)
            // klasse: klass and not kla
            if rest.contains(where: vowels.contains) && !(ending == ["s"] && rest.last == "s") { return rest }
        }
        return nil
    }
}
