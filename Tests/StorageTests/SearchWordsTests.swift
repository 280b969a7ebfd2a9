import Foundation
import Storage
import Testing

@Suite struct SearchWordsTests {
    @Test(arguments: [
        "", "a", "Dårlig luft – på «lesesalen»", "À l'École: ÆØÅ æøå ×÷ ß Þ ÿ ÐÑÖ", "A-203 x2 2x",
        "“sitat” … ‘enkelt’\u{202F}rom",
        "e\0f\u{7F}g", String(repeating: "Å", count: 100) + " " + String(repeating: "b", count: 65), "ª²½ µ", "slutt å",
    ])
    func `a word is the same whatever other letters are in the text`(text: String) {
        // The Chinese letter has the whole text looked up in Unicode's tables.
        #expect(SearchWords(text).all + ["学"] == SearchWords(text + " 学").all)
        #expect(SearchWords(text, atMost: 2).all == Array(SearchWords(text).all.prefix(2)))
    }
}
