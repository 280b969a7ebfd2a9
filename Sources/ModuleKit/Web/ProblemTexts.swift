/// What the standard problems say.
struct ProblemTexts: TextSet {
    let notFoundTitle, notFoundDetail: String
    let methodTitle, methodDetail: String
    let forbiddenTitle, forbiddenDetail: String
    let signInTitle, signInDetail: String
    let tooLargeTitle: String
    /// Kibibytes.
    let tooLargeDetail: @Sendable (Int) -> String
    let malformedTitle, malformedDetail: String
    /// Number of fields.
    let invalidTitle: @Sendable (Int) -> String
    let invalidDetail: String
    let staleTitle, staleDetail: String
    let ifMatchTitle, ifMatchDetail: String
    let keyReusedTitle, keyReusedDetail: String
    let tooManyTitle, tooManyDetail: String
    let unavailableTitle, unavailableDetail: String
    let faultTitle, faultDetail: String
    let forgedForm: String
    /// Name of who is signed in.
    let sentAs: @Sendable (String) -> String
    let notUTF8: String

    static let nb = ProblemTexts(
        notFoundTitle: "Vi fant ikke siden",
        notFoundDetail: "Den finnes ikke, eller den er ikke åpen for deg. Kontroller adressen, eller gå til forsiden.",
        methodTitle: "Adressen tar ikke imot dette",
        methodDetail: "Den finnes, men ikke for dette. Ingenting er lagret. Gå tilbake, eller til forsiden.",
        forbiddenTitle: "Dette kan du ikke gjøre",
        forbiddenDetail:
            "Rollen din åpner ikke for det. Spør lederen ved enheten din hvis du mener du skal ha tilgang.",
        signInTitle: "Du må logge inn",
        signInDetail: "Logg inn for å gå videre.",
        tooLargeTitle: "Det du sendte, er for stort",
        tooLargeDetail: { "Grensen er \($0) kB. Ingenting er lagret. Kort ned teksten, og send på nytt." },
        malformedTitle: "Vi kunne ikke lese det du sendte",
        malformedDetail: "Ingenting er lagret. Rett det som er merket, og send på nytt.",
        invalidTitle: { $0 == 1 ? "Én ting må rettes" : "\($0) ting må rettes" },
        invalidDetail: "Ingenting er lagret. Rett det som er merket, og send på nytt.",
        staleTitle: "Saken er endret i mellomtiden",
        staleDetail:
            "Noen andre har endret den siden du åpnet den. Ingenting av ditt er lagret. Se hva som er nytt, og prøv igjen.",
        ifMatchTitle: "If-Match mangler",
        ifMatchDetail: "Send If-Match med den ETag-verdien du fikk da du hentet saken.",
        keyReusedTitle: "Idempotency-Key er brukt før",
        keyReusedDetail: "Nøkkelen er brukt med et annet innhold. Ingenting er lagret. Bruk en ny nøkkel.",
        tooManyTitle: "Det kom for mye på en gang",
        tooManyDetail:
            "Det kom flere forespørsler fra deg eller nettet ditt enn vi tar imot. Ingenting er lagret. Vent litt og prøv igjen.",
        unavailableTitle: "Vi får ikke lagret akkurat nå",
        unavailableDetail: "Ingenting er lagret. Vent litt og prøv igjen; det du skrev, står der fortsatt.",
        faultTitle: "Noe gikk galt hos oss",
        faultDetail: "Ingenting er lagret. Prøv igjen om litt. Skjer det flere ganger, si fra til brukerstøtte.",
        forgedForm: "Skjemaet var blitt for gammelt. Det du skrev, står her fortsatt. Se over og send på nytt.",
        sentAs: { "Det blir sendt som \($0)." },
        notUTF8: "Teksten har tegn vi ikke kan lese (den er ikke UTF-8).")

    static let nn = ProblemTexts(
        notFoundTitle: "Vi fann ikkje sida",
        notFoundDetail: "Ho finst ikkje, eller ho er ikkje open for deg. Kontroller adressa, eller gå til framsida.",
        methodTitle: "Adressa tek ikkje imot dette",
        methodDetail: "Ho finst, men ikkje for dette. Ingenting er lagra. Gå tilbake, eller til framsida.",
        forbiddenTitle: "Dette kan du ikkje gjere",
        forbiddenDetail: "Rolla di opnar ikkje for det. Spør leiaren ved eininga di om du meiner du skal ha tilgang.",
        signInTitle: "Du må logge inn",
        signInDetail: "Logg inn for å gå vidare.",
        tooLargeTitle: "Det du sende, er for stort",
        tooLargeDetail: { "Grensa er \($0) kB. Ingenting er lagra. Kort ned teksten, og send på nytt." },
        malformedTitle: "Vi kunne ikkje lese det du sende",
        malformedDetail: "Ingenting er lagra. Rett det som er merkt, og send på nytt.",
        invalidTitle: { $0 == 1 ? "Éin ting må rettast" : "\($0) ting må rettast" },
        invalidDetail: "Ingenting er lagra. Rett det som er merkt, og send på nytt.",
        staleTitle: "Saka er endra i mellomtida",
        staleDetail:
            "Nokon andre har endra ho sidan du opna ho. Ingenting av ditt er lagra. Sjå kva som er nytt, og prøv igjen.",
        ifMatchTitle: "If-Match manglar",
        ifMatchDetail: "Send If-Match med den ETag-verdien du fekk då du henta saka.",
        keyReusedTitle: "Idempotency-Key er brukt før",
        keyReusedDetail: "Nøkkelen er brukt med eit anna innhald. Ingenting er lagra. Bruk ein ny nøkkel.",
        tooManyTitle: "Det kom for mykje på ein gong",
        tooManyDetail:
            "Det kom fleire førespurnader frå deg eller nettet ditt enn vi tek imot. Ingenting er lagra. Vent litt og prøv igjen.",
        unavailableTitle: "Vi får ikkje lagra akkurat no",
        unavailableDetail: "Ingenting er lagra. Vent litt og prøv igjen; det du skreiv, står der framleis.",
        faultTitle: "Noko gjekk gale hos oss",
        faultDetail: "Ingenting er lagra. Prøv igjen om litt. Skjer det fleire gonger, sei frå til brukarstøtta.",
        forgedForm: "Skjemaet var blitt for gammalt. Det du skreiv, står her framleis. Sjå over og send på nytt.",
        sentAs: { "Det blir sendt som \($0)." },
        notUTF8: "Teksten har teikn vi ikkje kan lese (han er ikkje UTF-8).")

    static let en = ProblemTexts(
        notFoundTitle: "We could not find the page",
        notFoundDetail: "It does not exist, or it is not open to you. Check the address, or go to the front page.",
        methodTitle: "The address does not take this",
        methodDetail: "It exists, but not for this. Nothing is stored. Go back, or to the front page.",
        forbiddenTitle: "You cannot do this",
        forbiddenDetail: "Your role does not allow it. Ask the manager of your unit if you think it should.",
        signInTitle: "You need to sign in",
        signInDetail: "Sign in to go on.",
        tooLargeTitle: "What you sent is too large",
        tooLargeDetail: { "The limit is \($0) kB. Nothing was stored. Shorten the text, and send it again." },
        malformedTitle: "We could not read what you sent",
        malformedDetail: "Nothing was stored. Correct what is marked and send it again.",
        invalidTitle: { $0 == 1 ? "One thing needs to be corrected" : "\($0) things need to be corrected" },
        invalidDetail: "Nothing was stored. Correct what is marked and send it again.",
        staleTitle: "The case has changed in the meantime",
        staleDetail:
            "Someone else changed it after you opened it. Nothing of yours was stored. See what is new and try again.",
        ifMatchTitle: "If-Match is missing",
        ifMatchDetail: "Send If-Match with the ETag you got when you fetched the case.",
        keyReusedTitle: "This Idempotency-Key was used before",
        keyReusedDetail: "The key was used with other content. Nothing was stored. Use a new key.",
        tooManyTitle: "Too much came at once",
        tooManyDetail:
            "More requests came from you or your network than are taken. Nothing was stored. Wait a little and try again.",
        unavailableTitle: "We cannot store anything right now",
        unavailableDetail: "Nothing was stored. Wait a little and try again; what you wrote is still there.",
        faultTitle: "Something went wrong on our side",
        faultDetail: "Nothing was stored. Try again in a while. If it happens again, tell the help desk.",
        forgedForm: "The form had become too old. What you wrote is still here. Look it over and send it again.",
        sentAs: { "It will be sent as \($0)." },
        notUTF8: "The text has characters we cannot read (it is not UTF-8).")
}
