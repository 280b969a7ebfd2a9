import ModuleKit

/// The words around the policy.
struct PolicyTexts: TextSet {
    let title, lead, made, signedIn, keptAway, unknown, nobody: String
    /// The act, where the thing has to stand, who may, who is told no.
    let columns: [String]
    /// A relation and the role it ends with.
    let asLongAs: @Sendable (String, String) -> String
    /// Where a thing stands.
    let about: @Sendable (String) -> String

    func list(_ people: [String]) -> String { people.isEmpty ? nobody : people.joined(separator: "; ") }

    static let nb = PolicyTexts(
        title: "Hvem som får gjøre hva",
        lead:
            "En rolle gjelder for enheten den er gitt ved og enhetene under den. Det som angår alle, krever rollen ved selve institusjonen. Den som ikke står på en linje, får nei.",
        made: "Denne siden skrives av `trivsel policy`.", signedIn: "alle som er logget inn",
        keptAway: "en sak man holdes utenfor",
        unknown: "For alle andre er det som om det ikke finnes: svaret er det samme som for noe som aldri har vært.",
        nobody: "–", columns: ["Hva", "Når", "Hvem får", "Hvem får nei"],
        asLongAs: { "\($0), så lenge rollen \($1) varer" },
        about: { "Om \($0)" })
    static let nn = PolicyTexts(
        title: "Kven som får gjere kva",
        lead:
            "Ei rolle gjeld for eininga ho er gitt ved og einingane under henne. Det som gjeld alle, krev rolla ved sjølve institusjonen. Den som ikkje står på ei linje, får nei.",
        made: "Denne sida blir skriven av `trivsel policy`.", signedIn: "alle som er logga inn",
        keptAway: "ei sak ein blir halden utanfor",
        unknown: "For alle andre er det som om det ikkje finst: svaret er det same som for noko som aldri har vore.",
        nobody: "–", columns: ["Kva", "Når", "Kven får", "Kven får nei"],
        asLongAs: { "\($0), så lenge rolla \($1) varer" },
        about: { "Om \($0)" })
    static let en = PolicyTexts(
        title: "Who may do what",
        lead:
            "A role counts for the unit it is given at and the units below. What concerns everybody takes the role at the institution itself. Who does not stand on a line is told no.",
        made: "This page is written by `trivsel policy`.", signedIn: "everybody who is signed in",
        keptAway: "a case one is kept away from",
        unknown: "For everybody else it is as if it did not exist: the answer is that for something that never was.",
        nobody: "–", columns: ["What", "When", "Who may", "Who is told no"],
        asLongAs: { "\($0), as long as they have the role \($1)" }, about: { "About \($0)" })
}
