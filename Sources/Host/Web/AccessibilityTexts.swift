import ModuleKit

/// What the page on accessibility says.
struct AccessibilityTexts: TextSet {
    let lead: String
    /// How to tell of a barrier: to people, and where there is a form for it, with that.
    let promise, known, tellUs: PageSection
    /// Within what time there is an answer, as a sentence.
    let tellUsOrReport: @Sendable (String) -> PageSection

    static let nb = AccessibilityTexts(
        lead: "Alle skal kunne si fra, uansett hvordan de bruker maskinen.",
        promise: PageSection(
            "Hva vi lover",
            "Tjenesten er laget for å følge WCAG 2.2 på nivå AA, mer enn forskriften om universell utforming krever. Den virker med tastatur, skjermleser, 400 % forstørring, høy kontrast og mørkt utseende, og uten JavaScript."
        ),
        known: PageSection(
            "Hva vi vet om",
            "Filer som andre legger ved, kan ha hindre som vi ikke rår over. Be den som har saken om en annen form."),
        tellUs: PageSection("Møter du et hinder?", "Si fra til noen av dem under. Du trenger ikke logge inn for det."),
        tellUsOrReport: {
            PageSection(
                "Møter du et hinder?",
                "Si fra til noen av dem under. Du trenger ikke logge inn for det. Er du logget inn, kan du også melde det og velge universell utforming. \($0)",
                "Er du ikke fornøyd med svaret, kan du klage til Digdir (uutilsynet.no) eller Diskrimineringsnemnda.")
        })
    static let nn = AccessibilityTexts(
        lead: "Alle skal kunne seie frå, same korleis dei bruker maskina.",
        promise: PageSection(
            "Kva vi lovar",
            "Tenesta er laga for å følgje WCAG 2.2 på nivå AA, meir enn forskrifta om universell utforming krev. Ho verkar med tastatur, skjermlesar, 400 % forstørring, høg kontrast og mørk utsjånad, og utan JavaScript."
        ),
        known: PageSection(
            "Kva vi veit om",
            "Filer som andre legg ved, kan ha hinder som vi ikkje rår over. Be den som har saka, om ei anna form."),
        tellUs: PageSection(
            "Møter du eit hinder?", "Sei frå til nokon av dei under. Du treng ikkje logge inn for det."),
        tellUsOrReport: {
            PageSection(
                "Møter du eit hinder?",
                "Sei frå til nokon av dei under. Du treng ikkje logge inn for det. Er du logga inn, kan du òg melde det og velje universell utforming. \($0)",
                "Er du ikkje nøgd med svaret, kan du klage til Digdir (uutilsynet.no) eller Diskrimineringsnemnda.")
        })
    static let en = AccessibilityTexts(
        lead: "Everybody is to be able to tell us, however they use their machine.",
        promise: PageSection(
            "What we promise",
            "The service is made to meet WCAG 2.2 at level AA, which is more than the regulation on universal design asks for. It works with a keyboard, a screen reader, 400 % zoom, high contrast and a dark appearance, and without JavaScript."
        ),
        known: PageSection(
            "What we know of",
            "Files that others attach may have barriers that are not in our power. Ask whoever has the case for another form."
        ),
        tellUs: PageSection(
            "Do you meet a barrier?", "Tell one of those below. You need not sign in for that."),
        tellUsOrReport: {
            PageSection(
                "Do you meet a barrier?",
                "Tell one of those below. You need not sign in for that. If you are signed in you can also report it and choose universal design. \($0)",
                "If the answer does not satisfy you, you can complain to Digdir (uutilsynet.no) or to the Anti-Discrimination Tribunal."
            )
        })
}
