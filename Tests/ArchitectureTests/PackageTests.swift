import Testing

/// What every target of ours is built with.
struct PackageTests {
    @Test func `every Swift target is built with the strict settings`() throws {
        let loose = Self.looseTargets(in: try Repository.text("Package.swift"))
        #expect(loose == [])
    }

    @Test func `the strict settings are Swift 6 mode, the upcoming features, and warnings as errors`() throws {
        let package = try Repository.text("Package.swift")
        for setting in [
            #".enableUpcomingFeature("ExistentialAny")"#, #".enableUpcomingFeature("MemberImportVisibility")"#,
            #".enableUpcomingFeature("InternalImportsByDefault")"#, ".treatAllWarnings(as: .error)",
            "let pointers = strict + [.strictMemorySafety()]", "swiftLanguageModes: [.v6]",
        ] {
            #expect(package.contains(setting), "\(setting)")
        }
    }

    @Test(arguments: ["ZeroMQ", "Storage", "WebhookKit", "Workers"])
    func `a target that touches C pointers marks them`(_ name: String) throws {
        let target = Self.targets(in: try Repository.text("Package.swift")).first { $0.contains("name: \"\(name)\"") }
        #expect(target?.contains("swiftSettings: pointers") == true)
    }

    @Test func `a target without the settings is reported`() {
        let package = """
            .target(name: "EventKit", swiftSettings: strict), .target(name: "Loose", dependencies: ["EventKit"]),
            .testTarget(name: "LooseTests"), .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
            """
        #expect(Self.looseTargets(in: package) == ["Loose", "LooseTests"])
    }

    /// Names of the Swift targets that lack them. CCurl holds C.
    private static func looseTargets(in package: String) -> [String] {
        targets(in: package).filter { !$0.contains(/swiftSettings: (strict|pointers)\b/) }
            .compactMap { $0.firstMatch(of: /name: "?(\w+)/).map { String($0.1) } }.filter { $0 != "CCurl" }
    }

    /// The text of each `.target(…)`, up to its closing bracket.
    private static func targets(in package: String) -> [Substring] {
        package.matches(of: /\.(?:target|testTarget|executableTarget)\(/).map { start in
            var depth = 0
            return package[start.range.lowerBound...].prefix { character in
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                return !(character == ")" && depth == 0)
            }
        }
    }
}
