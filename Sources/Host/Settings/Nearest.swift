/// The one of `names` that `word` is most likely a slip of; nil when none is near.
///
/// Near is one change for every three characters, at most four, upper and lower case being the same. A name that
/// differs only in its section (`port` for `http.port`) is near when no other name ends like it.
public func nearest(to word: String, in names: [String]) -> String? {
    let limit = min(4, max(1, word.count / 3))
    let ranked = names.map { (name: $0, distance: editDistance(word.lowercased(), $0.lowercased())) }
    if let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit { return best.name }
    let sameEnd = names.filter { $0.split(separator: ".").last == word.split(separator: ".").last }
    return sameEnd.count == 1 ? sameEnd.first : nil
}

/// How many characters must be added, taken away, replaced or swapped with their neighbour (optimal string alignment).
func editDistance(_ a: String, _ b: String) -> Int {
    let a = Array(a)
    let b = Array(b)
    var beforePrevious = [Int]()
    var previous = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var best = min(previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforePrevious[j - 1] + 1) }
            row.append(best)
        }
        (beforePrevious, previous) = (previous, row)
    }
    return previous[b.count]
}
