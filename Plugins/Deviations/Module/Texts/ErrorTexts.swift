import DeviationsCore
import ModuleKit

/// What a person is told when a rule is not kept: what is wrong and what to do.
struct ErrorTexts: TextSet {
    /// By field, where there is more to say than “Fill in this field.”
    let missing: [Field: String]
    let missingAny: String
    /// Most characters.
    let tooLong: @Sendable (Int) -> String
    let controlCharacter, unknown, notADate, inTheFuture, inThePast, tooFarAhead: String
    /// Of search words; where they are sent instead.
    let wordsInAddress: @Sendable (String) -> String
    let ruleTitle: String
    /// How the case stands, in words.
    let notPossible: @Sendable (String) -> String
    let triageUnanswered, notADeviation, sameUnit, sameHandler, unknownMeasure, measureDone, causeMissing,
        measuresUnfinished, notWithdrawn: String
    let merged, hasOtherReports, sameCase, olderThanCase, notMergeable, centralDecision, disqualified, notConsulted,
        namesReporter, tooShort, repeatsPassage, tooMuchAtOnce, passageMissing: String

    static let nb = ErrorTexts(
        missing: [
            .isDeviation: "Svar på om det er et avvik",
            .holdsSensitiveData: "Svar på om den inneholder sensitive personopplysninger",
            .isCensurable: "Svar på om den er alvorlig eller kritikkverdig",
            .serious: "Svar på spørsmålet først", .keptTitle: "Skriv en tittel for det som blir igjen",
            .keptText: "Skriv det som blir igjen i avviket", .whistleblowText: "Skriv det som skal til varsling",
            .category: "Velg hva det gjelder", .environment: "Velg en side av læringsmiljøet",
            .unit: "Velg fakultet eller institutt",
            .campus: "Velg campus", .channelsTried: "Svar på om du har tatt det opp",
            .channelsWhich: "Velg hvem du har tatt det opp med",
            .channelsWhen: "Skriv omtrent når du tok det opp",
            .channelsReason: "Skriv en kort grunn, så kan du gå videre",
            .title: "Skriv en tittel", .description: "Fortell hva som har skjedd", .handler: "Velg en behandler",
            .reason: "Skriv en begrunnelse",
            .text: "Skriv noe først", .whatHappened: "Skriv hva som skjedde", .why: "Skriv hvorfor det skjedde",
            .action: "Skriv hva som skal gjøres", .cause: "Skriv årsaken", .owner: "Velg hvem som er ansvarlig",
            .dueOn: "Velg en frist",
            .expectedOn: "Velg når melderen kan vente svar", .outcome: "Skriv hva melderen får vite",
            .people: "Velg minst én person eller skriv et navn", .cases: "Skriv minst ett saksnummer",
            .question: "Skriv hva du spør om",
            .extract: "Skriv utdraget de skal lese", .deadline: "Velg en svarfrist",
            .passage: "Skriv det som skal skjules",
            .behalfStudent: "Skriv hvem du melder for", .behalfConsent: "Skriv hvordan studenten har samtykket",
            .behalfReplies: "Velg hvor svarene skal gå",
            .goesOn: "Velg om behandlingen stopper eller går videre",
        ],
        missingAny: "Fyll ut feltet", tooLong: { "Teksten er for lang. Grensen er \($0) tegn." },
        controlCharacter: "Teksten har tegn som ikke kan vises. Skriv den på nytt eller lim inn uten formatering.",
        unknown: "Velg en verdi fra listen", notADate: "Skriv en dato som finnes, for eksempel 2026-11-27",
        inTheFuture: "Datoen kan ikke ligge fram i tid", inThePast: "Datoen må ligge fram i tid",
        tooFarAhead: "Datoen ligger for langt fram i tid",
        wordsInAddress: { "Søkeord hører ikke hjemme i en adresse. Send dem med POST til \($0)." },
        ruleTitle: "Det går ikke nå", notPossible: { "Saken er \($0), så dette steget er ikke mulig." },
        triageUnanswered: "Svar på de tre spørsmålene først.",
        notADeviation: "Vurderingen sier at dette ikke er et avvik. Avvis den eller send den videre.",
        sameUnit: "Saken ligger alt hos den enheten.", sameHandler: "Saken ligger alt hos den behandleren.",
        unknownMeasure: "Tiltaket finnes ikke i denne saken.", measureDone: "Tiltaket er alt utført.",
        causeMissing: "Skriv årsaken før saken avsluttes.",
        measuresUnfinished:
            "Et tiltak er ikke utført. Marker det som utført, eller flytt det til en ansvarlig med frist.",
        notWithdrawn: "Det er ikke noe å avgjøre: meldingen er ikke trukket, eller det er avgjort.",
        merged: "Meldingen er del av en annen sak. Det som skal gjøres, gjøres der.",
        hasOtherReports:
            "Andre har meldt fra om det samme, og saken går videre for dem. Ta meldingen ut av saken først.",
        sameCase: "En sak kan ikke slås sammen med seg selv.",
        olderThanCase: "En av meldingene er eldre enn saken. Åpne den eldste saken, og slå de andre sammen med den.",
        notMergeable:
            "En av sakene kan ikke slås sammen: den finnes ikke, er avsluttet, eller har egne tiltak eller meldinger.",
        centralDecision:
            "Saken har vært hos den enheten før. Send den til det sentrale mottaket, som avgjør hvor den hører til.",
        disqualified: "Personen kan ikke ha denne saken. Velg en annen.",
        notConsulted: "Høringen er ikke åpen for deg.", namesReporter: "Teksten røper hvem melderen er. Ta det ut.",
        tooShort: "Skriv litt mer, ellers skjules for mye.",
        repeatsPassage: "Begrunnelsen kan ikke gjenta det som skal skjules.",
        tooMuchAtOnce:
            "Filene er for store til å sendes samlet. Velg færre; de andre blir egne saker, som du omregistrerer hver for seg.",
        passageMissing: "Saken har ikke denne teksten. Skriv den som den står.")

    static let nn = ErrorTexts(
        missing: [
            .isDeviation: "Svar på om det er eit avvik",
            .holdsSensitiveData: "Svar på om ho inneheld sensitive personopplysningar",
            .isCensurable: "Svar på om ho er alvorleg eller kritikkverdig",
            .serious: "Svar på spørsmålet først", .keptTitle: "Skriv ein tittel for det som blir att",
            .keptText: "Skriv det som blir att i avviket", .whistleblowText: "Skriv det som skal til varsling",
            .category: "Vel kva det gjeld", .environment: "Vel ei side av læringsmiljøet",
            .unit: "Vel fakultet eller institutt",
            .campus: "Vel campus", .channelsTried: "Svar på om du har teke det opp",
            .channelsWhich: "Vel kven du har teke det opp med",
            .channelsWhen: "Skriv omtrent når du tok det opp",
            .channelsReason: "Skriv ein kort grunn, så kan du gå vidare",
            .title: "Skriv ein tittel", .description: "Fortel kva som har hendt", .handler: "Vel ein behandlar",
            .reason: "Skriv ei grunngiving",
            .text: "Skriv noko først", .whatHappened: "Skriv kva som hende", .why: "Skriv kvifor det hende",
            .action: "Skriv kva som skal gjerast", .cause: "Skriv årsaka", .owner: "Vel kven som er ansvarleg",
            .dueOn: "Vel ein frist",
            .expectedOn: "Vel når meldaren kan vente svar", .outcome: "Skriv kva meldaren får vite",
            .people: "Vel minst éin person eller skriv eit namn", .cases: "Skriv minst eitt saksnummer",
            .question: "Skriv kva du spør om",
            .extract: "Skriv utdraget dei skal lese", .deadline: "Vel ein svarfrist",
            .passage: "Skriv det som skal skjulast",
            .behalfStudent: "Skriv kven du melder for", .behalfConsent: "Skriv korleis studenten har samtykt",
            .behalfReplies: "Vel kvar svara skal gå",
            .goesOn: "Vel om behandlinga stoppar eller held fram",
        ],
        missingAny: "Fyll ut feltet", tooLong: { "Teksten er for lang. Grensa er \($0) teikn." },
        controlCharacter: "Teksten har teikn som ikkje kan visast. Skriv han på nytt eller lim inn utan formatering.",
        unknown: "Vel ein verdi frå lista", notADate: "Skriv ein dato som finst, til dømes 2026-11-27",
        inTheFuture: "Datoen kan ikkje liggje fram i tid", inThePast: "Datoen må liggje fram i tid",
        tooFarAhead: "Datoen ligg for langt fram i tid",
        wordsInAddress: { "Søkeord høyrer ikkje heime i ei adresse. Send dei med POST til \($0)." },
        ruleTitle: "Det går ikkje no", notPossible: { "Saka er \($0), så dette steget er ikkje mogleg." },
        triageUnanswered: "Svar på dei tre spørsmåla først.",
        notADeviation: "Vurderinga seier at dette ikkje er eit avvik. Avvis ho eller send ho vidare.",
        sameUnit: "Saka ligg alt hos den eininga.", sameHandler: "Saka ligg alt hos den behandlaren.",
        unknownMeasure: "Tiltaket finst ikkje i denne saka.", measureDone: "Tiltaket er alt utført.",
        causeMissing: "Skriv årsaka før saka blir avslutta.",
        measuresUnfinished:
            "Eit tiltak er ikkje utført. Merk det som utført, eller flytt det til ein ansvarleg med frist.",
        notWithdrawn: "Det er ikkje noko å avgjere: meldinga er ikkje trekt, eller det er avgjort.",
        merged: "Meldinga er del av ei anna sak. Det som skal gjerast, blir gjort der.",
        hasOtherReports: "Andre har meldt frå om det same, og saka går vidare for dei. Ta meldinga ut av saka først.",
        sameCase: "Ei sak kan ikkje slåast saman med seg sjølv.",
        olderThanCase: "Ei av meldingane er eldre enn saka. Opne den eldste saka, og slå dei andre saman med den.",
        notMergeable:
            "Ei av sakene kan ikkje slåast saman: ho finst ikkje, er avslutta, eller har eigne tiltak eller meldingar.",
        centralDecision:
            "Saka har vore hos den eininga før. Send ho til det sentrale mottaket, som avgjer kvar ho høyrer til.",
        disqualified: "Personen kan ikkje ha denne saka. Vel ein annan.",
        notConsulted: "Høyringa er ikkje open for deg.", namesReporter: "Teksten røper kven meldaren er. Ta det ut.",
        tooShort: "Skriv litt meir, elles blir for mykje skjult.",
        repeatsPassage: "Grunngivinga kan ikkje ta opp att det som skal skjulast.",
        tooMuchAtOnce:
            "Filene er for store til å sendast samla. Vel færre; dei andre blir eigne saker, som du omregistrerer kvar for seg.",
        passageMissing: "Saka har ikkje denne teksten. Skriv han som han står.")

    static let en = ErrorTexts(
        missing: [
            .isDeviation: "Say whether it is a deviation",
            .holdsSensitiveData: "Say whether it holds sensitive personal data",
            .isCensurable: "Say whether it is serious or censurable",
            .serious: "Answer the question first", .keptTitle: "Write a title for what stays",
            .keptText: "Write what stays in the deviation", .whistleblowText: "Write what goes to whistleblowing",
            .category: "Choose what it is about", .environment: "Choose a side of the learning environment",
            .unit: "Choose a faculty or department", .campus: "Choose a campus",
            .channelsTried: "Say whether you have raised it",
            .channelsWhich: "Choose whom you raised it with", .channelsWhen: "Say roughly when you raised it",
            .channelsReason: "Write a short reason, then you can go on", .title: "Write a title",
            .description: "Tell us what happened",
            .handler: "Choose a case handler", .reason: "Write a reason", .text: "Write something first",
            .whatHappened: "Write what happened", .why: "Write why it happened", .action: "Write what is to be done",
            .cause: "Write the cause",
            .owner: "Choose who owns it", .dueOn: "Choose a due date",
            .expectedOn: "Choose when the reporter can expect an answer",
            .outcome: "Write what the reporter is told",
            .people: "Choose at least one person or write a name", .cases: "Write at least one case number",
            .question: "Write what you ask",
            .extract: "Write the extract they are to read", .deadline: "Choose a deadline",
            .passage: "Write what is to be hidden",
            .behalfStudent: "Write for whom you report", .behalfConsent: "Write how the student has consented",
            .behalfReplies: "Choose where the replies go",
            .goesOn: "Choose whether the handling stops or goes on",
        ],
        missingAny: "Fill in this field", tooLong: { "The text is too long. The limit is \($0) characters." },
        controlCharacter: "The text has characters that cannot be shown. Type it again or paste it without formatting.",
        unknown: "Choose a value from the list", notADate: "Write a date that exists, for example 2026-11-27",
        inTheFuture: "The date cannot lie in the future", inThePast: "The date must lie in the future",
        tooFarAhead: "The date lies too far ahead",
        wordsInAddress: { "Search words do not belong in an address. Send them by POST to \($0)." },
        ruleTitle: "Not possible now", notPossible: { "The case is \($0), so this step is not possible." },
        triageUnanswered: "Answer the three questions first.",
        notADeviation: "The assessment says this is no deviation. Reject it or send it on.",
        sameUnit: "The case is already with that unit.", sameHandler: "The case is already with that case handler.",
        unknownMeasure: "There is no such measure in this case.", measureDone: "The measure is already done.",
        causeMissing: "Write the cause before the case is closed.",
        measuresUnfinished: "A measure is not done. Mark it as done, or move it to an owner with a date.",
        notWithdrawn: "There is nothing to decide: the report is not withdrawn, or it has been decided.",
        merged: "The report is part of another case. What is to be done is done there.",
        hasOtherReports:
            "Others have reported the same, and the case goes on for them. Take the report out of the case first.",
        sameCase: "A case cannot be merged into itself.",
        olderThanCase: "One of the reports is older than the case. Open the oldest case and merge the others into it.",
        notMergeable:
            "One of the cases cannot be merged: it is not there, is closed, or has measures or reports of its own.",
        centralDecision:
            "The case has been with that unit before. Send it to the central reception, which decides where it belongs.",
        disqualified: "That person cannot have this case. Choose somebody else.",
        notConsulted: "The consultation is not open to you.",
        namesReporter: "The text gives the reporter away. Take it out.",
        tooShort: "Write a little more, or too much is hidden.",
        repeatsPassage: "The reason must not repeat what is to be hidden.",
        tooMuchAtOnce:
            "The files are too large to be sent together. Choose fewer; the others become cases of their own, which you re-register one by one.",
        passageMissing: "The case does not hold this text. Write it as it stands.")
}
