import ModuleKit

extension HostTexts {
    static let nn = HostTexts(
        toFrontPage: "Til framsida",
        signInTitle: "Kven er du?", demoHint: "Dette er ein demo på di eiga maskin. Vel ein person å sjå systemet som.",
        noPeople: "Ingen personar er lasta inn. Køyr «trivsel demo».", noFaculty: "utan fakultet",
        students: "Studentar", employees: "Med rolle", others: "Andre tilsette og gjester",
        roles: [
            .intakeOfficer: "meldingsansvarleg", .caseHandler: "behandlar", .lineManager: "linjeleiar",
            .educationQuality: "utdanningskvalitet", .proRector: "prorektor for utdanning",
            .lmuSecretary: "LMU-sekretær",
            .lmuMember: "LMU-medlem", .hseSystem: "HMS-system", .vaultKeeper: "varslingsmottakar",
            .administrator: "administrator", .auditor: "revisor",
            .ombud: "studentombod",
        ],
        frontTitle: "Kva vil du seie frå om?",
        frontLead:
            "Studentar og tilsette kan melde frå om forhold i studia og læringsmiljøet.",
        answerWithin: { "Du får svar innan \($0)." },
        frontSignIn: "Logg inn for å melde frå eller sjå sakene dine.",
        frontSignInForAnswers: "Logg inn for å få svar og sjå sakene dine.",
        nothingOn:
            "Det går ikkje an å melde frå her akkurat no. Prøv igjen seinare, eller snakk med nokon av dei under.",
        adminTitle: "Administrasjon", modulesTitle: "Modular",
        modulesLead:
            "Blir ein modul slått av, forsvinn sidene og menyen med ein gong. Tabellar og hendingar blir liggjande.",
        mailTitle: "E-post",
        mailLead:
            "Ein arbeidar utan e-posttenar (mail.smtpUrl) skriv e-posten sin her, som filer. Har arbeidarane ein tenar, blir e-posten send, og her kjem ingenting.",
        mailEmpty: "Ingen e-post er skriven som fil.",
        busTitle: "Hendingar og arbeid", busLead: "Loggen er sanninga; straumen seier berre at det er meir å hente.",
        module: "Modul", state: "Tilstand", topics: "Hendingar", tables: "Tabellar", change: "Endre", on: "på",
        off: "av", failed: "feila",
        switchOn: "Slå på", switchOff: "Slå av", switched: "Endringa er gjord.",
        byHand: "Slått om for hand; står ikkje slik i oppsettet",
        name: "Namn", publicKey: "Offentleg nøkkel", work: "Arbeid", queue: "Kø", waiting: "Ventar",
        leased: "Hos arbeidar",
        parked: "Sett til side", noKeys: "Ingen nøklar.", head: "Siste hending", epoch: "Logg",
        unknownModule: { "Det finst ingen modul «\($0)». Vel ein av desse: \($1)." },
        moduleFailed: {
            "Endringa er lagra, men modulen «\($0)» kom ikkje i gang: \($1). Rett det, og slå han på igjen."
        },
        neitherOnNorOff: "Vel om modulen skal vere på eller av. Ingenting er endra.",
        privacyTitle: "Personvern",
        mailFooter:
            "Du får denne meldinga fordi du har ei sak i Trivsel. Ho inneheld ikkje noko av det som står i saka.",
        accessibilityTitle: "Tilgjenge")
}
