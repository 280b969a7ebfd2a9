import Testing

struct TextTests {
    @Test func `every text of the product is used`() throws {
        let sources = try Repository.sources("Sources", "Plugins").filter { !$0.path.contains("/Tests/") }
        #expect(Texts.unused(in: sources) == [])
    }

    @Test func `a text that nothing uses is reported, one used by its own struct or elsewhere is not`() {
        let texts = """
            struct DoorTexts: TextSet {
                let title, hint: String
                let names: [String: String]

                static let nb = DoorTexts(title: "Dør", hint: "hint", names: ["a": "A"])

                func name(_ id: String) -> String { names[id] ?? id }
            }
            """
        let sources = [
            Source(path: "Sources/Host/DoorTexts.swift", text: texts),
            Source(path: "Sources/Host/Door.swift", text: "let title = DoorTexts[.nb].title + door.hint"),
        ]
        #expect(Texts.unused(in: sources) == ["Sources/Host/DoorTexts.swift:2: hint"])
    }
}

/// The words of the product's pages, mails and errors.
enum Texts {
    /// Properties of a `TextSet` that no source names, as `path:line: name`.
    ///
    /// Texts are read from `text`, `desk`, `casework`, a subscript by language or a key path; what reads them from elsewhere is reported in
    /// vain.
    /// By name alone: one that two sets of texts have counts as used when either is.
    static func unused(in sources: [Source]) -> [String] {
        let named = Set(
            sources.flatMap { source in
                source.text.matches(of: /(?:\b(?:text|desk|shared|casework)|\]|\\)\.(\w+)/).map { $0.1 }
            })
        return sources.filter { $0.text.contains(/struct \w+: TextSet \{/) }.flatMap { source in
            let isDeclaration = /^ +let ([\w, ]+):/
            let own = source.code.filter { !$0.line.contains(isDeclaration) }
                .map { $0.line.replacing(/"[^"]*"/, with: "") }
            return source.code.flatMap { number, line -> [String] in
                let names = line.firstMatch(of: isDeclaration)?.1.split(separator: /, */) ?? []
                return names.filter { name in
                    !named.contains(name)
                        && !own.contains { $0.matches(of: /(\w+)(:?)/).contains { $0.1 == name && $0.2.isEmpty } }
                }.map { "\(source.path):\(number): \($0)" }
            }
        }
    }
}
