/// What holds inside the folders of a feature module, where the compiler does not look.
enum ModuleFolders {
    /// SQL that stands outside `Module/Storage`, as `path:line: …`.
    static func straySQL(in source: Source) -> [String] {
        let inStorage = source.path.contains(/^Plugins\/\w+\/Module\/Storage\//)
        return inStorage
            ? []
            : source.places(
                of: /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|(CREATE|ALTER|DROP) (TABLE|INDEX)) +["\\\w*(]/)
    }

    /// Tables that a module creates, changes, refers to or reads, and that do not carry its prefix, as `path:line: …`.
    static func strayTables(in source: Source) -> [String] {
        let prefix = source.path.split(separator: "/")[1].lowercased() + "_"
        let statement =
            /\b(?:(?:CREATE (?:VIRTUAL )?|ALTER |DROP )TABLE(?: IF (?:NOT )?EXISTS)?|REFERENCES|INSERT INTO|DELETE FROM|FROM|JOIN(?: LATERAL)?|UPDATE(?! SET)) +(?!LATERAL\b)"?(?<table>[A-Za-z]\w*)/
        return source.code.flatMap { number, line in
            line.matches(of: statement).map { String($0.table) }.filter {
                !$0.hasPrefix(prefix) && !isLocal($0, in: source)
            }
            .map { "\(source.path):\(number): \($0) does not begin with \(prefix)" }
        }
    }

    /// A name that a `WITH` of the same source makes, or a table-valued function.
    private static func isLocal(_ name: String, in source: Source) -> Bool {
        source.text.contains("\(name) AS (") || source.text.contains("WITH \(name) (")
            || source.text.contains("\(name)(")
    }

    /// The headings of a module's README, in order.
    static let headings = ["What it does", "Settings", "Events", "Tables", "Routes", "Who may"]

    /// What is wrong with a module's README.
    static func faults(inReadme text: String, of module: String) -> [String] {
        let lines = text.split(separator: "\n").map(String.init)
        let found = lines.filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) }
        let title = lines.first?.hasPrefix("# \(module)") == true ? [] : ["begins with the module's name, # \(module)"]
        return title + headings.filter { !found.contains($0) }.map { "has no heading \($0)" }
    }
}
