import ModuleKit

/// The words of the page on which legal references are maintained.
struct ReferenceTexts: TextSet {
    let title, lead, new, key, choose, validFrom, validFromHint, textHint, add, added, inForce, coming, refusal: String
    let missing, unknown, notADate, past, notAfterLast: String
    /// Most signs.
    let notALine: @Sendable (Int) -> String
    /// What each is used for.
    let uses: [LegalReference.Key: String]

    static let nb = ReferenceTexts(
        title: "Lovhenvisninger",
        lead:
            "Slik vises lover og paragrafer på sidene. En versjon endres aldri: en ny legges til og gjelder fra sin dag.",
        new: "Ny versjon", key: "Hva henvisningen brukes til", choose: "Velg", validFrom: "Gjelder fra",
        validFromHint: "Tidligst i dag, og etter siste versjon.", textHint: "Slik det skal stå i en setning.",
        add: "Legg til versjonen", added: "Versjonen er lagt til.", inForce: "Gjelder nå", coming: "Gjelder senere",
        refusal: "Nei til et krav om personopplysninger", missing: "Fyll ut feltet.",
        unknown: "Velg en av dem som finnes.", notADate: "Skriv en dato.", past: "Datoen må ikke ligge bak i tid.",
        notAfterLast: "Datoen må være etter siste versjon.",
        notALine: { "Skriv én linje på høyst \($0) tegn." },
        uses: [
            .preliminaryReply: "Foreløpig svar", .healthOfOthers: "Andres helse i en melding",
            .learningEnvironment: "Hvorfor opplysninger behandles", .archives: "Plikt til å arkivere",
            .damages: "Krav om erstatning", .limitation: "Når krav om erstatning foreldes",
            .accountability: "Å kunne vise at krav er besvart", .storageLimitation: "Hvor lenge opplysninger lagres",
        ])
    static let nn = ReferenceTexts(
        title: "Lovtilvisingar",
        lead:
            "Slik blir lover og paragrafar viste på sidene. Ein versjon blir aldri endra: ein ny blir lagd til og gjeld frå sin dag.",
        new: "Ny versjon", key: "Kva tilvisinga blir brukt til", choose: "Vel", validFrom: "Gjeld frå",
        validFromHint: "Tidlegast i dag, og etter siste versjon.", textHint: "Slik det skal stå i ei setning.",
        add: "Legg til versjonen", added: "Versjonen er lagd til.", inForce: "Gjeld no", coming: "Gjeld seinare",
        refusal: "Nei til eit krav om personopplysningar", missing: "Fyll ut feltet.",
        unknown: "Vel ein av dei som finst.", notADate: "Skriv ein dato.", past: "Datoen må ikkje liggje bak i tid.",
        notAfterLast: "Datoen må vere etter siste versjon.",
        notALine: { "Skriv éi linje på høgst \($0) teikn." },
        uses: [
            .preliminaryReply: "Førebels svar", .healthOfOthers: "Helsa til andre i ei melding",
            .learningEnvironment: "Kvifor opplysningar blir behandla", .archives: "Plikt til å arkivere",
            .damages: "Krav om erstatning", .limitation: "Når krav om erstatning blir forelda",
            .accountability: "Å kunne vise at krav er svart på",
            .storageLimitation: "Kor lenge opplysningar blir lagra",
        ])
    static let en = ReferenceTexts(
        title: "Legal references",
        lead:
            "How acts and sections are written on the pages. A version is never changed: a new one is added and counts from its day.",
        new: "New version", key: "What the reference is used for", choose: "Choose", validFrom: "Valid from",
        validFromHint: "Today at the earliest, and after the last version.",
        textHint: "As it is to stand in a sentence.",
        add: "Add the version", added: "The version is added.", inForce: "In force", coming: "In force later",
        refusal: "No to a request about personal data", missing: "Fill in the field.",
        unknown: "Choose one of those there are.", notADate: "Write a date.", past: "The date must not be in the past.",
        notAfterLast: "The date must be after the last version.",
        notALine: { "Write one line of at most \($0) characters." },
        uses: [
            .preliminaryReply: "Preliminary reply", .healthOfOthers: "Other people's health in a report",
            .learningEnvironment: "Why data is handled", .archives: "Duty to archive",
            .damages: "Claims for damages", .limitation: "When claims for damages are time-barred",
            .accountability: "Showing that requests were answered", .storageLimitation: "How long data is kept",
        ])
}
