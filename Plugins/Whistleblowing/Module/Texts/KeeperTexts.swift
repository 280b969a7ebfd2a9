import ModuleKit
import WhistleblowingCore

/// The words of the keepers' pages and of their mail.
struct KeeperTexts: TextSet {
    let title, pageTitle, views, open, concluded, empty, emptyHint, nothingChosen, nothingChosenHint, back, done: String
    let states: [State: String]
    let news, stepsOnly, anonymous, from, report, history, privateNote, reporter, byName: String
    let origins: [Whistleblow.Origin: String]
    let acknowledge, acknowledgeText, acknowledgeDefault, acknowledgeButton: String
    let ask, askText, askButton, feedback, feedbackText, feedbackButton: String
    let note, noteText, noteButton, categorise, categoriseButton: String
    let exclude, excludePerson, excludeMyself, excludeReason, excludeHint, excludeButton: String
    let conclude, concludeText, concludeHint, concludeButton: String
    let steps: [Entry.Kind: String]
    /// The day of the deletion.
    let deletion: @Sendable (String) -> String
    let mailSubject, mailText, mailLink: String

    static let nb = KeeperTexts(
        title: "Varsler", pageTitle: "Saker", views: "Visning", open: "Åpne", concluded: "Avsluttet",
        empty: "Ingen varsler her",
        emptyHint: "Du får e-post når det er noe å se på.", nothingChosen: "Velg et varsel",
        nothingChosenHint: "Listen viser det som haster mest, først.",
        back: "Til listen", done: "Det er gjort.",
        states: [.received: "ny", .acknowledged: "under behandling", .concluded: "avsluttet"],
        news: "nytt", stepsOnly: "Avvik som ikke er fulgt opp", anonymous: "anonym", from: "Fra",
        report: "Det som er fortalt", history: "Samtale og steg",
        privateNote: "bare for varslingsmottakere", reporter: "Varsleren", byName: "med navn",
        origins: [.form: "varslingsskjema", .deviation: "meldt som avvik", .escalation: "avvik som ikke er fulgt opp"],
        acknowledge: "Bekreft", acknowledgeText: "Til varsleren",
        acknowledgeDefault: "Takk for at du sier fra. Vi har lest det, og vi ser på det nå. Du får høre fra oss her.",
        acknowledgeButton: "Bekreft",
        ask: "Spør varsleren", askText: "Spørsmål", askButton: "Send spørsmålet", feedback: "Gi tilbakemelding",
        feedbackText: "Hva som gjøres, og hvorfor", feedbackButton: "Send tilbakemeldingen", note: "Internt notat",
        noteText: "Notat", noteButton: "Lagre notatet",
        categorise: "Endre kategori", categoriseButton: "Endre", exclude: "Meld inhabilitet", excludePerson: "Hvem",
        excludeMyself: "meg selv",
        excludeReason: "Begrunnelse", excludeHint: "Tilgangen er borte med en gang og kommer ikke tilbake.",
        excludeButton: "Ta av saken",
        conclude: "Avslutt", concludeText: "Konklusjon til varsleren",
        concludeHint: "Saken slettes når oppbevaringstiden er ute.", concludeButton: "Avslutt saken",
        steps: [
            .received: "Varselet kom inn", .acknowledged: "Bekreftet", .asked: "Spørsmål til varsleren",
            .fedBack: "Tilbakemelding", .answered: "Fra varsleren",
            .noted: "Notat", .categorised: "Ny kategori", .excluded: "Tatt av saken", .concluded: "Avsluttet",
            .before: "Før overføringen",
        ],
        deletion: { "Saken slettes \($0)." }, mailSubject: "Noe å se på", mailText: "Det er noe å se på i Trivsel.",
        mailLink: "Åpne")
    static let nn = KeeperTexts(
        title: "Varsel", pageTitle: "Saker", views: "Vising", open: "Opne", concluded: "Avslutta",
        empty: "Ingen varsel her",
        emptyHint: "Du får e-post når det er noko å sjå på.", nothingChosen: "Vel eit varsel",
        nothingChosenHint: "Lista viser det som hastar mest, først.",
        back: "Til lista", done: "Det er gjort.",
        states: [.received: "ny", .acknowledged: "under behandling", .concluded: "avslutta"],
        news: "nytt", stepsOnly: "Avvik som ikkje er følgt opp", anonymous: "anonym", from: "Frå",
        report: "Det som er fortalt", history: "Samtale og steg",
        privateNote: "berre for varslingsmottakarar", reporter: "Varslaren", byName: "med namn",
        origins: [
            .form: "varslingsskjema", .deviation: "meldt som avvik", .escalation: "avvik som ikkje er følgt opp",
        ],
        acknowledge: "Stadfest", acknowledgeText: "Til varslaren",
        acknowledgeDefault: "Takk for at du seier frå. Vi har lese det, og vi ser på det no. Du får høyre frå oss her.",
        acknowledgeButton: "Stadfest",
        ask: "Spør varslaren", askText: "Spørsmål", askButton: "Send spørsmålet", feedback: "Gi tilbakemelding",
        feedbackText: "Kva som blir gjort, og kvifor", feedbackButton: "Send tilbakemeldinga", note: "Internt notat",
        noteText: "Notat", noteButton: "Lagre notatet",
        categorise: "Endre kategori", categoriseButton: "Endre", exclude: "Meld inhabilitet", excludePerson: "Kven",
        excludeMyself: "meg sjølv",
        excludeReason: "Grunngiving", excludeHint: "Tilgangen er borte med ein gong og kjem ikkje tilbake.",
        excludeButton: "Ta av saka",
        conclude: "Avslutt", concludeText: "Konklusjon til varslaren",
        concludeHint: "Saka blir sletta når oppbevaringstida er ute.", concludeButton: "Avslutt saka",
        steps: [
            .received: "Varselet kom inn", .acknowledged: "Stadfesta", .asked: "Spørsmål til varslaren",
            .fedBack: "Tilbakemelding", .answered: "Frå varslaren",
            .noted: "Notat", .categorised: "Ny kategori", .excluded: "Teken av saka", .concluded: "Avslutta",
            .before: "Før overføringa",
        ],
        deletion: { "Saka blir sletta \($0)." }, mailSubject: "Noko å sjå på",
        mailText: "Det er noko å sjå på i Trivsel.", mailLink: "Opne")
    static let en = KeeperTexts(
        title: "Whistleblows", pageTitle: "Cases", views: "View", open: "Open", concluded: "Concluded",
        empty: "Nothing here",
        emptyHint: "You get a mail when there is something to look at.", nothingChosen: "Choose a case",
        nothingChosenHint: "The list shows what is most urgent first.",
        back: "To the list", done: "It is done.",
        states: [.received: "new", .acknowledged: "being handled", .concluded: "concluded"],
        news: "something new", stepsOnly: "Deviation that was not followed up", anonymous: "anonymous", from: "From",
        report: "What was told", history: "Conversation and steps",
        privateNote: "only for vault keepers", reporter: "The reporter", byName: "by name",
        origins: [
            .form: "whistleblowing form", .deviation: "reported as a deviation",
            .escalation: "deviation not followed up",
        ],
        acknowledge: "Acknowledge", acknowledgeText: "To the reporter",
        acknowledgeDefault:
            "Thank you for telling us. We have read it and are looking into it. You will hear from us here.",
        acknowledgeButton: "Acknowledge",
        ask: "Ask the reporter", askText: "Question", askButton: "Send the question", feedback: "Give feedback",
        feedbackText: "What is being done, and why", feedbackButton: "Send the feedback", note: "Internal note",
        noteText: "Note", noteButton: "Save the note",
        categorise: "Change the category", categoriseButton: "Change", exclude: "Declare disqualification",
        excludePerson: "Who", excludeMyself: "myself",
        excludeReason: "Reason", excludeHint: "Access is gone at once and does not come back.",
        excludeButton: "Take off the case",
        conclude: "Conclude", concludeText: "Conclusion for the reporter",
        concludeHint: "The case is deleted when its retention time is over.", concludeButton: "Conclude the case",
        steps: [
            .received: "The report came in", .acknowledged: "Acknowledged", .asked: "Question to the reporter",
            .fedBack: "Feedback", .answered: "From the reporter",
            .noted: "Note", .categorised: "New category", .excluded: "Taken off the case", .concluded: "Concluded",
            .before: "Before the hand-over",
        ],
        deletion: { "The case is deleted on \($0)." }, mailSubject: "Something to look at",
        mailText: "There is something to look at in Trivsel.", mailLink: "Open")
}
