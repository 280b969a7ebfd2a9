/// An address to send to or from, in ASCII (`local@domain`), with an optional name.
public struct MailAddress: Sendable, Hashable {
    public let name: String?
    public let address: String

    /// Reads `kari@example.org` or `Trivsel <trivsel@example.org>`; nil for anything else.
    ///
    /// Quoted local parts and non-ASCII addresses are refused: few servers take them, and they are how a header is
    /// injected.
    public init?(_ text: String) {
        let text = text.trimming(" ")
        if text.hasSuffix(">"), let open = text.lastIndex(of: "<") {
            let name = text[..<open].trimming(" ").trimming("\"")
            guard !name.unicodeScalars.contains(where: \.isControl) else { return nil }
            self.name = name.isEmpty ? nil : name
            address = String(text[text.index(after: open)...].dropLast())
        } else {
            name = nil
            address = text
        }
        guard Self.isWellFormed(address) else { return nil }
    }

    /// The lengths are those of RFC 5321 § 4.5.3.1.
    private static func isWellFormed(_ address: String) -> Bool {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, address.utf8.count <= 254, (1...64).contains(parts[0].utf8.count) else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return consists(parts[0], of: "!#$%&'*+/=?^_`{|}~.-")
            && labels.allSatisfy { !$0.isEmpty && consists($0, of: "-") }
    }

    private static func consists(_ text: Substring, of marks: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.isASCIILetterOrDigit || marks.unicodeScalars.contains($0) }
    }
}

extension Unicode.Scalar {
    var isASCIILetterOrDigit: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }

    /// True also for the two that end a line in Unicode: some readers of headers treat them so.
    var isControl: Bool { properties.generalCategory == .control || value == 0x2028 || value == 0x2029 }
}

extension StringProtocol {
    func trimming(_ character: Character) -> String {
        String(drop { $0 == character }.reversed().drop { $0 == character }.reversed())
    }
}
