import ModuleKit

/// The words of the page that makes buttons and QR codes.
struct SpeakUpTexts: TextSet {
    let title, lead, form, any, language, make, button, nothing: String
    let link, linkHint, snippet, snippetHint, corner, cornerHint, qr, qrHint, svg, png, preview, alternative: String

    static let nb = SpeakUpTexts(
        title: "Si ifra-knapp og QR-kode",
        lead:
            "Lag en knapp til nettsidene deres eller en kode til å henge opp. Det du velger her, er fylt ut når noen kommer inn den veien; de kan endre det.",
        form: "Hvor skal den føre?", any: "Ikke fyll ut", language: "Språk på knappen", make: "Lag knapp og kode",
        button: "Si ifra",
        nothing: "Ingen skjemaer er slått på.", link: "Lenken", linkHint: "Kan brukes alene, i e-post eller i en meny.",
        snippet: "Knapp i teksten",
        snippetHint:
            "Lim inn i HTML-en på siden. Knappen er en vanlig lenke: den trenger ikke skript og henter ingenting.",
        corner: "Knapp i hjørnet", cornerHint: "Samme lenke, men den blir stående nederst til høyre når man ruller.",
        qr: "QR-kode", qrHint: "Til oppslag og lysark. SVG er skarp i alle størrelser; PNG passer i Word.",
        svg: "Last ned SVG", png: "Last ned PNG",
        preview: "Slik ser den ut", alternative: "QR-kode med lenken over")

    static let nn = SpeakUpTexts(
        title: "Sei frå-knapp og QR-kode",
        lead:
            "Lag ein knapp til nettsidene dykkar eller ein kode til å hengje opp. Det du vel her, er fylt ut når nokon kjem inn den vegen; dei kan endre det.",
        form: "Kvar skal han føre?", any: "Ikkje fyll ut", language: "Språk på knappen", make: "Lag knapp og kode",
        button: "Sei frå",
        nothing: "Ingen skjema er slått på.", link: "Lenkja",
        linkHint: "Kan brukast åleine, i e-post eller i ein meny.",
        snippet: "Knapp i teksten",
        snippetHint:
            "Lim inn i HTML-en på sida. Knappen er ei vanleg lenkje: han treng ikkje skript og hentar ingenting.",
        corner: "Knapp i hjørnet", cornerHint: "Same lenkje, men han blir ståande nedst til høgre når ein rullar.",
        qr: "QR-kode", qrHint: "Til oppslag og lysark. SVG er skarp i alle storleikar; PNG passar i Word.",
        svg: "Last ned SVG", png: "Last ned PNG",
        preview: "Slik ser han ut", alternative: "QR-kode med lenkja over")

    static let en = SpeakUpTexts(
        title: "Speak up button and QR code",
        lead:
            "Make a button for your web pages or a code to put on the wall. What you choose here is filled in when somebody comes that way; they can change it.",
        form: "Where should it lead?", any: "Leave open", language: "Language of the button",
        make: "Make button and code", button: "Speak up",
        nothing: "No forms are switched on.", link: "The link",
        linkHint: "Can be used by itself, in a mail or in a menu.",
        snippet: "A button in the text",
        snippetHint:
            "Paste it into the page's HTML. The button is a plain link: it needs no script and fetches nothing.",
        corner: "A button in the corner",
        cornerHint: "The same link, but it stays at the bottom right while one scrolls.",
        qr: "QR code", qrHint: "For posters and slides. SVG is sharp at any size; PNG fits in Word.",
        svg: "Download SVG", png: "Download PNG",
        preview: "What it looks like", alternative: "QR code of the link above")
}
