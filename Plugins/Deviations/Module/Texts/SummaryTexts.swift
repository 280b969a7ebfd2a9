import ModuleKit

/// The words of “you said, we did”: the public page, and the form that publishes.
struct SummaryTexts: TextSet {
    let title, lead, empty, allFaculties, allCampuses, show, faculty, campus: String
    let form, formHint, text, english, englishHint, isAnonymous, publish: String
    let notShown, change, withdraw, save, link: String

    static let nb = SummaryTexts(
        title: "Dere sa, vi gjorde",
        lead:
            "Dette har meldingene ført til. Ingen sak og ingen person kan kjennes igjen, og der det er få saker, vises ingenting.",
        empty: "Det er ikke noe å vise her ennå.", allFaculties: "Alle fakulteter", allCampuses: "Alle campuser",
        show: "Vis", faculty: "Fakultet", campus: "Campus",
        form: "Fortell hva saken førte til",
        formHint:
            "Vises offentlig på «Dere sa, vi gjorde», uten saksnummer og dato, og bare når enheten har avsluttet nok saker den måneden.",
        text: "Hva ble sagt, og hva ble gjort?", english: "Det samme på engelsk", englishHint: "Kan stå åpent.",
        isAnonymous: "Jeg har sett etter at ingen kan kjennes igjen", publish: "Offentliggjør",
        notShown: "vises ikke: for få saker", change: "Endre", withdraw: "Ta bort", save: "Lagre",
        link: "Hva meldingene har ført til")
    static let nn = SummaryTexts(
        title: "De sa, vi gjorde",
        lead:
            "Dette har meldingane ført til. Inga sak og ingen person kan kjennast att, og der det er få saker, blir ingenting vist.",
        empty: "Det er ikkje noko å vise her enno.", allFaculties: "Alle fakultet", allCampuses: "Alle campusar",
        show: "Vis", faculty: "Fakultet", campus: "Campus",
        form: "Fortel kva saka førte til",
        formHint:
            "Blir vist offentleg på «De sa, vi gjorde», utan saksnummer og dato, og berre når eininga har avslutta nok saker den månaden.",
        text: "Kva vart sagt, og kva vart gjort?", english: "Det same på engelsk", englishHint: "Kan stå ope.",
        isAnonymous: "Eg har sett etter at ingen kan kjennast att", publish: "Offentleggjer",
        notShown: "blir ikkje vist: for få saker", change: "Endre", withdraw: "Ta bort", save: "Lagre",
        link: "Kva meldingane har ført til")
    static let en = SummaryTexts(
        title: "You said, we did",
        lead:
            "What the reports have led to. No case and no person can be recognised, and where there are few cases nothing is shown.",
        empty: "There is nothing to show here yet.", allFaculties: "All faculties", allCampuses: "All campuses",
        show: "Show", faculty: "Faculty", campus: "Campus",
        form: "Tell what the case led to",
        formHint:
            "Shown in public on “You said, we did”, without case number and date, and only when the unit has closed enough cases that month.",
        text: "What was said, and what was done? (in Norwegian)", english: "The same in English",
        englishHint: "May be left empty.",
        isAnonymous: "I have made sure that nobody can be recognised", publish: "Publish",
        notShown: "not shown: too few cases", change: "Change", withdraw: "Take away", save: "Save",
        link: "What the reports have led to")
}
