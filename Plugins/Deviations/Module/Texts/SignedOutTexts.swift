import ModuleKit

/// The words for reports of people who are not signed in: to them, to who handles the case, and to administrators.
struct SignedOutTexts: TextSet {
    let title, noAnswer, signIn, signInFor, serious, number, sent, more, full: String
    /// Who sent it, and what that means for the handling.
    let sender, handling: String
    let privacy: String
    let alarm: MailText

    static let nb = SignedOutTexts(
        title: "Du er ikke logget inn",
        noAnswer:
            "Vi får ikke vite hvem du er. Derfor kan ingen svare deg eller spørre om mer, og du kan ikke legge ved filer.",
        signIn: "Logg inn", signInFor: ", så får du svar og en egen side der du følger saken.",
        serious: "Gjelder det noe alvorlig, som trakassering, trusler eller vold:", number: "Saken har nummer",
        sent: "Den blir vurdert og behandlet som alle andre. Du får ikke svar, for vi vet ikke hvem du er.",
        more: "Vil du fortelle mer, sender du en ny melding og skriver nummeret i den.",
        full:
            "Det kommer så mange meldinger uten innlogging akkurat nå at vi ikke kan ta imot din ennå. Det du har skrevet, står her. Prøv igjen om noen minutter.",
        sender: "Sendt uten innlogging",
        handling:
            "Meldingen er sendt uten innlogging. Fristen løper som ellers, men svar når ingen, og ingen kan spørres om mer.",
        privacy:
            "Sender du uten å logge inn, lagrer vi bare det du skriver: ikke hvem du er, ikke adressen din og ikke hva du bruker.",
        alarm: MailText(
            subject: "Meldinger uten innlogging er avvist",
            paragraphs: [
                "Den siste timen er meldinger uten innlogging avvist fordi det kom for mange. Se om noen misbruker skjemaet, og om grensen deviations.signedOutPerHour er for lav."
            ], linkLabel: "Se drift"))
    static let nn = SignedOutTexts(
        title: "Du er ikkje logga inn",
        noAnswer:
            "Vi får ikkje vite kven du er. Difor kan ingen svare deg eller spørje om meir, og du kan ikkje leggje ved filer.",
        signIn: "Logg inn", signInFor: ", så får du svar og ei eiga side der du følgjer saka.",
        serious: "Gjeld det noko alvorleg, som trakassering, trugsmål eller vald:", number: "Saka har nummer",
        sent: "Ho blir vurdert og behandla som alle andre. Du får ikkje svar, for vi veit ikkje kven du er.",
        more: "Vil du fortelje meir, sender du ei ny melding og skriv nummeret i ho.",
        full:
            "Det kjem så mange meldingar utan innlogging akkurat no at vi ikkje kan ta imot di enno. Det du har skrive, står her. Prøv igjen om nokre minutt.",
        sender: "Send utan innlogging",
        handling:
            "Meldinga er send utan innlogging. Fristen går som elles, men svar når ingen, og ingen kan spørjast om meir.",
        privacy:
            "Sender du utan å logge inn, lagrar vi berre det du skriv: ikkje kven du er, ikkje adressa di og ikkje kva du bruker.",
        alarm: MailText(
            subject: "Meldingar utan innlogging er avviste",
            paragraphs: [
                "Den siste timen er meldingar utan innlogging avviste fordi det kom for mange. Sjå om nokon misbruker skjemaet, og om grensa deviations.signedOutPerHour er for låg."
            ], linkLabel: "Sjå drift"))
    static let en = SignedOutTexts(
        title: "You are not signed in",
        noAnswer:
            "We do not get to know who you are. So nobody can answer you or ask for more, and you cannot attach files.",
        signIn: "Sign in", signInFor: " to get replies and a page of your own on which you follow the case.",
        serious: "If it is something serious, such as harassment, threats or violence:", number: "The case has number",
        sent: "It is assessed and handled like any other. You get no answer, since we do not know who you are.",
        more: "If you want to tell more, send another report and write the number in it.",
        full:
            "So many reports are coming in without a sign-in at this moment that we cannot take yours yet. What you wrote stands here. Try again in a few minutes.",
        sender: "Sent without signing in",
        handling:
            "The report was sent without signing in. The clock runs as always, but replies reach nobody, and nobody can be asked for more.",
        privacy:
            "If you send it without signing in, we store only what you write: not who you are, not your address and not what you use.",
        alarm: MailText(
            subject: "Reports without a sign-in were turned away",
            paragraphs: [
                "In the last hour reports without a sign-in were turned away because too many came. See whether somebody misuses the form, and whether the limit deviations.signedOutPerHour is too low."
            ], linkLabel: "See operations"))
}
