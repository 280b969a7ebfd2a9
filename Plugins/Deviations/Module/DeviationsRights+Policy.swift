import DeviationsCore
import ModuleKit

/// Who may do what with deviations: what decides, and what `/policy` shows.
extension DeviationsRights {
    static let ordinary = Standing(
        Translated(nb: "en sak", nn: "ei sak", en: "a case"), countsUnit: true, relations: [reporter, handler])
    static let leaving = Standing(
        Translated(
            nb: "en sak på vei til varsling", nn: "ei sak på veg til varsling",
            en: "a case on its way to whistleblowing"),
        countsUnit: false, relations: [reporter, officer])
    /// It is read through the case that it is part of.
    static let merged = Standing(
        Translated(
            nb: "en melding som er del av en annen sak", nn: "ei melding som er del av ei anna sak",
            en: "a report that is part of another case"), countsUnit: false, relations: [reporter])

    static let policy = [cases, parts, registers]

    private static let words = [
        reporter: Translated(nb: "melderen", nn: "meldaren", en: "its reporter"),
        handler: Translated(nb: "behandleren av saken", nn: "behandlaren av saka", en: "its case handler"),
        officer: Translated(
            nb: "den meldingsansvarlige som sendte den", nn: "den meldingsansvarlege som sende ho",
            en: "the intake officer who sent it"),
        asked: Translated(
            nb: "den som er spurt og upartisk, til fristen", nn: "den som er spurd og upartisk, til fristen",
            en: "who is asked and impartial, until the deadline"),
        owner: Translated(nb: "den ansvarlige for tiltaket", nn: "den ansvarlege for tiltaket", en: "its owner"),
    ]

    private static let cases = Policy(
        Translated(nb: "Avvik", nn: "Avvik", en: "Deviations"), sight: read, relations: words,
        standings: [ordinary, leaving, merged],
        [
            Permission(
                read, Translated(nb: "se saken", nn: "sjå saka", en: "see the case"), .role(.intakeOfficer),
                .role(.lineManager), .relationWith(handler, .caseHandler), .own(reporter),
                .relationWith(officer, .intakeOfficer)),
            Permission(
                desk,
                Translated(
                    nb: "se det interne i saken, ta ut en liste", nn: "sjå det interne i saka, ta ut ei liste",
                    en: "see what is private in it, take out a list"), .role(.intakeOfficer), .role(.lineManager),
                .relationWith(handler, .caseHandler), .relationWith(officer, .intakeOfficer)),
            Permission(
                triage,
                Translated(
                    nb: "vurdere, sende videre, avvise, omregistrere",
                    nn: "vurdere, sende vidare, avvise, omregistrere",
                    en: "assess, forward, reject, re-register"), states: open, .role(.intakeOfficer),
                .relationWith(officer, .intakeOfficer)),
            Permission(
                assign,
                Translated(nb: "velge behandler", nn: "velje behandlar", en: "choose the case handler"), states: open,
                .role(.intakeOfficer), .role(.lineManager)),
            Permission(
                write,
                Translated(
                    nb:
                        "notere, svare, svare foreløpig, skjule, spørre andre, slå sammen, holde folk utenfor, avgjøre en trukket melding",
                    nn:
                        "notere, svare, svare førebels, skjule, spørje andre, slå saman, halde folk utanfor, avgjere ei trekt melding",
                    en:
                        "note, reply, reply for now, hide, ask others, merge, keep people away, decide a withdrawn report"
                ),
                states: open, .role(.intakeOfficer), .relationWith(handler, .caseHandler)),
            Permission(
                addFiles, Translated(nb: "legge ved filer", nn: "leggje ved filer", en: "add files"), states: open,
                .role(.intakeOfficer), .relationWith(handler, .caseHandler), .own(reporter)),
            Permission(
                handle,
                Translated(
                    nb: "føre opp årsak og tiltak, avslutte, publisere",
                    nn: "føre opp årsak og tiltak, avslutte, publisere",
                    en: "record the cause and measures, close, publish"),
                states: Translated(
                    nb: "under behandling; publisering når den er avsluttet",
                    nn: "under behandling; publisering når ho er avslutta",
                    en: "being handled; publishing when it is closed"), .relationWith(handler, .caseHandler)),
            Permission(
                unmask,
                Translated(nb: "se det som er skjult", nn: "sjå det som er skjult", en: "look at what is hidden"),
                .role(.intakeOfficer)),
            Permission(
                recuse, Translated(nb: "melde seg ugild", nn: "melde seg ugild", en: "declare partiality"),
                .role(.intakeOfficer), .role(.lineManager), .relationWith(handler, .caseHandler)),
            Permission(
                reopen,
                Translated(
                    nb: "åpne igjen, ta vare på lenger", nn: "opne igjen, ta vare på lenger",
                    en: "open again, keep longer"),
                states: Translated(nb: "avsluttet eller avvist", nn: "avslutta eller avvist", en: "closed or rejected"),
                .role(.intakeOfficer), .role(.lineManager), .relationWith(handler, .caseHandler)),
        ])

    private static let open = Translated(nb: "åpen", nn: "open", en: "open")

    private static let parts = Policy(
        Translated(
            nb: "Det egne i avvik, og innsyn", nn: "Det eigne i avvik, og innsyn",
            en: "One’s own in deviations, and access"), relations: words,
        standings: [
            Standing(
                Translated(
                    nb: "en sak, et utdrag, et tiltak", nn: "ei sak, eit utdrag, eit tiltak",
                    en: "a case, an extract, a measure"), countsUnit: true, relations: [reporter, asked, owner])
        ],
        note: Translated(
            nb: "For alle andre finnes det ikke.", nn: "For alle andre finst det ikkje.",
            en: "For everybody else it does not exist."),
        [
            Permission(
                own,
                Translated(
                    nb:
                        "skrive mer, trekke, si at den ikke følges opp, si om det hjalp, si ja til at den sendes videre",
                    nn:
                        "skrive meir, trekkje, seie at ho ikkje blir følgd opp, seie om det hjelpte, seie ja til at ho blir send vidare",
                    en:
                        "write more, withdraw, say that it is not followed up, say whether it helped, let it be passed on"
                ),
                .own(reporter)),
            Permission(
                consulted,
                Translated(
                    nb: "lese et utdrag og svare", nn: "lese eit utdrag og svare", en: "read an extract and answer"),
                .relation(asked)),
            Permission(
                ownMeasure,
                Translated(
                    nb: "utføre og vurdere et tiltak, uten å se saken",
                    nn: "utføre og vurdere eit tiltak, utan å sjå saka",
                    en: "complete and assess a measure, without seeing the case"), .relation(owner)),
            Permission(
                disclose,
                Translated(
                    nb: "lese en sak uten å se melderen, for å svare den som spør om opplysninger om seg selv",
                    nn: "lese ei sak utan å sjå meldaren, for å svare den som spør om opplysningar om seg sjølv",
                    en: "read a case without its reporter, to answer what somebody asks about their own data"),
                .role(.educationQuality)),
        ])

    private static let registers = Policy(
        Translated(nb: "Rundt avvikene", nn: "Rundt avvika", en: "Around deviations"),
        note: Translated(
            nb: "Uten innlogging kan man bare melde, og bare der institusjonen tar imot det (deviations.signedIn).",
            nn: "Utan innlogging kan ein berre melde, og berre der institusjonen tek imot det (deviations.signedIn).",
            en: "Who is not signed in can only report, and only where the institution takes that (deviations.signedIn)."
        ),
        [
            Permission(report, Translated(nb: "melde", nn: "melde", en: "report"), .signedIn),
            Permission(
                overview,
                Translated(nb: "se tallene for en enhet", nn: "sjå tala for ei eining", en: "see a unit’s numbers"),
                .role(.intakeOfficer), .role(.lineManager)),
            Permission(
                templates,
                Translated(
                    nb: "endre svarmalene til enheten", nn: "endre svarmalane til eininga",
                    en: "change the unit’s reply templates"), .role(.intakeOfficer), .role(.lineManager)),
            Permission(
                publish,
                Translated(
                    nb: "endre og fjerne det som er publisert", nn: "endre og fjerne det som er publisert",
                    en: "change and take away what is public"), .role(.educationQuality)),
            Permission(
                central,
                Translated(
                    nb: "starte og følge opp sentrale tiltak", nn: "starte og følgje opp sentrale tiltak",
                    en: "start and see to central measures"), .role(.educationQuality)),
            Permission(
                registerHSE,
                Translated(nb: "føre opp HMS-avvik", nn: "føre opp HMS-avvik", en: "register HSE deviations"),
                .role(.intakeOfficer), .role(.educationQuality), .role(.hseSystem)),
            Permission(
                maintain,
                Translated(
                    nb: "endre kategorier og retningslinje", nn: "endre kategoriar og retningslinje",
                    en: "maintain categories and guideline"), .role(.educationQuality), .role(.administrator)),
        ])
}
