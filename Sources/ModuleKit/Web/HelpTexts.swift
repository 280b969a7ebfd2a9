/// The words around help contacts.
public struct HelpTexts: TextSet {
    public let title, lead, panelTitle, all, urgent, allCampuses, campus, phone, mail, web, hours: String
    public let kinds: [HelpContact.Kind: String]

    public static let nb = HelpTexts(
        title: "Hjelp og kontakt",
        lead:
            "Du kan snakke med noen uten å melde fra, og uten å ha bestemt deg for noe. De som står under taushetsplikt, sier ikke noe videre uten at du vil det.",
        panelTitle: "Er du i tvil, eller trenger du noen å snakke med?", all: "Alle som kan hjelpe deg",
        urgent: "Haster det?",
        allCampuses: "Alle campuser", campus: "Campus", phone: "Telefon", mail: "E-post", web: "Nettsted",
        hours: "Åpent",
        kinds: [
            .emergency: "Når det haster", .confidential: "Folk med taushetsplikt", .ombud: "Ombud",
            .help: "Annen hjelp",
        ])
    public static let nn = HelpTexts(
        title: "Hjelp og kontakt",
        lead:
            "Du kan snakke med nokon utan å melde frå, og utan å ha bestemt deg for noko. Dei som har teieplikt, seier ikkje noko vidare utan at du vil det.",
        panelTitle: "Er du i tvil, eller treng du nokon å snakke med?", all: "Alle som kan hjelpe deg",
        urgent: "Hastar det?",
        allCampuses: "Alle campusar", campus: "Campus", phone: "Telefon", mail: "E-post", web: "Nettstad", hours: "Ope",
        kinds: [
            .emergency: "Når det hastar", .confidential: "Folk med teieplikt", .ombud: "Ombod", .help: "Anna hjelp",
        ])
    public static let en = HelpTexts(
        title: "Help and contact",
        lead:
            "You can talk to someone without reporting anything, and without having decided. Those bound to secrecy pass nothing on unless you want them to.",
        panelTitle: "In doubt, or need someone to talk to?", all: "Everyone who can help you", urgent: "Is it urgent?",
        allCampuses: "All campuses", campus: "Campus", phone: "Phone", mail: "E-mail", web: "Website", hours: "Open",
        kinds: [
            .emergency: "When it is urgent", .confidential: "People bound to secrecy", .ombud: "Ombud",
            .help: "Other help",
        ])
}
