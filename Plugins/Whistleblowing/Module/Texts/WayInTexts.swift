import ModuleKit

/// What stands before the report: what it is for, what happens, who reads it, and whom one can talk to.
struct WayInTexts: TextSet {
    typealias Step = (title: String, text: String)
    let doorTitle, doorText, doorNamed: String
    let title, lead, leadNamed, exitHint, exitKeys: String
    /// Where nobody may report without a name.
    let namedTitle, namedOnly: String
    let urgentTitle: String
    /// The numbers of the police and of medical help, as links.
    let urgent: @Sendable (HTML, HTML) -> HTML
    let forTitle, forText: String
    let thenTitle: String
    /// Days until it is acknowledged, months until feedback, whether one may report without a name.
    let then: @Sendable (Int, Int, Bool) -> [Step]
    let whoTitle, whoText: String
    let startTitle, anonymousText: String
    let startAnonymous, startNamed, signIn: String
    /// The name of who is signed in.
    let signedIn: @Sendable (String) -> String
    let returnTitle, returnText, code, codeHint, returnButton: String
    let ownTitle: String
    let languages, lost, nobody: String

    static let nb = WayInTexts(
        doorTitle: "Si fra om noe alvorlig", doorText: "Mobbing, trakassering, vold, trusler. Du kan være anonym.",
        doorNamed: "Mobbing, trakassering, vold, trusler.",
        title: "Si fra om noe alvorlig",
        lead:
            "Her kan du varsle om noe du har opplevd eller sett. Du trenger ikke være sikker, og du trenger ikke si hvem du er.",
        leadNamed: "Her kan du varsle om noe du har opplevd eller sett. Du trenger ikke være sikker.",
        exitHint: "Knappen øverst tar deg bort herfra med en gang.",
        exitKeys: "Det gjør også Escape to ganger.", namedTitle: "Bare med navn",
        namedOnly:
            "Her tas det bare imot varsler med navn: du logger inn, og bare varslingsmottakerne ser hvem du er. Vil du ikke si hvem du er, så snakk med noen av dem nedenfor.",
        urgentTitle: "Er det fare nå?",
        urgent: { "Ring politiet på \($0) eller medisinsk nødhjelp på \($1). Dette skjemaet leses ikke med en gang." },
        forTitle: "Hva dette er for",
        forText:
            "Mobbing, trakassering, seksuell trakassering, vold, trusler og truende atferd. Andre kritikkverdige forhold. Avvik som du har meldt fra om, og som ingen følger opp.",
        thenTitle: "Hva som skjer",
        then: { days, months, isAnonymous in
            [
                (
                    "Du forteller",
                    "Med dine egne ord.\(isAnonymous ? " Du får en kode som du kan komme tilbake med." : "")"
                ),
                ("Vi bekrefter", "Innen \(days) dager får du vite at noen har lest det."),
                (
                    "Vi snakker sammen",
                    "Vi kan spørre deg om mer, og du kan legge til.\(isAnonymous ? " Fortsatt anonymt." : "")"
                ),
                ("Du får vite hva vi gjør", "Innen \(months) måneder får du en tilbakemelding."),
            ]
        },
        whoTitle: "Hvem som leser det",
        whoText:
            "Bare upartiske varslingsmottakere. Ikke lederen din, ikke underviserne, ikke de som driver systemet. Du kan selv velge bort noen. Det er forbudt å straffe deg for å si fra.",
        startTitle: "Fortell oss",
        anonymousText:
            "Sender du anonymt, lagrer vi ingenting om hvem du er, hvilken maskin du bruker eller når på dagen du skriver. Bruk gjerne en maskin som ikke er universitetets.",
        startAnonymous: "Fortell anonymt", startNamed: "Fortell med navn", signIn: "Logg inn for å fortelle med navn",
        signedIn: { "Du er logget inn som \($0). Forteller du anonymt, tar vi ikke vare på det." },
        returnTitle: "Har du fortalt oss noe før?", returnText: "Skriv koden du fikk, så ser du om noen har svart.",
        code: "Kode", codeHint: "16 sifre, for eksempel 1234 5678 9012 3456", returnButton: "Åpne",
        ownTitle: "Det du har fortalt med navn",
        languages: "Språk", lost: "Vi fikk ikke kontakt med tjeneren. Det du skrev, står her fortsatt. Prøv igjen.",
        nobody: "Ingen tar imot varsler her ennå, så du kan ikke sende noe nå. Snakk med noen av dem under.")

    static let nn = WayInTexts(
        doorTitle: "Sei frå om noko alvorleg", doorText: "Mobbing, trakassering, vald, trugsmål. Du kan vere anonym.",
        doorNamed: "Mobbing, trakassering, vald, trugsmål.",
        title: "Sei frå om noko alvorleg",
        lead:
            "Her kan du varsle om noko du har opplevd eller sett. Du treng ikkje vere sikker, og du treng ikkje seie kven du er.",
        leadNamed: "Her kan du varsle om noko du har opplevd eller sett. Du treng ikkje vere sikker.",
        exitHint: "Knappen øvst tek deg bort herifrå med ein gong.",
        exitKeys: "Det gjer òg Escape to gonger.", namedTitle: "Berre med namn",
        namedOnly:
            "Her blir det berre teke imot varsel med namn: du loggar inn, og berre varslingsmottakarane ser kven du er. Vil du ikkje seie kven du er, så snakk med nokon av dei nedanfor.",
        urgentTitle: "Er det fare no?",
        urgent: {
            "Ring politiet på \($0) eller medisinsk naudhjelp på \($1). Dette skjemaet blir ikkje lese med ein gong."
        },
        forTitle: "Kva dette er for",
        forText:
            "Mobbing, trakassering, seksuell trakassering, vald, trugsmål og trugande åtferd. Andre kritikkverdige forhold. Avvik som du har meldt frå om, og som ingen følgjer opp.",
        thenTitle: "Kva som skjer",
        then: { days, months, isAnonymous in
            [
                (
                    "Du fortel",
                    "Med dine eigne ord.\(isAnonymous ? " Du får ein kode som du kan kome tilbake med." : "")"
                ),
                ("Vi stadfestar", "Innan \(days) dagar får du vite at nokon har lese det."),
                (
                    "Vi snakkar saman",
                    "Vi kan spørje deg om meir, og du kan leggje til.\(isAnonymous ? " Framleis anonymt." : "")"
                ),
                ("Du får vite kva vi gjer", "Innan \(months) månader får du ei tilbakemelding."),
            ]
        },
        whoTitle: "Kven som les det",
        whoText:
            "Berre upartiske varslingsmottakarar. Ikkje leiaren din, ikkje undervisarane, ikkje dei som driv systemet. Du kan sjølv velje bort nokon. Det er forbode å straffe deg for å seie frå.",
        startTitle: "Fortel oss",
        anonymousText:
            "Sender du anonymt, lagrar vi ingenting om kven du er, kva maskin du bruker eller når på dagen du skriv. Bruk gjerne ei maskin som ikkje er universitetet si.",
        startAnonymous: "Fortel anonymt", startNamed: "Fortel med namn", signIn: "Logg inn for å fortelje med namn",
        signedIn: { "Du er logga inn som \($0). Fortel du anonymt, tek vi ikkje vare på det." },
        returnTitle: "Har du fortalt oss noko før?", returnText: "Skriv koden du fekk, så ser du om nokon har svart.",
        code: "Kode", codeHint: "16 siffer, til dømes 1234 5678 9012 3456", returnButton: "Opne",
        ownTitle: "Det du har fortalt med namn",
        languages: "Språk", lost: "Vi fekk ikkje kontakt med tenaren. Det du skreiv, står her framleis. Prøv igjen.",
        nobody: "Ingen tek imot varsel her enno, så du kan ikkje sende noko no. Snakk med nokon av dei under.")

    static let en = WayInTexts(
        doorTitle: "Tell us about something serious",
        doorText: "Bullying, harassment, violence, threats. You can stay anonymous.",
        doorNamed: "Bullying, harassment, violence, threats.",
        title: "Tell us about something serious",
        lead:
            "Here you can report what you have met with or seen. You need not be sure, and you need not say who you are.",
        leadNamed: "Here you can report what you have met with or seen. You need not be sure.",
        exitHint: "The button at the top takes you away from here at once.", exitKeys: "So does Escape, twice.",
        namedTitle: "By name only",
        namedOnly:
            "Reports are taken by name only here: you sign in, and only those appointed for it see who you are. If you do not want to say who you are, talk to one of those below.",
        urgentTitle: "Is there danger now?",
        urgent: { "Call the police on \($0) or medical help on \($1). This form is not read at once." },
        forTitle: "What this is for",
        forText:
            "Bullying, harassment, sexual harassment, violence, threats and threatening behaviour. Other serious wrongdoing. Problems you have reported and that nobody follows up.",
        thenTitle: "What happens",
        then: { days, months, isAnonymous in
            [
                (
                    "You tell us",
                    "In your own words.\(isAnonymous ? " You get a code that you can come back with." : "")"
                ),
                ("We acknowledge it", "Within \(days) days you hear that somebody has read it."),
                ("We talk", "We may ask you for more, and you can add to it.\(isAnonymous ? " Still anonymous." : "")"),
                ("You hear what we do", "Within \(months) months you get feedback."),
            ]
        },
        whoTitle: "Who reads it",
        whoText:
            "Only impartial people who are appointed for it. Not your manager, not your teachers, not those who run the system. You can leave some of them out. Punishing you for speaking up is forbidden.",
        startTitle: "Tell us",
        anonymousText:
            "If you report anonymously we store nothing about who you are, which machine you use or at what time of day you write. Best use a machine that is not the university's.",
        startAnonymous: "Tell us anonymously", startNamed: "Tell us by name", signIn: "Sign in to tell us by name",
        signedIn: { "You are signed in as \($0). If you tell us anonymously, we do not keep that." },
        returnTitle: "Have you told us something before?",
        returnText: "Type the code you got to see whether somebody has answered.",
        code: "Code", codeHint: "16 digits, for example 1234 5678 9012 3456", returnButton: "Open",
        ownTitle: "What you have told us by name",
        languages: "Language", lost: "We could not reach the server. What you wrote is still here. Try again.",
        nobody: "Nobody receives reports here yet, so you cannot send anything now. Talk to one of those below.")
}
