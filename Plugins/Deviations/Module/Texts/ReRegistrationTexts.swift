import ModuleKit

/// The intake officer's words for a report that is a whistleblow, or holds one, and for one that was withdrawn.
struct ReRegistrationTexts: TextSet {
    let censurable, byReporter, reRegister, part, whole, reason, reasonHint, whatHappens: String
    let partHint, keptTitle, keptText, whistleblowText, whistleblowTextHint, keptSteps, keptStepsHint: String
    let along, alongHint, everyReport: String
    let onItsWay, onItsWayHint, notSealed, notSealedHint, callBack, takenAlready: String
    let vaultAwayTitle, vaultAway: String
    let afterWithdrawal, withdrawnNote, goesOn, stop, goOn, goOnReason, goOnHint, decide: String

    static let nb = ReRegistrationTexts(
        censurable:
            "Alvorlige og kritikkverdige forhold skal ikke behandles som avvik. Omregistrer meldingen i vurderingen.",
        byReporter:
            "Alvorlige og kritikkverdige forhold skal ikke behandles som avvik. Avvis meldingen med en begrunnelse: melderen får vist veien til skjemaet for varsling.",
        reRegister: "Omregistrer som varsel",
        part: "Delvis: en del av den", whole: "Ja: hele skal til varsling", reason: "Begrunnelse til melderen",
        reasonHint: "Bare melderen leser den.",
        whatHappens:
            "Innholdet forsegles og gis til varslingsmottaket. Når de har det, blir bare nummer, datoer og «utenfor avvikssystemet» igjen her.",
        partHint:
            "Del teksten i to. Ingen av sakene viser til den andre. Det som ikke blir igjen, kan ikke hentes tilbake hit.",
        keptTitle: "Tittel på avviket", keptText: "Det som blir igjen i avviket",
        whistleblowText: "Det som skal til varsling", whistleblowTextHint: "Historikken og vedlegg følger med.",
        keptSteps: "Ord i historikken som kan bli", keptStepsHint: "Alt annet som er skrevet, slettes fra avviket.",
        along: "Meldinger i saken som også skal til varsling",
        alongHint:
            "Hver blir et varsel for seg, og melderen får begrunnelsen. Går hele saken, blir de andre egne avvik igjen, hos deg.",
        everyReport: "Alle",
        onItsWay: "Meldingen er på vei til varslingsmottaket",
        onItsWayHint:
            "Den er forseglet, og bare du ser den. Den tømmes her så snart de har tatt imot den. Til da kan du angre.",
        notSealed: "Meldingen kunne ikke forsegles",
        notSealedHint: "Den er uendret, og bare du ser den. Prøv igjen om litt, eller angre.",
        callBack: "Angre omregistreringen",
        takenAlready: "Varslingsmottaket har den allerede. Den kan ikke hentes tilbake.",
        vaultAwayTitle: "Varslingsmottaket kan ikke nås nå",
        vaultAway:
            "Varslingsmottaket kan ikke nås nå. Meldingen er uendret, og bare du ser den. Prøv igjen om litt; den blir bare sendt én gang.",
        afterWithdrawal: "Meldingen er trukket",
        withdrawnNote: "Melderen har trukket meldingen og er ikke lenger kjent.",
        goesOn: "Hva skjer med saken?", stop: "Behandlingen stanser, og innholdet slettes",
        goOn: "Saken går videre for institusjonen", goOnReason: "Hvorfor går saken videre?",
        goOnHint: "Skriv saken slik at ingen kan kjenne igjen melderen.", decide: "Lagre")

    static let nn = ReRegistrationTexts(
        censurable:
            "Alvorlege og kritikkverdige forhold skal ikkje behandlast som avvik. Omregistrer meldinga i vurderinga.",
        byReporter:
            "Alvorlege og kritikkverdige forhold skal ikkje behandlast som avvik. Avvis meldinga med ei grunngiving: meldaren får vist vegen til skjemaet for varsling.",
        reRegister: "Omregistrer som varsel",
        part: "Delvis: ein del av ho", whole: "Ja: heile skal til varsling", reason: "Grunngiving til meldaren",
        reasonHint: "Berre meldaren les ho.",
        whatHappens:
            "Innhaldet blir forsegla og gitt til varslingsmottaket. Når dei har det, blir berre nummer, datoar og «utanfor avvikssystemet» att her.",
        partHint:
            "Del teksten i to. Ingen av sakene viser til den andre. Det som ikkje blir att, kan ikkje hentast tilbake hit.",
        keptTitle: "Tittel på avviket", keptText: "Det som blir att i avviket",
        whistleblowText: "Det som skal til varsling", whistleblowTextHint: "Historikken og vedlegg følgjer med.",
        keptSteps: "Ord i historikken som kan bli", keptStepsHint: "Alt anna som er skrive, blir sletta frå avviket.",
        along: "Meldingar i saka som òg skal til varsling",
        alongHint:
            "Kvar blir eit varsel for seg, og meldaren får grunngivinga. Går heile saka, blir dei andre eigne avvik att, hos deg.",
        everyReport: "Alle",
        onItsWay: "Meldinga er på veg til varslingsmottaket",
        onItsWayHint:
            "Ho er forsegla, og berre du ser ho. Ho blir tømd her så snart dei har teke imot ho. Til då kan du angre.",
        notSealed: "Meldinga kunne ikkje forseglast",
        notSealedHint: "Ho er uendra, og berre du ser ho. Prøv igjen om litt, eller angre.",
        callBack: "Angre omregistreringa", takenAlready: "Varslingsmottaket har ho alt. Ho kan ikkje hentast tilbake.",
        vaultAwayTitle: "Varslingsmottaket kan ikkje nåast no",
        vaultAway:
            "Varslingsmottaket kan ikkje nåast no. Meldinga er uendra, og berre du ser ho. Prøv igjen om litt; ho blir berre send éin gong.",
        afterWithdrawal: "Meldinga er trekt", withdrawnNote: "Meldaren har trekt meldinga og er ikkje lenger kjend.",
        goesOn: "Kva skjer med saka?", stop: "Behandlinga stansar, og innhaldet blir sletta",
        goOn: "Saka held fram for institusjonen", goOnReason: "Kvifor held saka fram?",
        goOnHint: "Skriv saka slik at ingen kan kjenne att meldaren.", decide: "Lagre")

    static let en = ReRegistrationTexts(
        censurable:
            "Serious and censurable matters are not handled as deviations. Re-register the report in the assessment.",
        byReporter:
            "Serious and censurable matters are not handled as deviations. Reject the report with a reason: the reporter is shown the way to the whistleblowing form.",
        reRegister: "Re-register as a whistleblow",
        part: "Partly: a part of it", whole: "Yes: all of it goes to whistleblowing", reason: "Reason to the reporter",
        reasonHint: "Only the reporter reads it.",
        whatHappens:
            "The content is sealed and given to those who receive whistleblows. When they have it, only number, dates and “outside the scope” are left here.",
        partHint:
            "Part the text in two. Neither case refers to the other. What does not stay cannot be brought back here.",
        keptTitle: "Title of the deviation", keptText: "What stays in the deviation",
        whistleblowText: "What goes to whistleblowing", whistleblowTextHint: "The history and attachments go with it.",
        keptSteps: "Words in the history that may stay",
        keptStepsHint: "Everything else that was written is deleted from the deviation.",
        along: "Reports of the case that go to whistleblowing too",
        alongHint:
            "Each becomes a whistleblow of its own, and its reporter gets the reason. When the whole case goes, the others become deviations of their own again, with you.",
        everyReport: "All of them",
        onItsWay: "The report is on its way to those who receive whistleblows",
        onItsWayHint:
            "It is sealed, and only you see it. It is emptied here as soon as they have it. Until then you can undo it.",
        notSealed: "The report could not be sealed",
        notSealedHint: "It is unchanged, and only you see it. Try again in a while, or undo it.",
        callBack: "Undo the re-registration",
        takenAlready: "Those who receive whistleblows have it already. It cannot be called back.",
        vaultAwayTitle: "Whistleblowing cannot be reached now",
        vaultAway:
            "Whistleblowing cannot be reached now. The report is unchanged, and only you see it. Try again in a while; it is only sent once.",
        afterWithdrawal: "The report is withdrawn",
        withdrawnNote: "The reporter has withdrawn the report and is no longer known.",
        goesOn: "What becomes of the case?", stop: "Handling stops, and the content is deleted",
        goOn: "The case goes on for the institution", goOnReason: "Why does the case go on?",
        goOnHint: "Write the case so that nobody can recognise the reporter.", decide: "Save")
}
