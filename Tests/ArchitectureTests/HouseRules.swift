/// What the house style forbids in a line of code.
struct HouseRule: Sendable, CustomStringConvertible {
    let name: String
    /// A regular expression for what a line may not hold.
    let pattern: String
    /// A line that the rule must report.
    let trips: String
    /// Parts of the names of files that it does not count for.
    var exempt: [String] = []

    var description: String { name }

    func places(in source: Source) throws -> [String] {
        let file = source.path.split(separator: "/").last ?? ""
        return exempt.contains { file.contains($0) } ? [] : source.places(of: try Regex(pattern))
    }
}

/// The rules for lines. Force unwrapping is not among them: `!` is told from "not" by the compiler alone.
enum HouseRules {
    /// Everywhere outside tests.
    static let code = [
        HouseRule(
            name: "@unchecked Sendable", pattern: #"@unchecked\s+Sendable"#,
            trips: "final class A: @unchecked Sendable {}"),
        HouseRule(
            name: "nonisolated(unsafe)", pattern: #"nonisolated\s*\(\s*unsafe"#, trips: "nonisolated(unsafe) var a = 1"),
        HouseRule(name: "@preconcurrency", pattern: "@preconcurrency", trips: "@preconcurrency import Dispatch"),
        HouseRule(name: "@_exported", pattern: "@_exported", trips: "@_exported import Foundation"),
        HouseRule(name: "try!", pattern: #"\btry!"#, trips: "let a = try! load()"),
        HouseRule(name: "as!", pattern: #"\bas!"#, trips: "let a = b as! String"),
        HouseRule(
            name: "fatalError", pattern: #"\b(fatalError|preconditionFailure)\("#, trips: "default: fatalError()"),
        HouseRule(name: "Task.detached", pattern: #"\bTask\.detached\b"#, trips: "Task.detached { work() }"),
        // Data with a day from which it counts; what an installation begins with is released once.
        HouseRule(
            name: "law in code", pattern: #"§|\b([Aa]rtikkel|[Aa]rticle|art\.) \d"#,
            trips: #"let law = "forvaltningsloven § 11 a""#, exempt: ["Migration", "FirstData"]),
    ]

    /// In tests.
    static let tests = [
        HouseRule(
            name: "sleeping to wait", pattern: #"\b(Task\.sleep|usleep|nanosleep|sleep)\("#,
            trips: "try await Task.sleep(for: .seconds(1))"),
        HouseRule(
            name: "a process started beside others", pattern: #"\bProcess\(\)|\bposix_spawn"#,
            trips: "let process = Process()"),
        HouseRule(
            name: "a test switched off", pattern: #"@(Test|Suite)\(.*\.(disabled|enabled)\("#,
            trips: #"@Test(.disabled("later")) func later() {}"#),
    ]

    /// Tests that expect nothing, as `path:line: …`. A function of the tests' own that expects has `expect` or `check`
    /// in its name.
    static func idleTests(in source: Source) -> [String] {
        let code = source.code
        return code.indices.filter { code[$0].line.contains(/@Test\b/) }.compactMap { start in
            var depth = 0
            var hasBody = false
            var expects = false
            for (_, line) in code[start...] {
                depth += line.count { $0 == "{" } - line.count { $0 == "}" }
                hasBody = hasBody || line.contains(/\bfunc\b/)
                expects = expects || line.contains(/(?i)expect|check|#require|confirmation\(|Issue\.record/)
                if hasBody, depth <= 0, line.contains("}") { break }
            }
            return expects ? nil : "\(source.path):\(code[start].number): expects nothing"
        }
    }
}
