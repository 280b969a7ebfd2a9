import ModuleKit

/// The words of the pages on who stands in for whom.
struct DeputyTexts: TextSet {
    let title, lead, allTitle, allLead, mine, nobody, standingIn, forNobody, add: String
    let person, deputy, deputyHint, role, allRoles, unit, allUnits, from, to, toHint, save, end, saved,
        untilFurtherNotice, who: String
    let period: @Sendable (_ from: String, _ to: String) -> String
    let noPerson, unknownPerson, unknown, badDate, past, loop, own, notAnEmployee, noRole, emptyPeriod, yourself: String

    static let nb = DeputyTexts(
        title: "Min stedfortreder",
        lead:
            "Så lenge perioden varer, ser og gjør stedfortrederen det samme som du i rollene du velger. Slutter du i rollen, faller sakene til stedfortrederen.",
        allTitle: "Stedfortredere", allLead: "Hvem som står inne for hvem, nå og framover.",
        mine: "Står inne for deg", nobody: "Ingen står inne for noen.", standingIn: "Du står inne for",
        forNobody: "Ingen står inne for deg.",
        add: "Ny stedfortreder", person: "Hvem skal ha stedfortreder? (e-post)", deputy: "Stedfortrederens e-post",
        deputyHint: "Begynn å skrive, så får du forslag.",
        role: "Rolle", allRoles: "Alle roller", unit: "Enhet", allUnits: "Alle enheter", from: "Fra og med",
        to: "Til og med",
        toHint: "Står det tomt, gjelder det til det avsluttes.", save: "Lagre", end: "Avslutt",
        saved: "Endringen er lagret og gjelder med en gang.",
        untilFurtherNotice: "inntil videre", who: "Hvem", period: { "\($0) – \($1)" },
        noPerson: "Skriv e-postadressen til den det gjelder.",
        unknownPerson: "Vi finner ingen med den e-postadressen.", unknown: "Velg en av dem som finnes.",
        badDate: "Skriv en dato.",
        past: "Datoen har vært.",
        loop: "Dette går i ring: stedfortrederen har alt denne personen som stedfortreder i samme tid.",
        own: "Ingen kan være sin egen stedfortreder.", notAnEmployee: "Bare ansatte kan være stedfortredere.",
        noRole: "Denne rollen kan ikke ha stedfortreder.", emptyPeriod: "Perioden slutter før den begynner.",
        yourself: "Du kan ikke gjøre deg selv til stedfortreder for andre. Be en annen administrator.")

    static let nn = DeputyTexts(
        title: "Min stadfortredar",
        lead:
            "Så lenge perioden varer, ser og gjer stadfortredaren det same som du i rollene du vel. Sluttar du i rolla, fell sakene til stadfortredaren.",
        allTitle: "Stadfortredarar", allLead: "Kven som står inne for kven, no og framover.",
        mine: "Står inne for deg", nobody: "Ingen står inne for nokon.", standingIn: "Du står inne for",
        forNobody: "Ingen står inne for deg.",
        add: "Ny stadfortredar", person: "Kven skal ha stadfortredar? (e-post)", deputy: "E-posten til stadfortredaren",
        deputyHint: "Byrj å skrive, så får du framlegg.",
        role: "Rolle", allRoles: "Alle roller", unit: "Eining", allUnits: "Alle einingar", from: "Frå og med",
        to: "Til og med",
        toHint: "Står det tomt, gjeld det til det blir avslutta.", save: "Lagre", end: "Avslutt",
        saved: "Endringa er lagra og gjeld med ein gong.",
        untilFurtherNotice: "inntil vidare", who: "Kven", period: { "\($0) – \($1)" },
        noPerson: "Skriv e-postadressa til den det gjeld.",
        unknownPerson: "Vi finn ingen med den e-postadressa.", unknown: "Vel ein av dei som finst.",
        badDate: "Skriv ein dato.",
        past: "Datoen har vore.",
        loop: "Dette går i ring: stadfortredaren har alt denne personen som stadfortredar i same tid.",
        own: "Ingen kan vere sin eigen stadfortredar.", notAnEmployee: "Berre tilsette kan vere stadfortredarar.",
        noRole: "Denne rolla kan ikkje ha stadfortredar.", emptyPeriod: "Perioden sluttar før han byrjar.",
        yourself: "Du kan ikkje gjere deg sjølv til stadfortredar for andre. Be ein annan administrator.")

    static let en = DeputyTexts(
        title: "My deputy",
        lead:
            "As long as the period lasts, the deputy sees and does what you do in the roles you choose. If your role ends, your cases fall to the deputy.",
        allTitle: "Deputies", allLead: "Who stands in for whom, now and later.",
        mine: "Stands in for you", nobody: "Nobody stands in for anybody.", standingIn: "You stand in for",
        forNobody: "Nobody stands in for you.",
        add: "New deputy", person: "Who is to have a deputy? (e-mail)", deputy: "The deputy's e-mail",
        deputyHint: "Begin to type and you get suggestions.",
        role: "Role", allRoles: "All roles", unit: "Unit", allUnits: "All units", from: "From", to: "To and including",
        toHint: "Left empty, it lasts until it is ended.", save: "Save", end: "End",
        saved: "The change is saved and counts at once.",
        untilFurtherNotice: "until further notice", who: "Who", period: { "\($0) – \($1)" },
        noPerson: "Write the e-mail address of the person.",
        unknownPerson: "We find nobody with that e-mail address.", unknown: "Choose one of those there are.",
        badDate: "Write a date.",
        past: "That date has passed.",
        loop: "This goes in a circle: the deputy already has this person as deputy in the same time.",
        own: "Nobody can be their own deputy.", notAnEmployee: "Only employees can be deputies.",
        noRole: "This role cannot have a deputy.", emptyPeriod: "The period ends before it begins.",
        yourself: "You cannot make yourself a deputy of others. Ask another administrator.")

    func message(_ error: DirectoryError) -> FieldError {
        switch error {
        case .deputyLoop: FieldError("deputy", loop)
        case .ownDeputy: FieldError("deputy", own)
        case .notAnEmployee: FieldError("deputy", notAnEmployee)
        case .roleWithoutDeputy: FieldError("role", noRole)
        case .emptyPeriod: FieldError("to", emptyPeriod)
        }
    }
}
