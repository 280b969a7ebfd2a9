import ModuleKit

/// The words of requests about personal data: for who answers them, and for the person.
struct PrivacyTexts: TextSet {
    let title, lead, open, new, decided, none, kind, name, nameHint, email, emailHint, contact, contactHint: String
    let asked, register, received, state, saved, back, cases, noCases, review, putAway, extracted, download: String
    /// What is off: nothing of it is found.
    let off: @Sendable (String) -> String
    let search, searchHint, find, noHits, choose, decide, decision, erasureLead, accessLead, ground, groundHint: String
    let noGround, answer, answerLabel, answerHint, log, caseTitle, reviewLead, passages, hide, hideHint: String
    let makeExtract, extract, noExtract, groundTold, complain: String
    let askTitle, askText, askHint, ask, askedTold: String
    let missing, contactMissing, emailUnknown, yourself, wordsMissing, groundMissing, answerMissing, textMissing: String
    let changed, notTheirs, unfinished, noErasure, choiceGone, choiceMissing, account, refusedTitle, unknown: String
    let files, filesHint, wholeHint, wholeOpen, wholeConfirm, wholeUnconfirmed, noFile, older: String
    /// Most signs.
    let tooLong: @Sendable (Int) -> String
    /// A file by its number.
    let attachment: @Sendable (Int) -> String
    /// A date in words.
    let keptUntil: @Sendable (String) -> String
    let due, late: @Sendable (String) -> String
    let kinds: [PrivacyRequest.Kind: String]
    /// The law on archives.
    let kindHints: @Sendable (String) -> [PrivacyRequest.Kind: String]
    let states, decisions: [PrivacyRequest.State: String]
    /// By the code in the log.
    let acts: [String: String]

    func refusals(_ refusal: PrivacyRequests.Refusal) -> String {
        switch refusal {
        case .changedMeanwhile: changed
        case .notTheirs: notTheirs
        case .unfinished: unfinished
        case .noCases: noErasure
        }
    }
}

extension PrivacyTexts {
    static let nb = PrivacyTexts(
        title: "Krav om personopplysninger",
        lead:
            "Den som spør, skal ha svar innen en måned. Du ser aldri hvem som har meldt en sak, og hvert steg føres i loggen. Varsler er ikke med her: de som kan lese dem, svarer for dem.",
        open: "Åpne", new: "Før opp et krav", decided: "Avgjort", none: "Ingen.", kind: "Hva kravet gjelder",
        name: "Hvem det gjelder", nameHint: "Navnet slik det kan stå i sakene.", email: "E-post hos oss",
        emailHint: "Har personen konto her, ser hun eller han svaret på siden sin.", contact: "Slik når vi personen",
        contactHint: "For den som ikke kan logge inn.", asked: "Hva det spørres om", register: "Før opp",
        received: "Mottatt", state: "Status", saved: "Det er lagret.", back: "Alle krav", cases: "Saker",
        noCases: "Ingen saker er funnet fram ennå.", review: "Les og velg", putAway: "Legg bort",
        extracted: "utdrag laget", download: "Last ned utdraget", off: { "Slått av nå, og ikke med i søket: \($0)." },
        search: "Finn saker",
        searchHint: "Saksnummer, eller ord fra saken.", find: "Søk", noHits: "Ingen flere saker du kan se.",
        choose: "Velg", decide: "Avgjør", decision: "Avgjørelse",
        erasureLead:
            "Ja sletter det personen selv har meldt i sakene over: en åpen sak trekkes, av en avsluttet slettes innholdet for godt. Det kan ikke gjøres om.",
        accessLead: "Ja gir personen utdragene over.", ground: "Hjemmel for nei",
        groundHint: "Når svaret er nei, helt eller delvis.",
        noGround: "Ingen", answer: "Svaret", answerLabel: "Svar til personen",
        answerHint: "Begrunnelsen, i klare ord.", log: "Logg", caseTitle: "Sak",
        reviewLead:
            "Velg det som gjelder personen. Navnet på den som har meldt, er skjult; se etter om noe annet røper det.",
        passages: "Det som står i saken", hide: "Skjul også", hideHint: "Ett ord eller uttrykk på hver linje.",
        makeExtract: "Lag utdrag", extract: "Utdrag", noExtract: "Det er ikke noe utdrag her nå.",
        groundTold: "Hjemmel", complain: "Er du uenig, kan du klage til institusjonen eller til Datatilsynet.",
        askTitle: "Be om innsyn eller sletting", askText: "Hva ber du om?",
        askHint: "Nevn saksnummeret hvis du vet det. Skriv ikke om andres helse.", ask: "Send",
        askedTold: "Vi har mottatt det. Du får svar innen en måned, her på siden.", missing: "Skriv hvem det gjelder.",
        contactMissing: "Skriv hvordan vi når personen, eller en e-post som finnes hos oss.",
        emailUnknown: "Vi kjenner ikke denne e-posten. La feltet stå tomt hvis personen ikke har konto her.",
        yourself: "Du kan ikke svare deg selv. Be en annen om det.", wordsMissing: "Skriv minst tre tegn.",
        groundMissing: "Velg hjemmelen for å si nei.", answerMissing: "Skriv et svar til personen.",
        textMissing: "Skriv hva du ber om.",
        changed: "Noen andre har endret kravet. Se hva som er nytt.",
        notTheirs: "En av sakene er ikke meldt av personen. Legg den bort først; navn i andres saker skjules i saken.",
        unfinished: "En av sakene har et tiltak som ikke er ferdig, eller flere meldere. Den kan ikke slettes nå.",
        noErasure: "Finn fram sakene som skal slettes, og se til at personen har konto her.",
        choiceGone: "Noe i saken er endret siden du leste den. Se hva som står nå, og velg på nytt.",
        choiceMissing: "Velg minst ett avsnitt eller én fil.", account: "Konto her",
        refusedTitle: "Kravet kan ikke avgjøres slik", unknown: "Dette kjenner vi ikke.",
        files: "Filer",
        filesHint:
            "Ingen fil blir med uten at du velger den. Et bilde lages på nytt, uten hvem, hvor og når det ble tatt; en tekst får navnet på melderen skjult. Filnavnet blir ikke med.",
        wholeHint:
            "Filen bærer med seg hvem som laget den, kanskje melderen. Den gis ut hel, slik den ble sendt, eller ikke i det hele tatt.",
        wholeOpen: "Last ned og les den",
        wholeConfirm: "Jeg har lest hele filen. Alt i den kan gis ut, også hvem som laget den.",
        wholeUnconfirmed:
            "Bekreft for hver fil som gis ut hel, at du har lest den og at alt i den kan gis ut.",
        noFile: "Filen finnes ikke lenger.", older: "Eldre",
        tooLong: { "Teksten er for lang. Skriv høyst \($0) tegn." }, attachment: { "Vedlegg \($0)" },
        keptUntil: { "Svaret og loggen over kravet slettes etter \($0)." },
        due: { "svar innen \($0)" }, late: { "skulle vært besvart \($0)" },
        kinds: [.access: "Innsyn i det andre har skrevet om meg", .erasure: "Sletting av det jeg har meldt"],
        kindHints: {
            [
                .access: "Du får det som gjelder deg, men ikke hvem som har meldt.",
                .erasure: "Noe må tas vare på etter \($0). Da får du vite hvorfor.",
            ]
        },
        states: [.open: "åpent", .granted: "innvilget", .partly: "delvis innvilget", .refused: "avslått"],
        decisions: [.granted: "Ja", .partly: "Delvis", .refused: "Nei"],
        acts: [
            "requested": "Kravet ble ført opp", "case-added": "Sak funnet fram", "case-read": "Sak lest",
            "case-removed": "Sak lagt bort", "extracted": "Utdrag laget", "erased": "Innhold slettet",
            "granted": "Innvilget", "partly": "Delvis innvilget", "refused": "Avslått", "given": "Utdrag tatt ut",
        ])

    static let nn = PrivacyTexts(
        title: "Krav om personopplysningar",
        lead:
            "Den som spør, skal ha svar innan ein månad. Du ser aldri kven som har meldt ei sak, og kvart steg blir ført i loggen. Varsel er ikkje med her: dei som kan lese dei, svarer for dei.",
        open: "Opne", new: "Før opp eit krav", decided: "Avgjort", none: "Ingen.", kind: "Kva kravet gjeld",
        name: "Kven det gjeld", nameHint: "Namnet slik det kan stå i sakene.", email: "E-post hos oss",
        emailHint: "Har personen konto her, ser ho eller han svaret på sida si.", contact: "Slik når vi personen",
        contactHint: "For den som ikkje kan logge inn.", asked: "Kva det blir spurt om", register: "Før opp",
        received: "Motteke", state: "Status", saved: "Det er lagra.", back: "Alle krav", cases: "Saker",
        noCases: "Ingen saker er funne fram enno.", review: "Les og vel", putAway: "Legg bort",
        extracted: "utdrag laga", download: "Last ned utdraget", off: { "Slått av no, og ikkje med i søket: \($0)." },
        search: "Finn saker",
        searchHint: "Saksnummer, eller ord frå saka.", find: "Søk", noHits: "Ingen fleire saker du kan sjå.",
        choose: "Vel", decide: "Avgjer", decision: "Avgjerd",
        erasureLead:
            "Ja slettar det personen sjølv har meldt i sakene over: ei open sak blir trekt, av ei avslutta blir innhaldet sletta for godt. Det kan ikkje gjerast om.",
        accessLead: "Ja gir personen utdraga over.", ground: "Heimel for nei",
        groundHint: "Når svaret er nei, heilt eller delvis.",
        noGround: "Ingen", answer: "Svaret", answerLabel: "Svar til personen",
        answerHint: "Grunngivinga, i klare ord.", log: "Logg", caseTitle: "Sak",
        reviewLead:
            "Vel det som gjeld personen. Namnet på den som har meldt, er skjult; sjå etter om noko anna røper det.",
        passages: "Det som står i saka", hide: "Skjul òg", hideHint: "Eitt ord eller uttrykk på kvar linje.",
        makeExtract: "Lag utdrag", extract: "Utdrag", noExtract: "Det er ikkje noko utdrag her no.",
        groundTold: "Heimel", complain: "Er du usamd, kan du klage til institusjonen eller til Datatilsynet.",
        askTitle: "Be om innsyn eller sletting", askText: "Kva ber du om?",
        askHint: "Nemn saksnummeret om du veit det. Skriv ikkje om helsa til andre.", ask: "Send",
        askedTold: "Vi har motteke det. Du får svar innan ein månad, her på sida.", missing: "Skriv kven det gjeld.",
        contactMissing: "Skriv korleis vi når personen, eller ein e-post som finst hos oss.",
        emailUnknown: "Vi kjenner ikkje denne e-posten. Lat feltet stå tomt om personen ikkje har konto her.",
        yourself: "Du kan ikkje svare deg sjølv. Be ein annan om det.", wordsMissing: "Skriv minst tre teikn.",
        groundMissing: "Vel heimelen for å seie nei.", answerMissing: "Skriv eit svar til personen.",
        textMissing: "Skriv kva du ber om.",
        changed: "Nokon andre har endra kravet. Sjå kva som er nytt.",
        notTheirs:
            "Ei av sakene er ikkje meldt av personen. Legg ho bort først; namn i saker frå andre blir skjulte i saka.",
        unfinished: "Ei av sakene har eit tiltak som ikkje er ferdig, eller fleire meldarar. Ho kan ikkje slettast no.",
        noErasure: "Finn fram sakene som skal slettast, og sjå til at personen har konto her.",
        choiceGone: "Noko i saka er endra sidan du las ho. Sjå kva som står no, og vel på nytt.",
        choiceMissing: "Vel minst eitt avsnitt eller éi fil.", account: "Konto her",
        refusedTitle: "Kravet kan ikkje avgjerast slik", unknown: "Dette kjenner vi ikkje.",
        files: "Filer",
        filesHint:
            "Inga fil blir med utan at du vel ho. Eit bilete blir laga på nytt, utan kven, kvar og når det blei teke; ein tekst får namnet på meldaren skjult. Filnamnet blir ikkje med.",
        wholeHint:
            "Fila ber med seg kven som laga ho, kanskje meldaren. Ho blir gitt ut heil, slik ho blei send, eller ikkje i det heile.",
        wholeOpen: "Last ned og les ho",
        wholeConfirm: "Eg har lese heile fila. Alt i ho kan givast ut, også kven som laga ho.",
        wholeUnconfirmed:
            "Stadfest for kvar fil som blir gitt ut heil, at du har lese ho og at alt i ho kan givast ut.",
        noFile: "Fila finst ikkje lenger.", older: "Eldre",
        tooLong: { "Teksten er for lang. Skriv høgst \($0) teikn." }, attachment: { "Vedlegg \($0)" },
        keptUntil: { "Svaret og loggen over kravet blir sletta etter \($0)." },
        due: { "svar innan \($0)" }, late: { "skulle vore svart på \($0)" },
        kinds: [.access: "Innsyn i det andre har skrive om meg", .erasure: "Sletting av det eg har meldt"],
        kindHints: {
            [
                .access: "Du får det som gjeld deg, men ikkje kven som har meldt.",
                .erasure: "Noko må takast vare på etter \($0). Då får du vite kvifor.",
            ]
        },
        states: [.open: "ope", .granted: "innvilga", .partly: "delvis innvilga", .refused: "avslått"],
        decisions: [.granted: "Ja", .partly: "Delvis", .refused: "Nei"],
        acts: [
            "requested": "Kravet blei ført opp", "case-added": "Sak funnen fram", "case-read": "Sak lesen",
            "case-removed": "Sak lagd bort", "extracted": "Utdrag laga", "erased": "Innhald sletta",
            "granted": "Innvilga", "partly": "Delvis innvilga", "refused": "Avslått", "given": "Utdrag teke ut",
        ])

    static let en = PrivacyTexts(
        title: "Requests about personal data",
        lead:
            "Whoever asks is answered within a month. You never see who reported a case, and every step is logged. Whistleblows are not here: those who may read them answer for them.",
        open: "Open", new: "Register a request", decided: "Decided", none: "None.", kind: "What it is about",
        name: "Whom it concerns", nameHint: "The name as it may stand in cases.", email: "E-mail with us",
        emailHint: "If the person has an account here, they see the answer on their page.",
        contact: "How we reach the person", contactHint: "For somebody who cannot sign in.", asked: "What is asked",
        register: "Register", received: "Received", state: "State", saved: "It is saved.", back: "All requests",
        cases: "Cases", noCases: "No cases have been found yet.", review: "Read and choose", putAway: "Put away",
        extracted: "extract made", download: "Download the extract",
        off: { "Switched off now, and not searched: \($0)." },
        search: "Find cases",
        searchHint: "A case number, or words from the case.", find: "Search",
        noHits: "No further cases that you may see.", choose: "Choose", decide: "Decide", decision: "Decision",
        erasureLead:
            "Yes erases what the person has reported in the cases above: an open case is withdrawn, of an ended one the content is erased for good. It cannot be undone.",
        accessLead: "Yes gives the person the extracts above.", ground: "Ground for no",
        groundHint: "When the answer is no, in whole or in part.", noGround: "None", answer: "The answer",
        answerLabel: "Answer to the person", answerHint: "The reason, in plain words.", log: "Log", caseTitle: "Case",
        reviewLead:
            "Choose what concerns the person. The name of who reported is hidden; look whether anything else tells it.",
        passages: "What stands in the case", hide: "Hide as well", hideHint: "One word or phrase on each line.",
        makeExtract: "Make the extract", extract: "Extract", noExtract: "There is no extract here now.",
        groundTold: "Ground", complain: "If you disagree, you can complain to the institution or to Datatilsynet.",
        askTitle: "Ask for access or erasure", askText: "What do you ask for?",
        askHint: "Name the case number if you know it. Do not write about other people's health.", ask: "Send",
        askedTold: "We have received it. You get an answer within a month, on this page.",
        missing: "Write whom it concerns.",
        contactMissing: "Write how we reach the person, or an e-mail that is known here.",
        emailUnknown: "We do not know this e-mail. Leave the field empty if the person has no account here.",
        yourself: "You cannot answer yourself. Ask somebody else to.", wordsMissing: "Write three characters at least.",
        groundMissing: "Choose the ground for saying no.", answerMissing: "Write an answer to the person.",
        textMissing: "Write what you ask for.",
        changed: "Somebody else has changed the request. See what is new.",
        notTheirs:
            "One of the cases was not reported by the person. Put it away first; names in others' cases are hidden in the case.",
        unfinished: "One of the cases has an unfinished measure, or several reporters. It cannot be erased now.",
        noErasure: "Find the cases to be erased, and see to it that the person has an account here.",
        choiceGone: "Something in the case has changed since you read it. See what stands now, and choose again.",
        choiceMissing: "Choose one passage or file at least.", account: "Account here",
        refusedTitle: "The request cannot be decided so", unknown: "This is not known here.",
        files: "Files",
        filesHint:
            "No file goes along unless you choose it. A picture is made anew, without who took it, where and when; in a text the name of who reported is hidden. The name of the file does not go along.",
        wholeHint:
            "The file tells who made it, perhaps who reported. It is given out whole, as it was sent, or not at all.",
        wholeOpen: "Download and read it",
        wholeConfirm: "I have read all of the file. Everything in it may be given out, who made it included.",
        wholeUnconfirmed:
            "Confirm for each file that is given out whole that you have read it and that everything in it may be given out.",
        noFile: "The file is no longer there.", older: "Older",
        tooLong: { "The text is too long. Write \($0) characters at most." }, attachment: { "Attachment \($0)" },
        keptUntil: { "The answer and the log of the request are deleted after \($0)." },
        due: { "answer by \($0)" }, late: { "should have been answered \($0)" },
        kinds: [.access: "Access to what others have written about me", .erasure: "Erasure of what I have reported"],
        kindHints: {
            [
                .access: "You get what concerns you, but not who reported it.",
                .erasure: "Some of it must be kept under \($0). Then you are told why.",
            ]
        },
        states: [.open: "open", .granted: "granted", .partly: "granted in part", .refused: "refused"],
        decisions: [.granted: "Yes", .partly: "In part", .refused: "No"],
        acts: [
            "requested": "The request was registered", "case-added": "Case found", "case-read": "Case read",
            "case-removed": "Case put away", "extracted": "Extract made", "erased": "Content erased",
            "granted": "Granted", "partly": "Granted in part", "refused": "Refused", "given": "Extract taken out",
        ])
}
