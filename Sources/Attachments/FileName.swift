/// The name under which a file is kept and downloaded.
public enum FileName {
    private static let limit = 120

    /// `raw` without folders and without what cannot be seen, and with an ending that fits `kind`: what looks like a picture
    /// must not be saved as a program.
    public static func clean(_ raw: String, kind: FileKind) -> String {
        let last = raw.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let seen = String(String.UnicodeScalarView(last.unicodeScalars.filter(isSeen)))
        let name = trimmed(String(seen.prefix(limit)))
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let fits = parts.count > 1 && !parts[0].isEmpty && kind.endings.contains(parts.last?.lowercased() ?? "")
        return fits ? name : "\(name.isEmpty ? kind.rawValue : name).\(kind.endings[0])"
    }

    /// Neither a control nor one that turns the direction of writing, and none that a file system gives a meaning to.
    private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: !#"<>:"|?*"#.unicodeScalars.contains(scalar) && scalar != "\u{FFFD}"
        }
    }

    private static func trimmed(_ name: String) -> String {
        var name = name[...]
        while let first = name.first, first.isWhitespace || first == "." { name.removeFirst() }
        while let last = name.last, last.isWhitespace || last == "." { name.removeLast() }
        return String(name)
    }
}
