import ModuleKit

/// What is said before a module is switched off, and while one is off whose people may come from outside.
struct SwitchTexts: TextSet {
    /// The module's name.
    let title: @Sendable (String) -> String
    let stops: [String]
    let codes, stays, keep: String
    let closedTitle, closed, closedCode: String

    static let nb = SwitchTexts(
        title: { "Slå av «\($0)»?" },
        stops: [
            "Sidene og menyen forsvinner med en gang, for alle.",
            "Ingen kan melde noe nytt eller behandle det som er meldt.", "Frister løper, men ingen blir minnet på dem.",
        ],
        codes:
            "Den som har fått en kode, kommer ikke inn med den. Siden sier at det er stengt, og hvem man kan snakke med.",
        stays: "Ingenting slettes. Når modulen slås på igjen, er alt der.", keep: "La den stå på",
        closedTitle: "Stengt for en stund",
        closed:
            "Denne siden er stengt nå. Det du har fortalt før, er tatt vare på. Kan det ikke vente, snakk med noen av dem under.",
        closedCode: "Har du en kode, virker den igjen når siden åpner. Ta vare på den, og prøv igjen senere.")
    static let nn = SwitchTexts(
        title: { "Slå av «\($0)»?" },
        stops: [
            "Sidene og menyen forsvinn med ein gong, for alle.",
            "Ingen kan melde noko nytt eller behandle det som er meldt.", "Fristar går, men ingen blir minte på dei.",
        ],
        codes:
            "Den som har fått ein kode, kjem ikkje inn med han. Sida seier at det er stengt, og kven ein kan snakke med.",
        stays: "Ingenting blir sletta. Når modulen blir slått på igjen, er alt der.", keep: "La han stå på",
        closedTitle: "Stengt ei stund",
        closed:
            "Denne sida er stengd no. Det du har fortalt før, er teke vare på. Kan det ikkje vente, snakk med nokon av dei under.",
        closedCode: "Har du ein kode, verkar han igjen når sida opnar. Ta vare på han, og prøv igjen seinare.")
    static let en = SwitchTexts(
        title: { "Switch off “\($0)”?" },
        stops: [
            "Its pages and menu are gone at once, for everybody.",
            "Nobody can report anything new or handle what is reported.",
            "Deadlines go on, but nobody is reminded of them.",
        ],
        codes:
            "Whoever has been given a code cannot get in with it. The page says that it is closed, and whom one can talk to.",
        stays: "Nothing is deleted. When the module is switched on again, all is there.", keep: "Leave it on",
        closedTitle: "Closed for a while",
        closed:
            "This page is closed now. What you have told us before is kept. If it cannot wait, talk to one of those below.",
        closedCode: "If you have a code, it works again when the page opens. Keep it, and try again later.")
}
