import ModuleKit

/// The words of the desk: lists, filters and what can be done with a case.
struct DeskTexts: TextSet {
    let title, views, triageView, waiting, unit, ended, all, search, searchButton, moreFilters, anyCategory,
        anyEnvironment, anyCampus, overdueOnly, apply: String
    let empty, emptyHint, nothingChosen, nothingChosenHint, more, backToList, student: String
    let triage, triageHint, isDeviation, holdsSensitiveData, isCensurable, yes, no, saveTriage: String
    let assign, assignHint, assignButton, forward, forwardHint, forwardTo, forwardReason, forwardButton: String
    let reject, rejectHint, rejectReason, rejectButton: String
    let note, noteHint, noteButton, reply, replyHint, replyButton: String
    let cause, whatHappened, why, prevention, preventionHint, preventionMissing, causeButton: String
    let measure, action, measureCause, owner, dueOn, measureButton, complete, effect, effectHint, completeButton, move,
        moveHint, moveButton: String
    let preliminary: String
    /// The law that asks for it.
    let preliminaryHint: @Sendable (String) -> String
    let preliminaryCause, expectedOn, preliminaryButton: String
    let close, closeHint, outcome, closeButton: String
    let moreActs, moreTools, choose, done, keys, shortcuts: String

    static let nb = DeskTexts(
        title: "Saker", views: "Utvalg", triageView: "Til vurdering", waiting: "Venter på meg", unit: "Åpne",
        ended: "Avsluttede", all: "Alle",
        search: "Søk i sakene", searchButton: "Søk", moreFilters: "Flere filtre", anyCategory: "Alle områder",
        anyEnvironment: "Alle deler av læringsmiljøet",
        anyCampus: "Alle campuser", overdueOnly: "Bare over fristen", apply: "Bruk",
        empty: "Ingen saker her", emptyHint: "Velg et annet utvalg, eller fjern filtre.",
        nothingChosen: "Velg en sak", nothingChosenHint: "Det som haster mest, står øverst i listen.",
        more: "Flere saker",
        backToList: "Til listen", student: "student",
        triage: "Vurder meldingen", triageHint: "Tre spørsmål, før saken sendes videre.",
        isDeviation: "Er det et avvik?",
        holdsSensitiveData: "Inneholder den sensitive personopplysninger?",
        isCensurable: "Er den alvorlig eller kritikkverdig?",
        yes: "Ja", no: "Nei", saveTriage: "Lagre vurderingen",
        assign: "Send til behandler", assignHint: "Vurderingen må være gjort.", assignButton: "Send",
        forward: "Send til annet fakultet",
        forwardHint: "Melderen får begrunnelsen. Fristen løper videre.", forwardTo: "Fakultet",
        forwardReason: "Begrunnelse",
        forwardButton: "Send videre",
        reject: "Avvis", rejectHint: "Melderen får begrunnelsen.", rejectReason: "Begrunnelse",
        rejectButton: "Avvis meldingen",
        note: "Notat", noteHint: "Bare for saksbehandlere.", noteButton: "Lagre notatet",
        reply: "Svar melderen", replyHint: "Saken fortsetter. Dette er ikke et foreløpig svar.",
        replyButton: "Send svaret",
        cause: "Årsak", whatHappened: "Hva skjedde?", why: "Hvorfor skjedde det?",
        prevention: "Hva hindrer at det skjer igjen?", preventionHint: "Kan stå åpent når et tiltak gjør det.",
        preventionMissing:
            "Saken har ikke noe tiltak, og det står ikke under årsaken hva som hindrer at det skjer igjen. Skriv det før du avslutter.",
        causeButton: "Lagre årsaken",
        measure: "Nytt tiltak", action: "Hva skal gjøres?", measureCause: "Hvilken årsak fjerner det?",
        owner: "Ansvarlig", dueOn: "Frist",
        measureButton: "Legg til tiltaket", complete: "Utført", effect: "Virket det?", effectHint: "Kan stå åpent.",
        completeButton: "Marker som utført", move: "Flytt til ansvarlig",
        moveHint: "Tiltaket lever videre når saken avsluttes.",
        moveButton: "Flytt tiltaket",
        preliminary: "Foreløpig svar",
        preliminaryHint: { "Når svaret ikke blir ferdig innen fristen (\($0)). Saken lukkes ikke." },
        preliminaryCause: "Hvorfor tar det lengre tid?", expectedOn: "Når kan melderen vente svar?",
        preliminaryButton: "Send foreløpig svar",
        close: "Avslutt saken",
        closeHint: "Årsaken må være skrevet, og hvert tiltak utført eller flyttet til en ansvarlig med frist.",
        outcome: "Hva får melderen vite?", closeButton: "Avslutt",
        moreActs: "Mer du kan gjøre", moreTools: "Mer", choose: "Velg", done: "Gjort.", keys: "neste",
        shortcuts: "Hurtigtaster")

    static let nn = DeskTexts(
        title: "Saker", views: "Utval", triageView: "Til vurdering", waiting: "Ventar på meg", unit: "Opne",
        ended: "Avslutta", all: "Alle",
        search: "Søk i sakene", searchButton: "Søk", moreFilters: "Fleire filter", anyCategory: "Alle område",
        anyEnvironment: "Alle delar av læringsmiljøet",
        anyCampus: "Alle campusar", overdueOnly: "Berre over fristen", apply: "Bruk",
        empty: "Ingen saker her", emptyHint: "Vel eit anna utval, eller fjern filter.",
        nothingChosen: "Vel ei sak", nothingChosenHint: "Det som hastar mest, står øvst i lista.", more: "Fleire saker",
        backToList: "Til lista", student: "student",
        triage: "Vurder meldinga", triageHint: "Tre spørsmål, før saka blir send vidare.",
        isDeviation: "Er det eit avvik?",
        holdsSensitiveData: "Inneheld ho sensitive personopplysningar?",
        isCensurable: "Er ho alvorleg eller kritikkverdig?",
        yes: "Ja", no: "Nei", saveTriage: "Lagre vurderinga",
        assign: "Send til behandlar", assignHint: "Vurderinga må vere gjord.", assignButton: "Send",
        forward: "Send til anna fakultet",
        forwardHint: "Meldaren får grunngivinga. Fristen går vidare.", forwardTo: "Fakultet",
        forwardReason: "Grunngiving",
        forwardButton: "Send vidare",
        reject: "Avvis", rejectHint: "Meldaren får grunngivinga.", rejectReason: "Grunngiving",
        rejectButton: "Avvis meldinga",
        note: "Notat", noteHint: "Berre for saksbehandlarar.", noteButton: "Lagre notatet",
        reply: "Svar meldaren", replyHint: "Saka held fram. Dette er ikkje eit førebels svar.",
        replyButton: "Send svaret",
        cause: "Årsak", whatHappened: "Kva hende?", why: "Kvifor hende det?",
        prevention: "Kva hindrar at det hender igjen?", preventionHint: "Kan stå ope når eit tiltak gjer det.",
        preventionMissing:
            "Saka har ikkje noko tiltak, og det står ikkje under årsaka kva som hindrar at det hender igjen. Skriv det før du avsluttar.",
        causeButton: "Lagre årsaka",
        measure: "Nytt tiltak", action: "Kva skal gjerast?", measureCause: "Kva årsak fjernar det?", owner: "Ansvarleg",
        dueOn: "Frist",
        measureButton: "Legg til tiltaket", complete: "Utført", effect: "Verka det?", effectHint: "Kan stå ope.",
        completeButton: "Merk som utført", move: "Flytt til ansvarleg",
        moveHint: "Tiltaket lever vidare når saka blir avslutta.",
        moveButton: "Flytt tiltaket",
        preliminary: "Førebels svar",
        preliminaryHint: { "Når svaret ikkje blir ferdig innan fristen (\($0)). Saka blir ikkje lukka." },
        preliminaryCause: "Kvifor tek det lengre tid?", expectedOn: "Når kan meldaren vente svar?",
        preliminaryButton: "Send førebels svar",
        close: "Avslutt saka",
        closeHint: "Årsaka må vere skriven, og kvart tiltak utført eller flytt til ein ansvarleg med frist.",
        outcome: "Kva får meldaren vite?", closeButton: "Avslutt",
        moreActs: "Meir du kan gjere", moreTools: "Meir", choose: "Vel", done: "Gjort.", keys: "neste",
        shortcuts: "Snøggtastar")

    static let en = DeskTexts(
        title: "Cases", views: "View", triageView: "To assess", waiting: "Waiting for me", unit: "Open", ended: "Ended",
        all: "All",
        search: "Search the cases", searchButton: "Search", moreFilters: "More filters", anyCategory: "All areas",
        anyEnvironment: "All parts of the learning environment", anyCampus: "All campuses", overdueOnly: "Only overdue",
        apply: "Apply",
        empty: "No cases here", emptyHint: "Choose another view, or remove filters.",
        nothingChosen: "Choose a case", nothingChosenHint: "What is most urgent is at the top of the list.",
        more: "More cases",
        backToList: "To the list", student: "student",
        triage: "Assess the report", triageHint: "Three questions, before the case is sent on.",
        isDeviation: "Is it a deviation?",
        holdsSensitiveData: "Does it hold sensitive personal data?", isCensurable: "Is it serious or censurable?",
        yes: "Yes", no: "No", saveTriage: "Save the assessment",
        assign: "Send to a case handler", assignHint: "The assessment has to be done.", assignButton: "Send",
        forward: "Send to another faculty", forwardHint: "The reporter gets the reason. The clock runs on.",
        forwardTo: "Faculty",
        forwardReason: "Reason", forwardButton: "Send on",
        reject: "Reject", rejectHint: "The reporter gets the reason.", rejectReason: "Reason",
        rejectButton: "Reject the report",
        note: "Note", noteHint: "Only for those who handle cases.", noteButton: "Save the note",
        reply: "Reply to the reporter", replyHint: "The case goes on. This is not a preliminary reply.",
        replyButton: "Send the reply",
        cause: "Cause", whatHappened: "What happened?", why: "Why did it happen?",
        prevention: "What keeps it from happening again?", preventionHint: "May be left open when a measure does.",
        preventionMissing:
            "The case has no measure, and the cause does not say what keeps it from happening again. Write that before you close.",
        causeButton: "Save the cause",
        measure: "New measure", action: "What is to be done?", measureCause: "Which cause does it remove?",
        owner: "Owner", dueOn: "Due",
        measureButton: "Add the measure", complete: "Done", effect: "Did it work?", effectHint: "May be left open.",
        completeButton: "Mark as done", move: "Move to an owner",
        moveHint: "The measure lives on when the case is closed.",
        moveButton: "Move the measure",
        preliminary: "Preliminary reply",
        preliminaryHint: { "When the answer will not be ready by the deadline (\($0)). The case stays open." },
        preliminaryCause: "Why does it take longer?", expectedOn: "When can the reporter expect an answer?",
        preliminaryButton: "Send the preliminary reply",
        close: "Close the case",
        closeHint: "The cause must be written, and every measure done or moved to an owner with a date.",
        outcome: "What is the reporter told?", closeButton: "Close",
        moreActs: "More you can do", moreTools: "More", choose: "Choose", done: "Done.", keys: "next",
        shortcuts: "Keyboard shortcuts")
}
