import DeviationsCore
import ModuleKit

/// The first question of the report form, and what is shown to those who answer it with yes.
struct DoorTexts: TextSet {
    let page, title, hint, none, refused: String
    /// Followed by names and numbers.
    let call: String
    let matters: [SeriousMatter: String]
    let stopTitle, stopLead, wayTitle, wayText, wayAnonymous, wayLink, wayOff, carryTitle, carryText, withText,
        withoutText: String
    let anonymously, byName, back: String
    let ombud: String

    static let nb = DoorTexts(
        page: "Før du begynner", title: "Gjelder det noe av dette?",
        hint: "Slike ting skal ikke meldes her. De går til egne, upartiske mottakere. Svaret lagres ikke.",
        none: "Nei, ingenting av dette",
        refused: "Dette skal ikke meldes som avvik. Bruk varsling (/whistleblowing). Ingenting er lagret.",
        call: "Du kan ringe:",
        matters: [
            .bullying: "Mobbing", .harassment: "Trakassering", .sexualHarassment: "Seksuell trakassering",
            .violence: "Vold", .threats: "Trusler", .threateningBehaviour: "Truende atferd",
            .censurable: "Noe annet alvorlig eller kritikkverdig",
        ],
        stopTitle: "Dette skal ikke meldes her", stopLead: "Ingenting er lagret eller sendt.",
        wayTitle: "Si fra til dem som skal ha det",
        wayText: "Upartiske varslingsmottakere leser det du skriver.", wayAnonymous: "Du kan være anonym.",
        wayLink: "Si fra om noe alvorlig",
        wayOff: "Siden for varsling er ikke åpen nå. Snakk med Studentombudet.",
        carryTitle: "Vil du ta med det du har skrevet?",
        carryText: "Det blir bare tatt med hvis du velger det. Ingenting sendes før du har sett over det.",
        withText: "Ta det med", withoutText: "Begynn uten",
        anonymously: "anonymt", byName: "med navn", back: "Tilbake til spørsmålet",
        ombud: "Til Studentombudet")

    static let nn = DoorTexts(
        page: "Før du byrjar", title: "Gjeld det noko av dette?",
        hint: "Slike ting skal ikkje meldast her. Dei går til eigne, upartiske mottakarar. Svaret blir ikkje lagra.",
        none: "Nei, ingenting av dette",
        refused: "Dette skal ikkje meldast som avvik. Bruk varsling (/whistleblowing). Ingenting er lagra.",
        call: "Du kan ringje:",
        matters: [
            .bullying: "Mobbing", .harassment: "Trakassering", .sexualHarassment: "Seksuell trakassering",
            .violence: "Vald", .threats: "Trugsmål", .threateningBehaviour: "Trugande åtferd",
            .censurable: "Noko anna alvorleg eller kritikkverdig",
        ],
        stopTitle: "Dette skal ikkje meldast her", stopLead: "Ingenting er lagra eller sendt.",
        wayTitle: "Sei frå til dei som skal ha det",
        wayText: "Upartiske varslingsmottakarar les det du skriv.", wayAnonymous: "Du kan vere anonym.",
        wayLink: "Sei frå om noko alvorleg",
        wayOff: "Sida for varsling er ikkje open no. Snakk med Studentombodet.",
        carryTitle: "Vil du ta med det du har skrive?",
        carryText: "Det blir berre teke med om du vel det. Ingenting blir sendt før du har sett over det.",
        withText: "Ta det med", withoutText: "Byrj utan",
        anonymously: "anonymt", byName: "med namn", back: "Tilbake til spørsmålet",
        ombud: "Til Studentombodet")

    static let en = DoorTexts(
        page: "Before you begin", title: "Is it about any of these?",
        hint: "Such things are not reported here. They go to impartial people. Your answer is not stored.",
        none: "No, none of these",
        refused: "This is not reported as a deviation. Use whistleblowing (/whistleblowing). Nothing was stored.",
        call: "You can call:",
        matters: [
            .bullying: "Bullying", .harassment: "Harassment", .sexualHarassment: "Sexual harassment",
            .violence: "Violence", .threats: "Threats", .threateningBehaviour: "Threatening behaviour",
            .censurable: "Something else that is serious or wrong",
        ],
        stopTitle: "This is not reported here", stopLead: "Nothing was stored or sent.",
        wayTitle: "Tell those who should have it",
        wayText: "Impartial people read what you write.", wayAnonymous: "You can stay anonymous.",
        wayLink: "Tell us about something serious",
        wayOff: "The page for whistleblowing is not open now. Talk to the student ombud.",
        carryTitle: "Do you want to bring what you have written?",
        carryText: "It is only brought along if you choose so. Nothing is sent before you have looked it over.",
        withText: "Bring it", withoutText: "Begin without it",
        anonymously: "anonymously", byName: "by name", back: "Back to the question",
        ombud: "To the student ombud")
}
