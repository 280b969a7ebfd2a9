import DeviationsCore
import ModuleKit

/// The words of the report form.
struct ReportTexts: TextSet {
    let doorTitle, doorText, mineTitle: String
    /// How a report is handled, for the front page, and within what time in words.
    let wayTitle: String
    let way: @Sendable (String) -> [(title: String, text: String)]
    /// Step, of how many.
    let step: @Sendable (Int, Int) -> String
    let next, back, send, change: String
    let aboutTitle, aboutHint, environmentTitle, environmentHint: String
    let whereTitle, unit, unitHint, unitEmpty, campus: String
    let channelsTitle, channelsHint, triedYes, triedNo, which, when, whenHint, reason, reasonHint: String
    /// When nothing was answered: to students, and to employees.
    let channelsGuidance, channelsGuidanceForEmployees: String
    /// What stands under some categories, by their code.
    let categoryHints: [String: String]
    let tellTitle, titleLabel, titleHint, description, descriptionHint, occurredOn, occurredOnHint: String
    let threshold, thresholdHint, none: String
    let checkTitle, checkHint, about, side, place, channels, notTried: String
    let seriousTitle, seriousText, privacy: String
    let receivedTitle, receivedLead, nextTitle: String
    /// The due date in words.
    let nextSteps: @Sendable (String) -> [String]
    let channelNames: [Channel: String]
    let environments: [Environment: (name: String, hint: String)]
    let thresholds: [Threshold: String]

    static let nb = ReportTexts(
        doorTitle: "Noe fungerer ikke",
        doorText: "Undervisning, eksamen, informasjon, lokaler, utstyr eller universell utforming.",
        mineTitle: "Mine saker", wayTitle: "Slik går det",
        way: {
            [
                ("Du melder", "Det tar fem minutter. Du kan stoppe når du vil og fortsette senere."),
                (
                    "Noen leser",
                    "Den meldingsansvarlige ved fakultetet vurderer meldingen og gir den til en som kan gjøre noe."
                ),
                ("Du får svar", "Innen \($0) vet du hva som er gjort, eller hvorfor det tar lengre tid."),
            ]
        },
        step: { "Steg \($0) av \($1)" },
        next: "Fortsett", back: "Tilbake", send: "Send meldingen", change: "Endre",
        aboutTitle: "Hva gjelder det?", aboutHint: "Velg det som passer best.",
        environmentTitle: "Hvilken side av læringsmiljøet?",
        environmentHint: "Det hjelper oss å se mønstre. Velg det som ligger nærmest.",
        whereTitle: "Hvor gjelder det?", unit: "Fakultet eller institutt",
        unitHint: "Skriv noen bokstaver, for eksempel «datateknologi» eller «IE». Er du usikker, velg fakultetet.",
        unitEmpty: "Velg", campus: "Campus",
        channelsTitle: "Har du tatt det opp med noen?",
        channelsHint: "De fleste ting løses raskest der de oppstår. Derfor spør vi.",
        triedYes: "Ja, jeg har tatt det opp", triedNo: "Nei, ikke ennå", which: "Med hvem?", when: "Når?",
        whenHint: "Omtrent holder, for eksempel «i oktober».", reason: "Hvorfor ikke?",
        reasonHint: "For eksempel at det gjelder personen du skulle tatt det opp med.",
        channelsGuidance: """
            Ta det gjerne opp med faglæreren, i emneevalueringen, med en tillitsvalgt eller i referansegruppa; det hjelper \
            ofte med en gang. Studieveileder, faglærer, emneansvarlig eller tillitsvalgt kan gi råd om hvordan. Har du en \
            grunn til å melde fra her først, er det helt greit: skriv den kort, så går du videre. Det du har skrevet, står \
            her til du kommer tilbake.
            """,
        channelsGuidanceForEmployees: """
            Ta det gjerne opp i fagmiljøet, i studieprogramrådet eller i en evalueringsrapport; det hjelper ofte med en \
            gang. Har du en grunn til å melde fra her først, er det helt greit: skriv den kort, så går du videre. Det du \
            har skrevet, står her til du kommer tilbake.
            """,
        categoryHints: [
            "universal-design": "Bygg, utstyr, nettsider og læremidler som alle kan bruke, også med psykiske vansker."
        ],
        tellTitle: "Fortell hva som har skjedd", titleLabel: "Tittel",
        titleHint: "Én linje, for eksempel «Sensuren kom seks uker for sent».",
        description: "Beskrivelse",
        descriptionHint:
            "Hva skjedde, hvor ofte, og hva har det ført til? Skriv om deg selv, ikke om andres helse eller navn.",
        occurredOn: "Når skjedde det?", occurredOnHint: "Kan stå åpent.",
        threshold: "Hvorfor er det mer enn vanlig variasjon?",
        thresholdHint:
            "For ansatte er terskelen høyere enn for studenter: det må gå utover vanlig variasjon, ha vart over tid, eller ikke være løst når det burde vært det.",
        none: "Ikke oppgitt",
        checkTitle: "Se over før du sender", checkHint: "Ingenting er sendt ennå.", about: "Gjelder",
        side: "Side av læringsmiljøet",
        place: "Sted", channels: "Tatt opp", notTried: "Ikke tatt opp",
        seriousTitle: "Gjelder det trakassering, trusler eller vold?",
        seriousText: "Da skal det ikke meldes her. Snakk med en av dem nedenfor, eller noen du stoler på.",
        privacy: "Bare de som skal behandle saken, ser det du skriver.",
        receivedTitle: "Meldingen er mottatt", receivedLead: "Saken din har nummer", nextTitle: "Hva skjer nå?",
        nextSteps: { due in
            [
                "Den meldingsansvarlige leser meldingen og sender den til en behandler, eller svarer deg.",
                "Du får svar senest \(due). Tar det lengre tid, får du vite hvorfor og når.",
                "Du får e-post når det skjer noe. E-posten inneholder bare en lenke hit.",
            ]
        },
        channelNames: [
            .teacher: "Faglærer", .courseEvaluation: "Emneevalueringen", .studentRepresentative: "Tillitsvalgt",
            .referenceGroup: "Referansegruppa", .studyAdviser: "Studieveileder", .courseCoordinator: "Emneansvarlig",
            .academicDialogue: "Dialog i fagmiljøet", .programmeCouncil: "Studieprogramrådet",
            .evaluationReport: "Evalueringsrapport",
        ],
        environments: [
            .physical: ("Fysisk", "bygninger, lokaler, luft, lys, utstyr"),
            .psychosocial: ("Psykososialt", "samspill, trivsel, inkludering"),
            .organisational: (
                "Organisatorisk", "systemer for tilbakemelding og medvirkning, frister, planlegging, informasjon"
            ),
            .digital: ("Digitalt", "systemer, opptak, tilgjengelighet på nett"),
            .pedagogical: (
                "Pedagogisk",
                "undervisning, veiledning, vurdering; avgrenses mot kvalitetsvurdering av den enkelte læringsaktivitet"
            ),
        ],
        thresholds: [
            .beyondNormalVariation: "Det er utover vanlig variasjon", .lastingOverTime: "Det har vart over tid",
            .unsolved: "Det er ikke løst når det burde vært det",
        ])

    static let nn = ReportTexts(
        doorTitle: "Noko fungerer ikkje",
        doorText: "Undervisning, eksamen, informasjon, lokale, utstyr eller universell utforming.",
        mineTitle: "Mine saker", wayTitle: "Slik går det",
        way: {
            [
                ("Du melder", "Det tek fem minutt. Du kan stoppe når du vil og halde fram seinare."),
                (
                    "Nokon les",
                    "Den meldingsansvarlege ved fakultetet vurderer meldinga og gir ho til ein som kan gjere noko."
                ),
                ("Du får svar", "Innan \($0) veit du kva som er gjort, eller kvifor det tek lengre tid."),
            ]
        },
        step: { "Steg \($0) av \($1)" },
        next: "Hald fram", back: "Tilbake", send: "Send meldinga", change: "Endre",
        aboutTitle: "Kva gjeld det?", aboutHint: "Vel det som passar best.",
        environmentTitle: "Kva side av læringsmiljøet?",
        environmentHint: "Det hjelper oss å sjå mønster. Vel det som ligg nærast.",
        whereTitle: "Kvar gjeld det?", unit: "Fakultet eller institutt",
        unitHint: "Skriv nokre bokstavar, til dømes «datateknologi» eller «IE». Er du usikker, vel fakultetet.",
        unitEmpty: "Vel", campus: "Campus",
        channelsTitle: "Har du teke det opp med nokon?",
        channelsHint: "Dei fleste ting blir løyste raskast der dei oppstår. Difor spør vi.",
        triedYes: "Ja, eg har teke det opp", triedNo: "Nei, ikkje enno", which: "Med kven?", when: "Når?",
        whenHint: "Omtrent held, til dømes «i oktober».", reason: "Kvifor ikkje?",
        reasonHint: "Til dømes at det gjeld personen du skulle teke det opp med.",
        channelsGuidance: """
            Ta det gjerne opp med faglæraren, i emneevalueringa, med ein tillitsvald eller i referansegruppa; det hjelper \
            ofte med ein gong. Studierettleiar, faglærar, emneansvarleg eller tillitsvald kan gi råd om korleis. Har du ein \
            grunn til å melde frå her først, er det heilt greitt: skriv han kort, så går du vidare. Det du har skrive, står \
            her til du kjem tilbake.
            """,
        channelsGuidanceForEmployees: """
            Ta det gjerne opp i fagmiljøet, i studieprogramrådet eller i ein evalueringsrapport; det hjelper ofte med ein \
            gong. Har du ein grunn til å melde frå her først, er det heilt greitt: skriv han kort, så går du vidare. Det du \
            har skrive, står her til du kjem tilbake.
            """,
        categoryHints: [
            "universal-design": "Bygg, utstyr, nettsider og læremiddel som alle kan bruke, òg med psykiske vanskar."
        ],
        tellTitle: "Fortel kva som har hendt", titleLabel: "Tittel",
        titleHint: "Éi linje, til dømes «Sensuren kom seks veker for seint».",
        description: "Omtale",
        descriptionHint:
            "Kva hende, kor ofte, og kva har det ført til? Skriv om deg sjølv, ikkje om helsa eller namna til andre.",
        occurredOn: "Når hende det?", occurredOnHint: "Kan stå ope.",
        threshold: "Kvifor er det meir enn vanleg variasjon?",
        thresholdHint:
            "For tilsette er terskelen høgare enn for studentar: det må gå utover vanleg variasjon, ha vart over tid, eller ikkje vere løyst når det burde ha vore det.",
        none: "Ikkje oppgitt",
        checkTitle: "Sjå over før du sender", checkHint: "Ingenting er sendt enno.", about: "Gjeld",
        side: "Side av læringsmiljøet",
        place: "Stad", channels: "Teke opp", notTried: "Ikkje teke opp",
        seriousTitle: "Gjeld det trakassering, trugsmål eller vald?",
        seriousText: "Då skal det ikkje meldast her. Snakk med ein av dei nedanfor, eller nokon du stoler på.",
        privacy: "Berre dei som skal behandle saka, ser det du skriv.",
        receivedTitle: "Meldinga er motteken", receivedLead: "Saka di har nummer", nextTitle: "Kva skjer no?",
        nextSteps: { due in
            [
                "Den meldingsansvarlege les meldinga og sender ho til ein behandlar, eller svarar deg.",
                "Du får svar seinast \(due). Tek det lengre tid, får du vite kvifor og når.",
                "Du får e-post når det skjer noko. E-posten inneheld berre ei lenkje hit.",
            ]
        },
        channelNames: [
            .teacher: "Faglærar", .courseEvaluation: "Emneevalueringa", .studentRepresentative: "Tillitsvald",
            .referenceGroup: "Referansegruppa", .studyAdviser: "Studierettleiar", .courseCoordinator: "Emneansvarleg",
            .academicDialogue: "Dialog i fagmiljøet", .programmeCouncil: "Studieprogramrådet",
            .evaluationReport: "Evalueringsrapport",
        ],
        environments: [
            .physical: ("Fysisk", "bygningar, lokale, luft, lys, utstyr"),
            .psychosocial: ("Psykososialt", "samspel, trivsel, inkludering"),
            .organisational: (
                "Organisatorisk", "system for tilbakemelding og medverknad, fristar, planlegging, informasjon"
            ),
            .digital: ("Digitalt", "system, opptak, tilgjenge på nett"),
            .pedagogical: (
                "Pedagogisk",
                "undervisning, rettleiing, vurdering; blir avgrensa mot kvalitetsvurdering av den enkelte læringsaktiviteten"
            ),
        ],
        thresholds: [
            .beyondNormalVariation: "Det er utover vanleg variasjon", .lastingOverTime: "Det har vart over tid",
            .unsolved: "Det er ikkje løyst når det burde ha vore det",
        ])

    static let en = ReportTexts(
        doorTitle: "Something is not working",
        doorText: "Teaching, exams, information, rooms, equipment or universal design.",
        mineTitle: "My cases", wayTitle: "How it goes",
        way: {
            [
                ("You report", "It takes five minutes. You can stop when you like and go on later."),
                (
                    "Someone reads it",
                    "The intake officer of the faculty assesses the report and gives it to someone who can act."
                ),
                ("You get an answer", "Within \($0) you know what was done, or why it takes longer."),
            ]
        },
        step: { "Step \($0) of \($1)" },
        next: "Continue", back: "Back", send: "Send the report", change: "Change",
        aboutTitle: "What is it about?", aboutHint: "Choose what fits best.",
        environmentTitle: "Which side of the learning environment?",
        environmentHint: "It helps us see patterns. Choose what comes closest.",
        whereTitle: "Where is it?", unit: "Faculty or department",
        unitHint:
            "Type a few letters, for example “computer science” or “IE”. If you are not sure, choose the faculty.",
        unitEmpty: "Choose", campus: "Campus",
        channelsTitle: "Have you raised it with anyone?",
        channelsHint: "Most things are solved fastest where they arise. That is why we ask.",
        triedYes: "Yes, I have raised it", triedNo: "No, not yet", which: "With whom?", when: "When?",
        whenHint: "Roughly is enough, for example “in October”.", reason: "Why not?",
        reasonHint: "For example because it concerns the person you should have raised it with.",
        channelsGuidance: """
            Do raise it with the teacher, in the course evaluation, with a student representative or in the reference \
            group; that often helps at once. A study adviser, teacher, course coordinator or student representative can \
            advise you on how. If you have a reason to report here first, that is fine: write it briefly and go on. What \
            you have written stays here until you come back.
            """,
        channelsGuidanceForEmployees: """
            Do raise it in the academic environment, in the study programme council or in an evaluation report; that often \
            helps at once. If you have a reason to report here first, that is fine: write it briefly and go on. What you \
            have written stays here until you come back.
            """,
        categoryHints: [
            "universal-design":
                "Buildings, equipment, websites and teaching material that all can use, with psychological difficulties as well."
        ],
        tellTitle: "Tell us what happened", titleLabel: "Title",
        titleHint: "One line, for example “Grades came six weeks late”.",
        description: "Description",
        descriptionHint:
            "What happened, how often, and what did it lead to? Write about yourself, not about other people's health or names.",
        occurredOn: "When did it happen?", occurredOnHint: "May be left open.",
        threshold: "Why is it more than normal variation?",
        thresholdHint:
            "The threshold is higher for employees than for students: it must go beyond normal variation, have lasted over time, or not be solved when it should have been.",
        none: "Not given",
        checkTitle: "Check before you send", checkHint: "Nothing has been sent yet.", about: "About",
        side: "Side of the learning environment",
        place: "Place", channels: "Raised with", notTried: "Not raised",
        seriousTitle: "Is it about harassment, threats or violence?",
        seriousText: "Then it should not be reported here. Talk to one of those below, or someone you trust.",
        privacy: "Only those who handle the case see what you write.",
        receivedTitle: "We have received your report", receivedLead: "Your case has number",
        nextTitle: "What happens now?",
        nextSteps: { due in
            [
                "The intake officer reads the report and sends it to a case handler, or answers you.",
                "You get an answer by \(due). If it takes longer, you will be told why and when.",
                "You get a mail when something happens. The mail holds only a link to this page.",
            ]
        },
        channelNames: [
            .teacher: "Teacher", .courseEvaluation: "Course evaluation",
            .studentRepresentative: "Student representative",
            .referenceGroup: "Reference group", .studyAdviser: "Study adviser",
            .courseCoordinator: "Course coordinator",
            .academicDialogue: "Dialogue in the academic environment", .programmeCouncil: "Study programme council",
            .evaluationReport: "Evaluation report",
        ],
        environments: [
            .physical: ("Physical", "buildings, rooms, air, light, equipment"),
            .psychosocial: ("Psychosocial", "interaction, well-being, inclusion"),
            .organisational: (
                "Organisational", "systems for feedback and participation, deadlines, planning, information"
            ),
            .digital: ("Digital", "systems, recordings, accessibility on the web"),
            .pedagogical: (
                "Pedagogical", "teaching, supervision, assessment; not how good a single learning activity is"
            ),
        ],
        thresholds: [
            .beyondNormalVariation: "It goes beyond normal variation", .lastingOverTime: "It has lasted over time",
            .unsolved: "It is not solved when it should have been",
        ])
}
