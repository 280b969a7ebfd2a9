/// Who signed in, as far as the provider says.
public struct Identity: Sendable, Hashable {
    /// What somebody is at the institution.
    public enum Affiliation: Sendable, Hashable { case student, employee, other }

    /// Together they name the person for good; neither a name nor an address does.
    public let issuer, subject: String
    public let name, email: String?
    /// `kari@ntnu.no`: what the institution itself calls the person.
    public let principalName: String?
    /// Nil when the provider does not say.
    public let affiliation: Affiliation?
    /// How they showed who they are.
    public let acr: String?
    /// For signing out at the provider.
    public let idToken: String

    init(issuer: String, subject: String, claims: Claims, acr: String?, idToken: String) {
        (self.issuer, self.subject, self.acr, self.idToken) = (issuer, subject, acr, idToken)
        name = claims.name.flatMap { Self.line($0, most: 200) }
        email = claims.email.flatMap { Self.line($0, most: 320) }
        principalName = claims.principalName.flatMap { Self.line($0, most: 320) }
        affiliation = Self.affiliation(claims)
    }

    /// The primary one decides for who is both; where none is said, being a student does.
    private static func affiliation(_ claims: Claims) -> Affiliation? {
        let all = (claims.affiliation?.values ?? []) + [claims.primaryAffiliation].compactMap(\.self)
        guard !all.isEmpty else { return nil }
        let first = [claims.primaryAffiliation].compactMap(\.self)
        for said in [first, all] {
            if said.contains("student") { return .student }
            if !employees.isDisjoint(with: said) { return .employee }
        }
        return .other
    }

    private static let employees: Set = ["employee", "faculty", "staff"]

    /// One line without what moves a cursor; nil when nothing is left.
    private static func line(_ text: String, most: Int) -> String? {
        let plain = text.unicodeScalars.filter {
            ![.control, .format, .lineSeparator].contains($0.properties.generalCategory)
        }
        let line = String(String(String.UnicodeScalarView(plain)).prefix(most))
        return line.contains { !$0.isWhitespace } ? line : nil
    }
}
