import DeviationsCore
import ModuleKit

/// The words for who is kept from a case, for merged reports, and for cases that come back.
struct CaseworkTexts: TextSet {
    let exclude, excludeHint, people, names, namesHint, excludeButton: String
    let excluded: String
    let grounds: [Exclusion.Ground: String]
    let recuse, recuseHint, recuseReason, recuseButton: String
    let reopen, reopenHint, reopenReason, reopenButton: String
    let recurring, rounds: String
    /// First and last day, in words.
    let round: @Sendable (_ number: Int, _ from: String, _ to: String) -> String
    let merge, mergeHint, cases, mergeButton, likely, likelyHint, olderHint: String
    let reportCount: @Sendable (Int) -> String
    let reportsTitle, backToCase, replyToOne, replyToOneHint, sharedReply, together, separate, separateHint: String
    let about, aboutHint, aboutOthers, aboutOthersHint: String
    let consultations, consultationsLead, consultationsEmpty, consult, consultHint, consultPeople, consultPeopleHint,
        consultButton: String
    let question, extract, extractHint, extractOnly, answerBy, answer, answerButton, yourAnswer: String
    let answered, unanswered, declined: String
    let mask, maskHint, passage, passageHint, maskReason, maskButton, masks, unmask, unmaskHint, hiddenText: String
    let maskFile, maskFileHint, file, hiddenPassage: String
    let behalf, behalfHint, behalfYes, behalfStudent, behalfStudentHint, behalfConsent, behalfReplies, behalfToStudent,
        behalfToMe, behalfSent: String
    /// Who reported, and for whom.
    let onBehalf: @Sendable (_ submitter: String, _ student: String) -> String
    let declare, declareHint, declareYes, declareNo, declareNoHint, declareButton, declareMissing: String

    static let nb = CaseworkTexts(
        exclude: "Hvem gjelder det?", excludeHint: "De ser ikke saken fra nå av, heller ikke i lister, søk og varsler.",
        people: "Personer", names: "Andre, med navn",
        namesHint: "Et navn alene stenger ingen ute. Velg personen over når du kan.", excludeButton: "Lagre",
        excluded: "Ser ikke saken",
        grounds: [.named: "omtalt", .line: "i linje med melderen", .reporter: "melder", .recused: "inhabil"],
        recuse: "Jeg er inhabil",
        recuseHint:
            "Du mister tilgangen med en gang. Saken går til en stedfortreder, en annen eller det sentrale mottaket.",
        recuseReason: "Hvorfor er du inhabil?", recuseButton: "Gi fra meg saken",
        reopen: "Åpne igjen", reopenHint: "Det blir en ny runde i samme sak. Fristen er den samme.",
        reopenReason: "Begrunnelse", reopenButton: "Åpne saken igjen",
        recurring: "gjentakende", rounds: "Tidligere runder", round: { "Runde \($0): \($1) – \($2)" },
        merge: "Slå sammen",
        mergeHint: "Andre meldinger om det samme blir del av denne saken. Hver melder beholder sin side og sine svar.",
        cases: "Saksnumre", mergeButton: "Slå sammen", likely: "Kan gjelde det samme",
        likelyHint: "Åpne saker i enheten om det samme, med mange av de samme ordene.",
        olderHint: "eldre: slå sammen derfra",
        reportCount: { $0 == 1 ? "1 melding" : "\($0) meldinger" }, reportsTitle: "Meldinger i saken",
        backToCase: "Til saken", replyToOne: "Svar bare denne melderen",
        replyToOneHint: "De andre melderne ser det ikke.", sharedReply: "Svaret går til alle som har meldt fra.",
        together: "Flere har meldt fra om det samme, og meldingene behandles samlet. Ingen av de andre ser din.",
        separate: "Ta ut av saken", separateHint: "Meldingen blir en egen sak igjen, med sin egen frist.",
        about: "Gjelder det noen som ellers ville fått saken?",
        aboutHint: "De du velger, får ikke vite om meldingen.", aboutOthers: "Gjelder det andre personer?",
        aboutOthersHint: "Skriv navn. Kan stå åpent.",
        consultations: "Høringer",
        consultationsLead: "Du er bedt om å uttale deg. Bare du har tilgang, og bare til fristen.",
        consultationsEmpty: "Ingen spør deg om noe nå.", consult: "Høring",
        consultHint: "De du spør, ser bare utdraget, ikke saken og ikke melderen. Tilgangen slutter med fristen.",
        consultPeople: "Hvem spør du?", consultPeopleHint: "E-postadresser, én på hver linje.",
        consultButton: "Send på høring",
        question: "Spørsmål", extract: "Utdrag", extractHint: "Skriv bare det de trenger. Nevn ikke melderen.",
        extractOnly: "Dette er alt du har tilgang til. Gi det ikke videre.", answerBy: "Svarfrist",
        answer: "Svaret ditt", answerButton: "Send svaret", yourAnswer: "Du har svart",
        answered: "har svart", unanswered: "har ikke svart", declined: "inhabil",
        mask: "Skjul tekst",
        maskHint: "Teksten blir borte for alle: i saken, i navn på vedlegg, i søk, i eksport og i eldre steg.",
        passage: "Hva skal skjules?", passageHint: "Skriv det nøyaktig som det står.", maskReason: "Begrunnelse",
        maskButton: "Skjul", masks: "Skjult tekst og skjulte vedlegg", unmask: "Vis",
        unmaskHint: "At du så det, og hvorfor, blir stående i saken.",
        hiddenText: "Dette er skjult",
        maskFile: "Skjul et vedlegg",
        maskFileHint:
            "Vedlegget og forhåndsvisningen blir borte for alle, også for melderen. Det som er gitt ut av saken, trekkes tilbake.",
        file: "Vedlegg", hiddenPassage: "Tekst",
        behalf: "Melder du for en annen?", behalfHint: "Begge navn og samtykket blir lagret i saken.",
        behalfYes: "Ja, jeg melder på vegne av en student", behalfStudent: "Studentens e-postadresse",
        behalfStudentHint: "Navn holder når svarene skal til deg.", behalfConsent: "Hvordan har studenten samtykket?",
        behalfReplies: "Hvor vil studenten ha svarene?", behalfToStudent: "Til studenten selv", behalfToMe: "Til meg",
        behalfSent: "Meldingen er sendt. Studenten får kvitteringen og svarene.",
        onBehalf: { "\($0) på vegne av \($1)" },
        declare: "Er du habil?", declareHint: "Du får lese utdraget når du har svart ja.",
        declareYes: "Ja, jeg er habil", declareNo: "Nei, jeg er inhabil", declareNoHint: "Da ser du ikke mer av saken.",
        declareButton: "Bekreft", declareMissing: "Svar ja eller nei")

    static let nn = CaseworkTexts(
        exclude: "Kven gjeld det?", excludeHint: "Dei ser ikkje saka frå no av, heller ikkje i lister, søk og varsel.",
        people: "Personar", names: "Andre, med namn",
        namesHint: "Eit namn aleine stengjer ingen ute. Vel personen over når du kan.", excludeButton: "Lagre",
        excluded: "Ser ikkje saka",
        grounds: [.named: "omtala", .line: "i linje med meldaren", .reporter: "meldar", .recused: "inhabil"],
        recuse: "Eg er inhabil",
        recuseHint:
            "Du mistar tilgangen med ein gong. Saka går til ein stadfortredar, ein annan eller det sentrale mottaket.",
        recuseReason: "Kvifor er du inhabil?", recuseButton: "Gi frå meg saka",
        reopen: "Opne igjen", reopenHint: "Det blir ein ny runde i same sak. Fristen er den same.",
        reopenReason: "Grunngiving", reopenButton: "Opne saka igjen",
        recurring: "gjentakande", rounds: "Tidlegare rundar", round: { "Runde \($0): \($1) – \($2)" },
        merge: "Slå saman",
        mergeHint: "Andre meldingar om det same blir del av denne saka. Kvar meldar held på si side og sine svar.",
        cases: "Saksnummer", mergeButton: "Slå saman", likely: "Kan gjelde det same",
        likelyHint: "Opne saker i eininga om det same, med mange av dei same orda.",
        olderHint: "eldre: slå saman derifrå",
        reportCount: { $0 == 1 ? "1 melding" : "\($0) meldingar" }, reportsTitle: "Meldingar i saka",
        backToCase: "Til saka", replyToOne: "Svar berre denne meldaren",
        replyToOneHint: "Dei andre meldarane ser det ikkje.", sharedReply: "Svaret går til alle som har meldt frå.",
        together: "Fleire har meldt frå om det same, og meldingane blir behandla samla. Ingen av dei andre ser di.",
        separate: "Ta ut av saka", separateHint: "Meldinga blir ei eiga sak igjen, med sin eigen frist.",
        about: "Gjeld det nokon som elles ville fått saka?",
        aboutHint: "Dei du vel, får ikkje vite om meldinga.", aboutOthers: "Gjeld det andre personar?",
        aboutOthersHint: "Skriv namn. Kan stå ope.",
        consultations: "Høyringar",
        consultationsLead: "Du er beden om å uttale deg. Berre du har tilgang, og berre til fristen.",
        consultationsEmpty: "Ingen spør deg om noko no.", consult: "Høyring",
        consultHint: "Dei du spør, ser berre utdraget, ikkje saka og ikkje meldaren. Tilgangen sluttar med fristen.",
        consultPeople: "Kven spør du?", consultPeopleHint: "E-postadresser, éi på kvar linje.",
        consultButton: "Send på høyring",
        question: "Spørsmål", extract: "Utdrag", extractHint: "Skriv berre det dei treng. Nemn ikkje meldaren.",
        extractOnly: "Dette er alt du har tilgang til. Gi det ikkje vidare.", answerBy: "Svarfrist",
        answer: "Svaret ditt", answerButton: "Send svaret", yourAnswer: "Du har svart",
        answered: "har svart", unanswered: "har ikkje svart", declined: "inhabil",
        mask: "Skjul tekst",
        maskHint: "Teksten blir borte for alle: i saka, i namn på vedlegg, i søk, i eksport og i eldre steg.",
        passage: "Kva skal skjulast?", passageHint: "Skriv det nøyaktig som det står.", maskReason: "Grunngiving",
        maskButton: "Skjul", masks: "Skjult tekst og skjulte vedlegg", unmask: "Vis",
        unmaskHint: "At du såg det, og kvifor, blir ståande i saka.",
        hiddenText: "Dette er skjult",
        maskFile: "Skjul eit vedlegg",
        maskFileHint:
            "Vedlegget og førehandsvisinga blir borte for alle, også for meldaren. Det som er gitt ut av saka, blir trekt tilbake.",
        file: "Vedlegg", hiddenPassage: "Tekst",
        behalf: "Melder du for ein annan?", behalfHint: "Begge namna og samtykket blir lagra i saka.",
        behalfYes: "Ja, eg melder på vegner av ein student", behalfStudent: "E-postadressa til studenten",
        behalfStudentHint: "Namn held når svara skal til deg.", behalfConsent: "Korleis har studenten samtykt?",
        behalfReplies: "Kvar vil studenten ha svara?", behalfToStudent: "Til studenten sjølv", behalfToMe: "Til meg",
        behalfSent: "Meldinga er send. Studenten får kvitteringa og svara.",
        onBehalf: { "\($0) på vegner av \($1)" },
        declare: "Er du habil?", declareHint: "Du får lese utdraget når du har svart ja.",
        declareYes: "Ja, eg er habil", declareNo: "Nei, eg er inhabil", declareNoHint: "Då ser du ikkje meir av saka.",
        declareButton: "Stadfest", declareMissing: "Svar ja eller nei")

    static let en = CaseworkTexts(
        exclude: "Who it is about",
        excludeHint: "They do not see the case from now on, nor in lists, searches and messages.",
        people: "People", names: "Others, by name",
        namesHint: "A name alone keeps nobody out. Choose the person above when you can.", excludeButton: "Save",
        excluded: "Does not see the case",
        grounds: [
            .named: "named", .line: "in line with the reporter", .reporter: "reporter",
            .recused: "conflict of interest",
        ],
        recuse: "I have a conflict of interest",
        recuseHint: "You lose access at once. The case goes to a deputy, somebody else or the central reception.",
        recuseReason: "What is the conflict of interest?", recuseButton: "Give up the case",
        reopen: "Open again", reopenHint: "It is a new round of the same case. The due date stays.",
        reopenReason: "Reason", reopenButton: "Open the case again",
        recurring: "recurring", rounds: "Earlier rounds", round: { "Round \($0): \($1) – \($2)" },
        merge: "Merge",
        mergeHint:
            "Other reports of the same become part of this case. Each reporter keeps a page and replies of their own.",
        cases: "Case numbers", mergeButton: "Merge", likely: "May be about the same",
        likelyHint: "Open cases of the unit in the same category, with many of the same words.",
        olderHint: "older: merge from there",
        reportCount: { $0 == 1 ? "1 report" : "\($0) reports" }, reportsTitle: "Reports in the case",
        backToCase: "To the case", replyToOne: "Reply to this reporter only",
        replyToOneHint: "The other reporters do not see it.", sharedReply: "The reply goes to everybody who reported.",
        together:
            "Several people reported the same, and the reports are handled together. None of the others sees yours.",
        separate: "Take out of the case",
        separateHint: "The report becomes a case of its own again, with its own due date.",
        about: "Is it about somebody who would otherwise get the case?",
        aboutHint: "Those you choose are not told of the report.", aboutOthers: "Is it about other people?",
        aboutOthersHint: "Write their names. May be left open.",
        consultations: "Consultations",
        consultationsLead: "You are asked for your view. Only you have access, until the deadline.",
        consultationsEmpty: "Nobody is asking you anything now.", consult: "Consultation",
        consultHint:
            "Those you ask see the extract alone, not the case and not the reporter. Access ends at the deadline.",
        consultPeople: "Whom do you ask?", consultPeopleHint: "E-mail addresses, one on each line.",
        consultButton: "Ask them",
        question: "Question", extract: "Extract",
        extractHint: "Write only what they need. Do not mention the reporter.",
        extractOnly: "This is all you have access to. Do not pass it on.", answerBy: "Answer by",
        answer: "Your answer", answerButton: "Send the answer", yourAnswer: "You have answered",
        answered: "has answered", unanswered: "has not answered", declined: "conflict of interest",
        mask: "Hide text",
        maskHint:
            "The text is gone for everybody: in the case, in names of attachments, in search, in exports and in earlier steps.",
        passage: "What is to be hidden?", passageHint: "Write it exactly as it stands.", maskReason: "Reason",
        maskButton: "Hide", masks: "Hidden text and attachments", unmask: "Show",
        unmaskHint: "That you looked, and why, stays in the case.",
        hiddenText: "This is hidden",
        maskFile: "Hide an attachment",
        maskFileHint:
            "The attachment and its preview are gone for everybody, the reporter included. What was given out of the case is taken back.",
        file: "Attachment", hiddenPassage: "Text",
        behalf: "Do you report for somebody else?", behalfHint: "Both names and the consent are kept in the case.",
        behalfYes: "Yes, I report on behalf of a student", behalfStudent: "The student's e-mail address",
        behalfStudentHint: "A name will do when the replies go to you.",
        behalfConsent: "How has the student consented?",
        behalfReplies: "Where does the student want the replies?", behalfToStudent: "To the student",
        behalfToMe: "To me",
        behalfSent: "The report is sent. The student gets the receipt and the replies.",
        onBehalf: { "\($0) on behalf of \($1)" },
        declare: "Are you impartial?", declareHint: "You can read the extract once you have said yes.",
        declareYes: "Yes, I am impartial", declareNo: "No, I have a conflict of interest",
        declareNoHint: "Then you see nothing more of it.",
        declareButton: "Confirm", declareMissing: "Answer yes or no")
}
