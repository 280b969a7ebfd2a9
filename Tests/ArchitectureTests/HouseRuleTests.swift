import Testing

struct HouseRuleTests {
    @Test(arguments: HouseRules.code)
    func `no source outside tests escapes the house style`(_ rule: HouseRule) throws {
        let sources = try Repository.sources("Sources", "Plugins").filter { !$0.path.contains("/Tests/") }
        let places = try sources.flatMap(rule.places)
        #expect(places == [])
    }

    @Test(arguments: HouseRules.tests)
    func `no test escapes the house style`(_ rule: HouseRule) throws {
        let places = try tests().flatMap(rule.places)
        #expect(places == [])
    }

    @Test func `every test expects something`() throws {
        let idle = try tests().flatMap(HouseRules.idleTests)
        #expect(idle == [])
    }

    @Test(arguments: HouseRules.code + HouseRules.tests)
    func `a line that breaks a rule is reported, the same in a comment is not`(_ rule: HouseRule) throws {
        let text = "// \(rule.trips)\n\(rule.trips)\n"
        #expect(
            try rule.places(in: Source(path: "Sources/Host/Planted.swift", text: text)) == [
                "Sources/Host/Planted.swift:2: \(rule.trips)"
            ])
    }

    @Test func `the law may stand in what an installation begins with, and nowhere else`() throws {
        let rule = try #require(HouseRules.code.first { $0.name == "law in code" })
        for (file, count) in [("A+Migration", 0), ("FirstData", 0), ("PrivacyTexts", 1)] {
            let source = Source(
                path: "Plugins/Deviations/Module/\(file).swift", text: "let law = \"GDPR Article 82\"\n")
            #expect(try rule.places(in: source).count == count, "\(file)")
        }
    }

    @Test func `a test without an expectation is reported, its neighbours are not`() {
        let text = """
            @Test func `it adds`() { #expect(1 + 1 == 2) }
            @Test(arguments: [1, 2])
            func `it runs`(_ number: Int) {
                if number > 1 { print(number) }
            }
            @Test func `it holds`() throws {
                try checkOrder(of: [1])
            }
            """
        #expect(
            HouseRules.idleTests(in: Source(path: "Tests/ATests/Planted.swift", text: text)) == [
                "Tests/ATests/Planted.swift:2: expects nothing"
            ])
    }

    /// This folder plants what it forbids.
    private func tests() throws -> [Source] {
        try Repository.sources("Tests", "Plugins")
            .filter { $0.path.contains("Tests/") && !$0.path.hasPrefix("Tests/ArchitectureTests/") }
    }
}
