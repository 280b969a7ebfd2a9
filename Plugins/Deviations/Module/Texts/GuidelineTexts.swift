import ModuleKit

/// The words of the page on which versions of the guideline are added.
struct GuidelineTexts: TextSet {
    let title, lead, versions, inForce, coming, new, newHint, validFrom, validFromHint, owner, ownerHint, norwegian,
        english, add, added, notAfterLast, meanwhile: String

    static let nb = GuidelineTexts(
        title: "Retningslinje",
        lead: "En sak viser versjonen som gjaldt da den kom inn. Derfor endres en versjon aldri: en ny legges til.",
        versions: "Versjoner", inForce: "Gjelder nå", coming: "Gjelder senere", new: "Ny versjon",
        newHint: "Feltene har teksten fra siste versjon. Endre det som skal være nytt.",
        validFrom: "Gjelder fra", validFromHint: "Tidligst i dag, og etter siste versjon.", owner: "Eier",
        ownerHint: "Den som har vedtatt den og svarer for den.", norwegian: "Norsk tekst", english: "Engelsk tekst",
        add: "Legg til versjonen", added: "Versjonen er lagt til.",
        notAfterLast: "Datoen må være etter siste versjon",
        meanwhile:
            "Noen andre har lagt til en versjon i mellomtiden. Se på den i listen, og legg til din om den fortsatt trengs. Det du har skrevet, står her."
    )
    static let nn = GuidelineTexts(
        title: "Retningslinje",
        lead:
            "Ei sak viser versjonen som galdt då ho kom inn. Derfor blir ein versjon aldri endra: ein ny blir lagd til.",
        versions: "Versjonar", inForce: "Gjeld no", coming: "Gjeld seinare", new: "Ny versjon",
        newHint: "Felta har teksten frå siste versjon. Endre det som skal vere nytt.",
        validFrom: "Gjeld frå", validFromHint: "Tidlegast i dag, og etter siste versjon.", owner: "Eigar",
        ownerHint: "Den som har vedteke han og svarer for han.", norwegian: "Norsk tekst", english: "Engelsk tekst",
        add: "Legg til versjonen", added: "Versjonen er lagd til.",
        notAfterLast: "Datoen må vere etter siste versjon",
        meanwhile:
            "Nokon andre har lagt til ein versjon i mellomtida. Sjå på han i lista, og legg til din om han framleis trengst. Det du har skrive, står her."
    )
    static let en = GuidelineTexts(
        title: "Guideline",
        lead:
            "A case shows the version that applied when it came in. So a version is never changed: a new one is added.",
        versions: "Versions", inForce: "In force", coming: "In force later", new: "New version",
        newHint: "The fields have the last version's text. Change what is to be new.",
        validFrom: "Valid from", validFromHint: "Not before today, and after the last version.", owner: "Owner",
        ownerHint: "Who has adopted it and answers for it.", norwegian: "Norwegian text", english: "English text",
        add: "Add the version", added: "The version is added.", notAfterLast: "The date must be after the last version",
        meanwhile:
            "Somebody else has added a version meanwhile. Look at it in the list, and add yours if it is still needed. What you have written stands here."
    )
}
