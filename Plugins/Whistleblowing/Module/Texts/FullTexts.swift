import ModuleKit

/// What is said when too much comes at once from people nobody knows; and to administrators.
struct FullTexts: TextSet {
    let title, reports, files: String
    /// Followed by names and numbers.
    let call: String
    let mail: MailText

    static let nb = FullTexts(
        title: "Det kommer for mange meldinger akkurat nå",
        reports:
            "Det kommer så mange anonyme varsler akkurat nå at vi ikke kan ta imot ditt ennå. Det du har skrevet, står her. Prøv igjen om noen minutter, eller snakk med noen av dem du ser under.",
        files:
            "Det er ikke plass til filer uten avsender akkurat nå. Send varselet uten filer: teksten kommer fram, og med koden kan du legge ved filene senere. Haster det, snakk med noen av dem du ser under.",
        call: "Du kan ringe:",
        mail: MailText(
            subject: "Anonyme varsler er avvist",
            paragraphs: [
                "Den siste timen er anonyme varsler eller filer avvist fordi det kom for mange. Se om noen misbruker skjemaet, og om grensene whistleblowing.anonymousPerHour og whistleblowing.anonymousMegabytes er for lave."
            ], linkLabel: "Se drift"))
    static let nn = FullTexts(
        title: "Det kjem for mange meldingar akkurat no",
        reports:
            "Det kjem så mange anonyme varsel akkurat no at vi ikkje kan ta imot ditt enno. Det du har skrive, står her. Prøv igjen om nokre minutt, eller snakk med nokon av dei du ser under.",
        files:
            "Det er ikkje plass til filer utan avsendar akkurat no. Send varselet utan filer: teksten kjem fram, og med koden kan du leggje ved filene seinare. Hastar det, snakk med nokon av dei du ser under.",
        call: "Du kan ringje:",
        mail: MailText(
            subject: "Anonyme varsel er avviste",
            paragraphs: [
                "Den siste timen er anonyme varsel eller filer avviste fordi det kom for mange. Sjå om nokon misbruker skjemaet, og om grensene whistleblowing.anonymousPerHour og whistleblowing.anonymousMegabytes er for låge."
            ], linkLabel: "Sjå drift"))
    static let en = FullTexts(
        title: "Too many reports are coming in at this moment",
        reports:
            "So many anonymous reports are coming in at this moment that we cannot take yours yet. What you wrote stands here. Try again in a few minutes, or talk to one of those you see below.",
        files:
            "There is no room for files without a sender at this moment. Send the report without files: the text gets through, and with the code you can add the files later. If it is urgent, talk to one of those you see below.",
        call: "You can call:",
        mail: MailText(
            subject: "Anonymous reports were turned away",
            paragraphs: [
                "In the last hour anonymous reports or files were turned away because too many came. See whether somebody misuses the form, and whether the limits whistleblowing.anonymousPerHour and whistleblowing.anonymousMegabytes are too low."
            ], linkLabel: "See operations"))
}
