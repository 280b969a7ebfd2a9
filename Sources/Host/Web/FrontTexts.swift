import ModuleKit

/// The words of the doors that the host itself has on the front page.
struct FrontTexts: TextSet {
    let seriousTitle, seriousText, talkTitle, talkText, embed: String

    static let nb = FrontTexts(
        seriousTitle: "Noe alvorlig har skjedd",
        seriousText: "Trakassering, mobbing, trusler eller vold. Her er de som kan hjelpe deg videre.",
        talkTitle: "Jeg trenger noen å snakke med",
        talkText: "Folk med taushetsplikt, studentombudet og andre som hjelper, nær deg.",
        embed: "Knapp og QR-kode til andre nettsider og oppslag")
    static let nn = FrontTexts(
        seriousTitle: "Noko alvorleg har hendt",
        seriousText: "Trakassering, mobbing, trugsmål eller vald. Her er dei som kan hjelpe deg vidare.",
        talkTitle: "Eg treng nokon å snakke med",
        talkText: "Folk med teieplikt, studentombodet og andre som hjelper, nær deg.",
        embed: "Knapp og QR-kode til andre nettsider og oppslag")
    static let en = FrontTexts(
        seriousTitle: "Something serious has happened",
        seriousText: "Harassment, bullying, threats or violence. Here are those who can help you on.",
        talkTitle: "I need someone to talk to",
        talkText: "People bound to secrecy, the student ombud and others who help, near you.",
        embed: "A button and a QR code for other web pages and posters")
}
