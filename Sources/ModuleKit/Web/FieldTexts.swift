/// The words that fields bring themselves.
struct FieldTexts: TextSet {
    /// Nothing in the list has what was typed.
    let noMatch, read: String

    static let nb = FieldTexts(
        noMatch: "Ingen treff. Prøv et annet ord, eller slett det for å se hele listen.", read: "Les den")
    static let nn = FieldTexts(
        noMatch: "Ingen treff. Prøv eit anna ord, eller slett det for å sjå heile lista.", read: "Les ho")
    static let en = FieldTexts(
        noMatch: "No match. Try another word, or delete it to see the whole list.", read: "Read it")
}
