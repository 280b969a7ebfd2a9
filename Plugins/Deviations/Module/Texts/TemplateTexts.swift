import ModuleKit

/// The words of reply templates: their page, and where they are used.
struct TemplateTexts: TextSet {
    let title, lead, empty, new, name, nameHint, unit, bokmaal, nynorsk, english, placeholders, save, delete, edit, use,
        useHint, link, unknownPlaceholder: String

    static let nb = TemplateTexts(
        title: "Svarmaler", lead: "Svar enheten ofte sender, på tre språk. Melderen får sitt eget språk.",
        empty: "Enheten har ingen maler ennå.", new: "Ny mal", name: "Navn", nameHint: "Det dere velger malen ved.",
        unit: "Enhet", bokmaal: "Bokmål", nynorsk: "Nynorsk", english: "Engelsk",
        placeholders:
            "Fylles ut for hver sak: {number} saksnummer, {received} mottatt, {due} frist, {expected} nytt svar ventes.",
        save: "Lagre malen", delete: "Slett malen", edit: "Endre", use: "Bruk en svarmal",
        useHint: "Teksten settes inn i svaret, så du kan endre den før du sender.", link: "Svarmaler",
        unknownPlaceholder: "Bare {number}, {received}, {due} og {expected} kan fylles ut.")
    static let nn = TemplateTexts(
        title: "Svarmalar", lead: "Svar eininga ofte sender, på tre språk. Meldaren får sitt eige språk.",
        empty: "Eininga har ingen malar enno.", new: "Ny mal", name: "Namn", nameHint: "Det de vel malen ved.",
        unit: "Eining", bokmaal: "Bokmål", nynorsk: "Nynorsk", english: "Engelsk",
        placeholders:
            "Blir fylt ut for kvar sak: {number} saksnummer, {received} motteken, {due} frist, {expected} nytt svar er venta.",
        save: "Lagre malen", delete: "Slett malen", edit: "Endre", use: "Bruk ein svarmal",
        useHint: "Teksten blir sett inn i svaret, så du kan endre han før du sender.", link: "Svarmalar",
        unknownPlaceholder: "Berre {number}, {received}, {due} og {expected} kan fyllast ut.")
    static let en = TemplateTexts(
        title: "Reply templates",
        lead: "Replies that the unit often sends, in three languages. The reporter gets their own.",
        empty: "The unit has no templates yet.", new: "New template", name: "Name",
        nameHint: "What you choose the template by.", unit: "Unit", bokmaal: "Bokmål", nynorsk: "Nynorsk",
        english: "English",
        placeholders:
            "Filled in for each case: {number} case number, {received} received, {due} due, {expected} new answer expected.",
        save: "Save the template", delete: "Delete the template", edit: "Change", use: "Use a reply template",
        useHint: "The text is put into the reply, so that you can change it before you send it.",
        link: "Reply templates",
        unknownPlaceholder: "Only {number}, {received}, {due} and {expected} can be filled in.")
}
