import EventKit
import ModuleKit

/// A line of the file of people.
struct PersonLine: Sendable {
    static let required = ["external_id", "name", "affiliation"]
    static let optional = ["username", "email", "unit", "campus", "language"]

    let line: Int
    let externalID, name, email: String
    let username, unit, campus: String?
    let affiliation: Affiliation
    let language: Language

    /// - Throws: what is wrong with it, as `SyncRefusal.reason`s.
    init(_ row: CSVFile.Row, units: Set<String>, campuses: Set<String>) throws(Wrong) {
        line = row.line
        (externalID, name, email) = (row["external_id"], row["name"], row["email"])
        (username, unit, campus) = (row["username"].nonEmpty, row["unit"].nonEmpty, row["campus"].nonEmpty)
        guard !externalID.isEmpty, externalID.utf8.count <= 200 else { throw Wrong("external_id is empty or too long") }
        guard !name.isEmpty, name.utf8.count <= 400 else { throw Wrong("name is empty or too long") }
        guard email.utf8.count <= 320, (username ?? "").utf8.count <= 320 else {
            throw Wrong("email or username is too long")
        }
        guard let affiliation = Affiliation(rawValue: row["affiliation"]) else {
            throw Wrong("affiliation is student, employee or external, not “\(row["affiliation"])”")
        }
        self.affiliation = affiliation
        guard let language = Language(rawValue: row["language"].nonEmpty ?? "nb") else {
            throw Wrong("language is nb, nn or en, not “\(row["language"])”")
        }
        self.language = language
        if let unit, !units.contains(unit) { throw Wrong("there is no unit “\(unit)”") }
        if let campus, !campuses.contains(campus) { throw Wrong("there is no campus “\(campus)”") }
    }

    struct Wrong: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }
}

/// A line of the file of roles.
struct MembershipLine: Sendable {
    static let required = ["external_id", "role", "unit"]
    static let optional = ["from", "to"]

    let line: Int
    let externalID, unit: String
    let role: Role
    let from, to: CivilDate?

    init(_ row: CSVFile.Row, units: Set<String>) throws(PersonLine.Wrong) {
        line = row.line
        (externalID, unit) = (row["external_id"], row["unit"])
        guard let role = Role(rawValue: row["role"]) else {
            throw PersonLine.Wrong("role is one of \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.role = role
        guard units.contains(unit) else { throw PersonLine.Wrong("there is no unit “\(unit)”") }
        (from, to) = (CivilDate(row["from"]), CivilDate(row["to"]))
        for (column, date) in [("from", from), ("to", to)] where date == nil && !row[column].isEmpty {
            throw PersonLine.Wrong("\(column) is a day such as 2026-08-01, not “\(row[column])”")
        }
        if let from, let to, to < from { throw PersonLine.Wrong("to is before from") }
    }
}
