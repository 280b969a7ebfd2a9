import ModuleKit

extension HostTexts {
    static let nb = HostTexts(
        toFrontPage: "Til forsiden",
        signInTitle: "Hvem er du?", demoHint: "Dette er en demo på din egen maskin. Velg en person å se systemet som.",
        noPeople: "Ingen personer er lastet inn. Kjør «trivsel demo».", noFaculty: "uten fakultet",
        students: "Studenter", employees: "Med rolle", others: "Andre ansatte og gjester",
        roles: [
            .intakeOfficer: "meldingsansvarlig", .caseHandler: "behandler", .lineManager: "linjeleder",
            .educationQuality: "utdanningskvalitet", .proRector: "prorektor for utdanning",
            .lmuSecretary: "LMU-sekretær",
            .lmuMember: "LMU-medlem", .hseSystem: "HMS-system", .vaultKeeper: "varslingsmottaker",
            .administrator: "administrator", .auditor: "revisor",
            .ombud: "studentombud",
        ],
        frontTitle: "Hva vil du si fra om?",
        frontLead:
            "Studenter og ansatte kan melde fra om forhold i studiene og læringsmiljøet.",
        answerWithin: { "Du får svar innen \($0)." },
        frontSignIn: "Logg inn for å melde fra eller se sakene dine.",
        frontSignInForAnswers: "Logg inn for å få svar og se sakene dine.",
        nothingOn: "Det går ikke an å melde fra her akkurat nå. Prøv igjen senere, eller snakk med noen av dem under.",
        adminTitle: "Administrasjon", modulesTitle: "Moduler",
        modulesLead: "Slås en modul av, forsvinner sidene og menyen med en gang. Tabeller og hendelser blir liggende.",
        mailTitle: "E-post",
        mailLead:
            "En arbeider uten e-posttjener (mail.smtpUrl) skriver e-posten sin her, som filer. Har arbeiderne en tjener, blir e-posten sendt, og her kommer ingenting.",
        mailEmpty: "Ingen e-post er skrevet som fil.",
        busTitle: "Hendelser og arbeid", busLead: "Loggen er sannheten; strømmen sier bare at det er mer å hente.",
        module: "Modul", state: "Tilstand", topics: "Hendelser", tables: "Tabeller", change: "Endre", on: "på",
        off: "av", failed: "feilet",
        switchOn: "Slå på", switchOff: "Slå av", switched: "Endringen er gjort.",
        byHand: "Slått om for hånd; står ikke slik i oppsettet",
        name: "Navn", publicKey: "Offentlig nøkkel", work: "Arbeid", queue: "Kø", waiting: "Venter",
        leased: "Hos arbeider",
        parked: "Satt til side", noKeys: "Ingen nøkler.", head: "Siste hendelse", epoch: "Logg",
        unknownModule: { "Det finnes ingen modul «\($0)». Velg en av disse: \($1)." },
        moduleFailed: {
            "Endringen er lagret, men modulen «\($0)» kom ikke i gang: \($1). Rett det, og slå den på igjen."
        },
        neitherOnNorOff: "Velg om modulen skal være på eller av. Ingenting er endret.",
        privacyTitle: "Personvern",
        mailFooter:
            "Du får denne meldingen fordi du har en sak i Trivsel. Den inneholder ikke noe av det som står i saken.",
        accessibilityTitle: "Tilgjengelighet")
}
