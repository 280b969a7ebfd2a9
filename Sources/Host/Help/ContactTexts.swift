import ModuleKit

/// The words of the page on which help contacts are edited.
struct ContactTexts: TextSet {
    let title, lead, builtIn, add, edit, new, save, remove, removeHint, up, down, saved, none: String
    let kind, campus, allCampuses, name, nameHint, purpose, hours, hoursHint, phone, mail, link, linkHint, ways: String
    let missing, tooLong, unknown, noWay, badMail, badLink, badPhone: String

    static let nb = ContactTexts(
        title: "Hjelp og kontakt",
        lead: "Det som står her, vises på siden «Hjelp og kontakt» og overalt der noen melder fra.",
        builtIn: "De nasjonale nødnumrene vises til dere legger inn egne.",
        add: "Legg til", edit: "Endre", new: "Ny kontakt", save: "Lagre", remove: "Fjern",
        removeHint: "Kontakten vises ikke lenger noe sted.",
        up: "Flytt opp", down: "Flytt ned", saved: "Endringen er lagret.", none: "Ingen er lagt inn.",
        kind: "Slag", campus: "Campus", allCampuses: "Alle campuser", name: "Navn",
        nameHint: "Person, kontor eller tjeneste. Står nynorsk eller engelsk tomt, brukes bokmål.",
        purpose: "Hva man kan komme med",
        hours: "Åpningstid", hoursHint: "Kan stå tomt. Står nynorsk eller engelsk tomt, brukes bokmål.",
        phone: "Telefon", mail: "E-post", link: "Nettside", linkHint: "Begynner med https://",
        ways: "Hvordan man når dem",
        missing: "må fylles ut.", tooLong: "er for lang.", unknown: "Velg en av dem som finnes.",
        noWay: "Oppgi telefon, e-post eller nettside.", badMail: "Skriv en e-postadresse, som navn@ntnu.no.",
        badLink: "Adressen må begynne med https://.", badPhone: "Skriv et telefonnummer med sifre og mellomrom.")

    static let nn = ContactTexts(
        title: "Hjelp og kontakt",
        lead: "Det som står her, blir vist på sida «Hjelp og kontakt» og overalt der nokon melder frå.",
        builtIn: "Dei nasjonale naudnumra blir viste til de legg inn eigne.",
        add: "Legg til", edit: "Endre", new: "Ny kontakt", save: "Lagre", remove: "Fjern",
        removeHint: "Kontakten blir ikkje vist nokon stad lenger.",
        up: "Flytt opp", down: "Flytt ned", saved: "Endringa er lagra.", none: "Ingen er lagde inn.",
        kind: "Slag", campus: "Campus", allCampuses: "Alle campusar", name: "Namn",
        nameHint: "Person, kontor eller teneste. Står nynorsk eller engelsk tomt, blir bokmål brukt.",
        purpose: "Kva ein kan kome med",
        hours: "Opningstid", hoursHint: "Kan stå tomt. Står nynorsk eller engelsk tomt, blir bokmål brukt.",
        phone: "Telefon", mail: "E-post", link: "Nettside", linkHint: "Byrjar med https://",
        ways: "Korleis ein når dei",
        missing: "må fyllast ut.", tooLong: "er for lang.", unknown: "Vel ein av dei som finst.",
        noWay: "Oppgi telefon, e-post eller nettside.", badMail: "Skriv ei e-postadresse, som namn@ntnu.no.",
        badLink: "Adressa må byrje med https://.", badPhone: "Skriv eit telefonnummer med siffer og mellomrom.")

    static let en = ContactTexts(
        title: "Help and contact",
        lead: "What stands here is shown on the page “Help and contact” and wherever somebody reports.",
        builtIn: "The national emergency numbers are shown until you enter your own.",
        add: "Add", edit: "Change", new: "New contact", save: "Save", remove: "Remove",
        removeHint: "The contact is no longer shown anywhere.",
        up: "Move up", down: "Move down", saved: "The change is saved.", none: "Nobody is entered.",
        kind: "Kind", campus: "Campus", allCampuses: "All campuses", name: "Name",
        nameHint: "A person, an office or a service. If Nynorsk or English is left empty, Bokmål is used.",
        purpose: "What one can come with",
        hours: "Opening hours", hoursHint: "May be left empty. If Nynorsk or English is left empty, Bokmål is used.",
        phone: "Phone", mail: "E-mail", link: "Website", linkHint: "Begins with https://", ways: "How one reaches them",
        missing: "must be filled in.", tooLong: "is too long.", unknown: "Choose one of those there are.",
        noWay: "Give a phone number, an e-mail address or a website.",
        badMail: "Write an e-mail address, such as name@ntnu.no.",
        badLink: "The address must begin with https://.", badPhone: "Write a phone number with digits and spaces.")
}
