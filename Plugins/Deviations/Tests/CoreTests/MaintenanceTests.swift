import DeviationsCore
import EventKit
import Testing

@Suite struct CategoryTests {
    private func named(_ code: String, _ nb: String, _ nn: String, _ en: String) -> DeviationsCore.Category {
        DeviationsCore.Category(code: code, bokmaal: nb, nynorsk: nn, english: en)
    }

    @Test func `a category has a short name in each language, that no other one in use has`() throws {
        let others = [named("grading", "Sensur", "Sensur", "Grading")]
        #expect(
            throws: DeviationError.invalid([
                FieldProblem(.nameBokmaal, .taken), FieldProblem(.nameNynorsk, .missing),
                FieldProblem(.nameEnglish, .tooLong(limit: 80)),
            ])
        ) {
            try DeviationsCore.Category(
                typed: named("", " sensur ", "", String(repeating: "a", count: 81)), besides: others)
        }
        let own = try DeviationsCore.Category(
            typed: named("grading", "Sensur ", "Sensur", "Grading"), besides: others)
        #expect(own == others[0])
    }

    @Test(arguments: [
        ("Digital exam: Inspera", "digital-exam-inspera"), ("Grading", "grading-2"), ("Ære", "re"), ("Å", "category"),
    ])
    func `a code is made of the English name, unlike all others`(name: String, code: String) {
        #expect(DeviationsCore.Category.code(for: name, besides: ["grading", "other"]) == code)
    }

    @Test func `a category is put before another or last, and nothing gets lost`() {
        let codes = ["a", "b", "c"]
        #expect(DeviationsCore.Category.order(codes, placing: "c", before: "a") == ["c", "a", "b"])
        #expect(DeviationsCore.Category.order(codes, placing: "a", before: nil) == ["b", "c", "a"])
        #expect(DeviationsCore.Category.order(codes, placing: "x", before: "a") == nil)
        #expect(DeviationsCore.Category.order(codes, placing: "a", before: "x") == nil)
        #expect(DeviationsCore.Category.order(codes, placing: "a", before: "a") == nil)
    }
}

@Suite struct GuidelineVersionTests {
    private let today = CivilDate(year: 2026, month: 11, day: 27)

    private func version(_ from: String, last: String = "2023-01-01", owner: String = "Avdelingen") throws -> Guideline
    {
        try Guideline(
            validFrom: from, owner: owner, norwegian: "Meld fra", english: "Report", after: CivilDate(last),
            today: #require(today))
    }

    @Test func `a new version of the guideline comes after the last, and not in the past`() throws {
        #expect(try version("2026-11-27").validFrom == today)
        #expect(throws: DeviationError.invalid([FieldProblem(.validFrom, .inThePast)])) { try version("2026-11-26") }
        #expect(throws: DeviationError.invalid([FieldProblem(.validFrom, .notAfterLast)])) {
            try version("2027-01-01", last: "2027-01-01")
        }
        #expect(throws: DeviationError.invalid([FieldProblem(.validFrom, .tooFarAhead)])) { try version("2226-11-27") }
        #expect(
            throws: DeviationError.invalid([FieldProblem(.validFrom, .notADate), FieldProblem(.owner, .missing)])
        ) { try version("2027-02-30", owner: " ") }
    }
}
