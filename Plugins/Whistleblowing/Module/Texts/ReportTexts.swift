import ModuleKit

/// The words of the report form and of the receipt.
struct ReportTexts: TextSet {
    /// Number of the step, of so many.
    let step: @Sendable (Int, Int) -> String
    let aboutTitle, aboutHint, campusTitle, campusHint: String
    let tellTitle, title, titleHint, description, descriptionHint, occurred, occurredHint: String
    let readersTitle, readersHint, excluded, excludedHint, otherKeepers: String
    let checkTitle, checkHint, change, sender, anonymous, none: String
    let next, back, send, filesHint: String
    let codeTitle, codeLead, codeWarning, confirm, confirmHint, confirmButton: String

    static let nb = ReportTexts(
        step: { "Steg \($0) av \($1)" },
        aboutTitle: "Hva gjelder det?",
        aboutHint: "Velg det som ligner mest. Det gjør ingenting om det ikke passer helt.",
        campusTitle: "Hvor hører det til?", campusHint: "Det avgjør hvem som leser det.",
        tellTitle: "Fortell hva som har skjedd", title: "Kort sagt", titleHint: "Noen få ord",
        description: "Hva skjedde?",
        descriptionHint:
            "Skriv det du husker: hva, hvor, når, og hvem som var der. Vil du være anonym, så se etter at teksten ikke røper hvem du er.",
        occurred: "Når skjedde det?", occurredHint: "Kan stå tomt, eller skriv den siste gangen.",
        readersTitle: "Hvem skal lese det?",
        readersHint:
            "Disse leser varsler fra campuset. Er noen av dem med i det du forteller om, kan du velge dem bort.",
        excluded: "Skal ikke se det", excludedHint: "De får ikke vite at det finnes.", otherKeepers: "sentralt",
        checkTitle: "Stemmer dette?", checkHint: "Ingenting er lagret før du sender.", change: "Endre", sender: "Fra",
        anonymous: "Anonymt", none: "Ikke oppgitt", next: "Neste",
        back: "Tilbake", send: "Send",
        filesHint: "Bilder og dokumenter kan røpe hvem du er, for eksempel med sted og forfatter.",
        codeTitle: "Vi har fått det du fortalte",
        codeLead: "Dette er koden din. Du trenger den for å se om noen har svart.",
        codeWarning:
            "Vi viser den bare nå, og kan ikke finne den igjen. Skriv den ned et sted bare du ser, eller ta et bilde av den.",
        confirm: "Skriv de fire siste sifrene", confirmHint: "Så vet du at du har fått den med deg.",
        confirmButton: "Jeg har koden")

    static let nn = ReportTexts(
        step: { "Steg \($0) av \($1)" },
        aboutTitle: "Kva gjeld det?",
        aboutHint: "Vel det som liknar mest. Det gjer ingenting om det ikkje passar heilt.",
        campusTitle: "Kvar høyrer det til?", campusHint: "Det avgjer kven som les det.",
        tellTitle: "Fortel kva som har hendt", title: "Kort sagt", titleHint: "Nokre få ord",
        description: "Kva hende?",
        descriptionHint:
            "Skriv det du hugsar: kva, kvar, når, og kven som var der. Vil du vere anonym, så sjå etter at teksten ikkje røper kven du er.",
        occurred: "Når hende det?", occurredHint: "Kan stå tomt, eller skriv den siste gongen.",
        readersTitle: "Kven skal lese det?",
        readersHint: "Desse les varsel frå campuset. Er nokon av dei med i det du fortel om, kan du velje dei bort.",
        excluded: "Skal ikkje sjå det", excludedHint: "Dei får ikkje vite at det finst.", otherKeepers: "sentralt",
        checkTitle: "Stemmer dette?", checkHint: "Ingenting er lagra før du sender.", change: "Endre", sender: "Frå",
        anonymous: "Anonymt", none: "Ikkje oppgitt", next: "Neste",
        back: "Tilbake", send: "Send",
        filesHint: "Bilete og dokument kan røpe kven du er, til dømes med stad og forfattar.",
        codeTitle: "Vi har fått det du fortalde",
        codeLead: "Dette er koden din. Du treng han for å sjå om nokon har svart.",
        codeWarning:
            "Vi viser han berre no, og kan ikkje finne han igjen. Skriv han ned ein stad berre du ser, eller ta eit bilete av han.",
        confirm: "Skriv dei fire siste sifra", confirmHint: "Så veit du at du har fått han med deg.",
        confirmButton: "Eg har koden")

    static let en = ReportTexts(
        step: { "Step \($0) of \($1)" },
        aboutTitle: "What is it about?",
        aboutHint: "Choose what comes closest. It does not matter if it does not fit exactly.",
        campusTitle: "Where does it belong?", campusHint: "This decides who reads it.",
        tellTitle: "Tell us what happened", title: "In short", titleHint: "A few words",
        description: "What happened?",
        descriptionHint:
            "Write what you remember: what, where, when, and who was there. If you want to stay anonymous, see that the text does not give you away.",
        occurred: "When did it happen?", occurredHint: "May be left empty; or write the last time.",
        readersTitle: "Who should read it?",
        readersHint:
            "These read reports from the campus. If one of them is part of what you tell, you can leave them out.",
        excluded: "Must not see it", excludedHint: "They will not know that it exists.", otherKeepers: "central",
        checkTitle: "Is this right?", checkHint: "Nothing is stored until you send it.", change: "Change",
        sender: "From",
        anonymous: "Anonymous", none: "Not given", next: "Next",
        back: "Back", send: "Send",
        filesHint: "Pictures and documents can give you away, for example by place and author.",
        codeTitle: "We have what you told us",
        codeLead: "This is your code. You need it to see whether somebody has answered.",
        codeWarning:
            "We show it only now and cannot find it again. Write it down where only you can see it, or take a picture of it.",
        confirm: "Type the last four digits", confirmHint: "Then you know that you have it with you.",
        confirmButton: "I have the code")
}
