public import EventKit
public import Storage

extension Directory {
    /// Who is meant by an id, a user name or an e-mail address: nobody, one, or several who share the address. No one who has left.
    public static func people(known text: String, at now: Timestamp, in reader: Reader) throws -> [Person] {
        let text = text.trimmingSpaces()
        guard !text.isEmpty else { return [] }
        if let person = try person(text, in: reader) ?? person(username: text, in: reader) {
            return person.isHere(at: now) ? [person] : []
        }
        return try reader.query(
            "\(personColumns) WHERE LOWER(email) = \(text.lowercased()) ORDER BY name, id LIMIT 20", person
        ).filter { $0.isHere(at: now) }
    }

    /// People whose names have all of these words in them, by name; at most `limit`. No one who has left.
    public static func people(named text: String, at now: Timestamp, limit: Int, in reader: Reader) throws -> [Person] {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init).prefix(5)
        guard words.contains(where: { $0.count > 1 }) else { return [] }
        let conditions = words.map { word -> SQL in
            // SQLite knows the small letters of ASCII only: “Å” stays as it was typed.
            let forms = Set(
                [word.lowercased(), word.prefix(1).uppercased() + word.dropFirst().lowercased()].map(asciiLowered))
            return "("
                + SQL.joined(forms.sorted().map { "LOWER(name) LIKE \(pattern($0)) ESCAPE '!'" }, separator: " OR ")
                + ")"
        }
        return try reader.query(
            """
            \(personColumns) WHERE \(SQL.joined(conditions, separator: " AND ")) AND (ended_at IS NULL OR ended_at > \(now))
            ORDER BY name, id LIMIT \(limit)
            """, person)
    }

    private static func asciiLowered(_ text: String) -> String {
        String(text.map { $0.isASCII ? Character($0.lowercased()) : $0 })
    }

    private static func pattern(_ text: String) -> String {
        "%" + text.flatMap { "!%_".contains($0) ? ["!", $0] : [$0] } + "%"
    }
}
