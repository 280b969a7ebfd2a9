import Storage
import Synchronization

/// Finds people in a text by their names: who writes somebody's first and last name means that person.
///
/// Wherever in the text the two stand, in capitals or not, with or without the s of the genitive.
public struct NameFinder: Sendable {
    private struct Name: Sendable {
        let person, first, last: String
    }

    private let names: [Name]

    /// Of these people; one with a single name cannot be found.
    public init(_ people: some Sequence<Person>) {
        names = people.compactMap { person in
            let words = Self.words(person.name)
            guard words.count > 1, let first = words.first, let last = words.last else { return nil }
            return Name(person: person.id, first: first, last: last)
        }
    }

    /// The ids of those whom the text names.
    public func people(in text: String) -> Set<String> {
        var written: Set<String> = []
        for word in Self.words(text) {
            if word.utf8.last == UInt8(ascii: "s") { written.insert(String(word.dropLast())) }
            written.insert(word)
        }
        return Set(names.filter { written.contains($0.first) && written.contains($0.last) }.map(\.person))
    }

    /// Every report is read so: scalars, as characters would take four times as long.
    private static func words(_ text: String) -> [String] {
        text.unicodeScalars.split { !isLetter($0) }.map { String($0).lowercased() }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return ("a"..."z").contains(Unicode.Scalar(scalar.value | 0x20) ?? scalar) }
        return scalar.properties.isAlphabetic || scalar.properties.canonicalCombiningClass != .notReordered
    }
}

extension Directory {
    /// Finds those who have, had or will have a role in this chart, or stand in for one who does. Read once for each of its versions.
    ///
    /// - Throws: `StorageError`.
    public func names(in chart: OrganisationChart) async throws -> NameFinder {
        if let known = finder.withLock({ $0 }), known.version == chart.version { return known.names }
        let holders = chart.grantsByRole.values.joined().map(\.person) + chart.deputyshipsByDeputy.keys
        let fresh = NameFinder(try await database.read { try Directory.people(holders, in: $0) }.values)
        finder.withLock { if ($0?.version ?? 0) < chart.version { $0 = (chart.version, fresh) } }
        return fresh
    }
}
