import ModuleKit
import Testing
import TrivselTesting

/// Whom a text names.
@Suite struct NameFinderTests {
    private func found(_ text: String) -> Set<String> {
        let names = ["lars": "Lars Eirik Berg", "mona": "Mona Ås-Lie", "single": "Cher"]
        let people = names.map { id, name in
            Person(
                id: id, name: name, email: "\(id)@example.no", language: .nb, affiliation: .employee, unit: nil,
                campus: nil)
        }
        return NameFinder(people).people(in: text)
    }

    @Test(arguments: [
        "Lars Berg", "berg, LARS", "Lars Bergs beskjed", "Jeg spurte Lars. Han er jo en Berg.", "«Lars Eirik Berg»",
    ])
    func `first and last name are enough, in any order and case, with the s of the genitive`(text: String) {
        #expect(found(text) == ["lars"])
    }

    @Test(arguments: ["Lars", "Berg", "Lar Berg", "Lars Bergen", "Larsberg", "Cher", ""])
    func `one name, part of a name or another name is nobody`(text: String) { #expect(found(text).isEmpty) }

    @Test func `a name with a hyphen is found by what stands first and last`() {
        #expect(found("Det var Mona Ås-Lie som sa det") == ["mona"])
        #expect(found("Det var Mona Lie som sa det") == ["mona"])
    }
}
