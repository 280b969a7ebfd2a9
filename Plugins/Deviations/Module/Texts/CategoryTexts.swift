import ModuleKit

/// The words of the pages on which the categories are maintained.
struct CategoryTexts: TextSet {
    /// Of the area; of its tab.
    let area, title: String
    let lead, inUse, retired, retiredHint, noneRetired, new, newHint, names, edit, up, down, save, add, back: String
    let retire, retireHint, reuse, reuseHint, saved, added, last, taken, isRetired: String
    /// What stands there now, after somebody else has changed it.
    let now: @Sendable (String) -> String

    static let nb = CategoryTexts(
        area: "Oppsett", title: "Kategorier",
        lead: "Det en melding kan gjelde. Endringer vises med en gang i skjemaet.",
        inUse: "I bruk", retired: "Tatt ut av bruk",
        retiredHint:
            "Nye meldinger kan ikke velge dem. Saker som har dem, beholder dem, og listene kan fortsatt velges ut etter dem.",
        noneRetired: "Ingen er tatt ut av bruk.", new: "Ny kategori",
        newHint: "Den kommer sist. Du kan flytte den etterpå.", names: "Navn", edit: "Endre", up: "Flytt opp",
        down: "Flytt ned", save: "Lagre", add: "Legg til", back: "Alle kategorier", retire: "Ta ut av bruk",
        retireHint: "Nye meldinger kan ikke velge den. Saker som har den, beholder den.", reuse: "Ta i bruk igjen",
        reuseHint: "Nye meldinger kan velge den igjen.", saved: "Endringen er lagret.",
        added: "Kategorien er lagt til.",
        last: "Dette er den siste kategorien i bruk. Legg til en annen først.",
        taken: "En annen kategori heter det. Velg et annet navn.", isRetired: "Tatt ut av bruk",
        now: { "Nå står det: \($0). Lagrer du, gjelder det du har skrevet." })
    static let nn = CategoryTexts(
        area: "Oppsett", title: "Kategoriar",
        lead: "Det ei melding kan gjelde. Endringar blir viste med ein gong i skjemaet.",
        inUse: "I bruk", retired: "Teke ut av bruk",
        retiredHint:
            "Nye meldingar kan ikkje velje dei. Saker som har dei, beheld dei, og listene kan framleis veljast ut etter dei.",
        noneRetired: "Ingen er tekne ut av bruk.", new: "Ny kategori",
        newHint: "Han kjem sist. Du kan flytte han etterpå.", names: "Namn", edit: "Endre", up: "Flytt opp",
        down: "Flytt ned", save: "Lagre", add: "Legg til", back: "Alle kategoriar", retire: "Ta ut av bruk",
        retireHint: "Nye meldingar kan ikkje velje han. Saker som har han, beheld han.", reuse: "Ta i bruk igjen",
        reuseHint: "Nye meldingar kan velje han igjen.", saved: "Endringa er lagra.", added: "Kategorien er lagd til.",
        last: "Dette er den siste kategorien i bruk. Legg til ein annan først.",
        taken: "Ein annan kategori heiter det. Vel eit anna namn.", isRetired: "Teke ut av bruk",
        now: { "No står det: \($0). Lagrar du, gjeld det du har skrive." })
    static let en = CategoryTexts(
        area: "Setup", title: "Categories", lead: "What a report may be about. The form shows changes at once.",
        inUse: "In use", retired: "Out of use",
        retiredHint:
            "New reports cannot choose them. Cases that have them keep them, and lists can still be narrowed to them.",
        noneRetired: "None is out of use.", new: "New category", newHint: "It comes last. You can move it afterwards.",
        names: "Name", edit: "Change", up: "Move up", down: "Move down", save: "Save", add: "Add",
        back: "All categories", retire: "Take out of use",
        retireHint: "New reports cannot choose it. Cases that have it keep it.", reuse: "Use again",
        reuseHint: "New reports can choose it again.", saved: "The change is saved.", added: "The category is added.",
        last: "This is the last category in use. Add another one first.",
        taken: "Another category is called that. Choose another name.", isRetired: "Out of use",
        now: { "It now says: \($0). If you save, what you have written counts." })
}
