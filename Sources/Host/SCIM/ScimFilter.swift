import HTTPTypes
import ModuleKit
import Storage

/// A filter of RFC 7644 § 3.4.2.2 on people, as SQL: comparisons, `and`, `or`, `not` and parentheses.
struct ScimFilter {
    private var words: [Substring]
    private var place = 0

    /// - Throws: `ScimError` 400 `invalidFilter`.
    static func sql(_ text: String) throws -> SQL {
        var filter = ScimFilter(words: try split(text))
        let sql = try filter.any()
        guard filter.place == filter.words.count else { throw filter.broken }
        return sql
    }

    private var broken: ScimError {
        ScimError(
            .badRequest, "invalidFilter", "The filter cannot be read, or names an attribute that cannot be looked for.")
    }

    private init(words: [Substring]) { self.words = words }

    private mutating func next() throws -> Substring {
        guard place < words.count else { throw broken }
        place += 1
        return words[place - 1]
    }

    private mutating func takes(_ word: String) -> Bool {
        guard place < words.count, words[place].lowercased() == word else { return false }
        place += 1
        return true
    }

    private mutating func any() throws -> SQL {
        var parts = [try all()]
        while takes("or") { parts.append(try all()) }
        return "(" + SQL.joined(parts, separator: " OR ") + ")"
    }

    private mutating func all() throws -> SQL {
        var parts = [try one()]
        while takes("and") { parts.append(try one()) }
        return "(" + SQL.joined(parts, separator: " AND ") + ")"
    }

    private mutating func one() throws -> SQL {
        if takes("not") { return "NOT " + (try one()) }
        if takes("(") {
            let inner = try any()
            guard takes(")") else { throw broken }
            return inner
        }
        let (attribute, comparison) = (try next().lowercased(), try next().lowercased())
        guard comparison == "pr" else { return try compared(attribute, comparison, try next()) }
        return try column(attribute) + " IS NOT NULL"
    }

    private func compared(_ attribute: String, _ comparison: String, _ value: Substring) throws -> SQL {
        if attribute == "active" {
            guard comparison == "eq" || comparison == "ne", value == "true" || value == "false" else { throw broken }
            return (value == "true") == (comparison == "eq") ? "ended_at IS NULL" : "ended_at IS NOT NULL"
        }
        guard value.count >= 2, value.first == "\"", value.last == "\"" else { throw broken }
        let text = String(value.dropFirst().dropLast()).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
        let column = try column(attribute)
        let isExact = ["id", "externalid"].contains(attribute)
        let (left, right): (SQL, SQL) = isExact ? (column, "\(text)") : ("LOWER(" + column + ")", "LOWER(\(text))")
        let escaped = String(text.flatMap { "!%_".contains($0) ? ["!", $0] : [$0] } as [Character])
        func like(_ pattern: String) -> SQL {
            left + (isExact ? " LIKE \(pattern)" : " LIKE LOWER(\(pattern))") + " ESCAPE '!'"
        }
        switch comparison {
        case "eq": return left + " = " + right
        case "ne": return "(" + left + " <> " + right + " OR " + column + " IS NULL)"
        case "co": return like("%" + escaped + "%")
        case "sw": return like(escaped + "%")
        case "ew": return like("%" + escaped)
        default: throw broken
        }
    }

    private func column(_ attribute: String) throws -> SQL {
        switch attribute {
        case "id": "id"
        case "username": "username"
        case "externalid": "external_id"
        case "emails", "emails.value": "email"
        case "displayname", "name.formatted": "name"
        default: throw broken
        }
    }

    /// Words, parentheses and quoted values.
    private static func split(_ text: String) throws -> [Substring] {
        var words: [Substring] = []
        var rest = text[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if first == "(" || first == ")" {
                words.append(rest.prefix(1))
                rest.removeFirst()
            } else if first == "\"" {
                guard let value = rest.prefixMatch(of: /"(\\.|[^"\\])*"/)?.output.0 else {
                    throw ScimError(.badRequest, "invalidFilter", "A quotation mark is not closed.")
                }
                words.append(value)
                rest = rest[value.endIndex...]
            } else {
                let word = rest.prefix { !$0.isWhitespace && $0 != "(" && $0 != ")" }
                words.append(word)
                rest = rest[word.endIndex...]
            }
            guard words.count < 100 else { throw ScimError(.badRequest, "tooMany", "The filter is too long.") }
        }
        return words
    }
}
