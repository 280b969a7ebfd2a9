import ModuleKit

/// What the reporter reads and can do on a page of their own, beside the case itself.
struct OwnCaseTexts: TextSet {
    let done: String
    let lateTitle, lateText, lateButton, lateDone, notOverdue, escalatedBefore: String
    let withdraw, withdrawText, withdrawButton: String
    let farewellTitle, farewellPartTitle, farewellLead, farewellPartLead, reason: String
    /// Of a rejection where only the reporter goes to whistleblowing; the last one stands in its mail.
    let seriousTitle, seriousText, seriousMail: String
    let inTitle, inText, inLink, inOff, readText, readButton: String
    /// The case's number.
    let card: @Sendable (String) -> String

    static let nb = OwnCaseTexts(
        done: "Det er gjort.", lateTitle: "Er saken ikke fulgt opp?",
        lateText:
            "Fristen er ute, og saken er ikke avsluttet med et endelig svar. Du kan varsle om det. Da sendes bare datoene og stegene i saken, ikke det du skrev. De som har saken, og lederne deres, får ikke vite det, og saken fortsetter.",
        lateButton: "Varsle om at saken ikke er fulgt opp",
        lateDone: "Du har varslet om at saken ikke er fulgt opp. Du finner det under varsling når du er logget inn.",
        notOverdue: "Saken er ikke over fristen.", escalatedBefore: "Du har alt varslet om denne saken.",
        withdraw: "Trekk meldingen",
        withdrawText:
            "Vi sletter hvem du er. Behandlingen stanser, eller saken går videre uten deg når institusjonen må. Du ser den ikke mer.",
        withdrawButton: "Trekk meldingen",
        farewellTitle: "Meldingen din behandles ikke som avvik",
        farewellPartTitle: "En del av meldingen din behandles ikke som avvik",
        farewellLead: "Det du fortalte, er tatt videre som varsel. Bare upartiske varslingsmottakere leser det.",
        farewellPartLead:
            "En del av det du fortalte, er tatt videre som varsel. Bare upartiske varslingsmottakere leser det. Resten følger du som før under Mine saker.",
        reason: "Begrunnelsen", seriousTitle: "Er det noe alvorlig?",
        seriousText:
            "Trakassering, trusler, vold og annet som er alvorlig eller kritikkverdig, behandles ikke som avvik. Ingenting av det du skrev, er sendt videre: du avgjør selv om du vil varsle.",
        seriousMail:
            "Gjelder det noe alvorlig eller kritikkverdig, kan du varsle. Veien til skjemaet for varsling står i saken.",
        inTitle: "Slik kommer du inn",
        inText:
            "Logg inn og åpne siden for varsling. Under «Det du har fortalt med navn» ser du saken, kan lese spørsmål og skrive mer.",
        inLink: "Til varsling", inOff: "Siden for varsling er ikke åpen nå. Prøv igjen senere.",
        readText: "Når du har lest dette, kan du fjerne det herfra. Ellers forsvinner det av seg selv.",
        readButton: "Jeg har lest det, fjern det", card: { "Svar på melding \($0)" })

    static let nn = OwnCaseTexts(
        done: "Det er gjort.", lateTitle: "Er saka ikkje følgd opp?",
        lateText:
            "Fristen er ute, og saka er ikkje avslutta med eit endeleg svar. Du kan varsle om det. Då blir berre datoane og stega i saka sende, ikkje det du skreiv. Dei som har saka, og leiarane deira, får ikkje vite det, og saka held fram.",
        lateButton: "Varsle om at saka ikkje er følgd opp",
        lateDone: "Du har varsla om at saka ikkje er følgd opp. Du finn det under varsling når du er logga inn.",
        notOverdue: "Saka er ikkje over fristen.", escalatedBefore: "Du har alt varsla om denne saka.",
        withdraw: "Trekk meldinga",
        withdrawText:
            "Vi slettar kven du er. Behandlinga stansar, eller saka held fram utan deg når institusjonen må. Du ser ho ikkje meir.",
        withdrawButton: "Trekk meldinga",
        farewellTitle: "Meldinga di blir ikkje behandla som avvik",
        farewellPartTitle: "Ein del av meldinga di blir ikkje behandla som avvik",
        farewellLead: "Det du fortalde, er teke vidare som varsel. Berre upartiske varslingsmottakarar les det.",
        farewellPartLead:
            "Ein del av det du fortalde, er teken vidare som varsel. Berre upartiske varslingsmottakarar les det. Resten følgjer du som før under Mine saker.",
        reason: "Grunngivinga", seriousTitle: "Er det noko alvorleg?",
        seriousText:
            "Trakassering, trugsmål, vald og anna som er alvorleg eller kritikkverdig, blir ikkje behandla som avvik. Ingenting av det du skreiv, er sendt vidare: du avgjer sjølv om du vil varsle.",
        seriousMail:
            "Gjeld det noko alvorleg eller kritikkverdig, kan du varsle. Vegen til skjemaet for varsling står i saka.",
        inTitle: "Slik kjem du inn",
        inText:
            "Logg inn og opne sida for varsling. Under «Det du har fortalt med namn» ser du saka, kan lese spørsmål og skrive meir.",
        inLink: "Til varsling", inOff: "Sida for varsling er ikkje open no. Prøv igjen seinare.",
        readText: "Når du har lese dette, kan du fjerne det herifrå. Elles forsvinn det av seg sjølv.",
        readButton: "Eg har lese det, fjern det", card: { "Svar på melding \($0)" })

    static let en = OwnCaseTexts(
        done: "It is done.", lateTitle: "Is the case not followed up?",
        lateText:
            "The deadline has passed, and the case is not closed with a final answer. You can blow the whistle on it. Only the dates and steps of the case are sent, not what you wrote. Those who have the case and their managers are not told, and the case goes on.",
        lateButton: "Report that the case is not followed up",
        lateDone:
            "You have reported that the case is not followed up. You find it under whistleblowing when you are signed in.",
        notOverdue: "The case is not past its deadline.", escalatedBefore: "You have reported this case before.",
        withdraw: "Withdraw the report",
        withdrawText:
            "We delete who you are. Handling stops, or the case goes on without you when the institution has to. You no longer see it.",
        withdrawButton: "Withdraw the report",
        farewellTitle: "Your report is not handled as a deviation",
        farewellPartTitle: "A part of your report is not handled as a deviation",
        farewellLead:
            "What you told us has been taken further as a whistleblow. Only impartial people read it.",
        farewellPartLead:
            "A part of what you told us has been taken further as a whistleblow. Only impartial people read it. You follow the rest as before under My cases.",
        reason: "The reason", seriousTitle: "Is it something serious?",
        seriousText:
            "Harassment, threats, violence and what else is serious or wrong is not handled as a deviation. Nothing of what you wrote was sent on: you decide whether to blow the whistle.",
        seriousMail:
            "If it is about something serious or wrong, you can blow the whistle. The way to the whistleblowing form is in the case.",
        inTitle: "How to get in",
        inText:
            "Sign in and open the page for whistleblowing. Under what you have told by name you see the case, can read questions and write more.",
        inLink: "To whistleblowing", inOff: "The page for whistleblowing is not open now. Try again later.",
        readText: "When you have read this, you can remove it from here. Otherwise it goes by itself.",
        readButton: "I have read it, remove it", card: { "An answer to report \($0)" })
}
