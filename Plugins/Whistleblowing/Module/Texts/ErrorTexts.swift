import ModuleKit
import WhistleblowingCore

/// What a person is told when a rule is not kept: what is wrong and what to do.
struct ErrorTexts: TextSet {
    let missing: [Field: String]
    let missingAny: String
    /// Most characters.
    let tooLong: @Sendable (Int) -> String
    let controlCharacter, unknown, notADate, inTheFuture, nobodyLeft: String
    let noSuchCode, notACode, tooMany, notConfirmed, signedOut: String
    let ruleTitle: String
    /// How the case stands, in words.
    let notPossible: @Sendable (String) -> String
    let lastKeeper, badKey: String

    /// What a form or an API answer lists.
    func fieldErrors(_ error: WhistleblowingError, _ language: Language) -> [FieldError] {
        switch error {
        case .invalid(let problems): problems.map { FieldError($0.field.rawValue, message($0)) }
        case .notPossible(let state):
            [FieldError("", notPossible(KeeperTexts[language].states[state] ?? state.rawValue))]
        case .nobodyLeft: [FieldError(Field.person.rawValue, lastKeeper)]
        }
    }

    private func message(_ problem: FieldProblem) -> String {
        switch problem.problem {
        case .missing: missing[problem.field] ?? missingAny
        case .tooLong(let limit): tooLong(limit)
        case .controlCharacter: controlCharacter
        case .unknown: unknown
        case .notADate: notADate
        case .inTheFuture: inTheFuture
        case .nobodyLeft: nobodyLeft
        }
    }

    static let nb = ErrorTexts(
        missing: [
            .category: "Velg hva det gjelder", .campus: "Velg campus", .title: "Skriv noen få ord",
            .description: "Fortell hva som har skjedd",
            .text: "Skriv noe først", .reason: "Skriv en begrunnelse",
        ],
        missingAny: "Fyll ut feltet", tooLong: { "Teksten er for lang. Grensen er \($0) tegn." },
        controlCharacter: "Teksten har tegn som ikke kan vises. Skriv den på nytt eller lim inn uten formatering.",
        unknown: "Velg en verdi fra listen", notADate: "Skriv en dato som finnes, for eksempel 2026-11-27",
        inTheFuture: "Datoen kan ikke ligge fram i tid",
        nobodyLeft: "Da er det ingen igjen som kan lese det. La minst én stå, eller snakk med Studentombudet i stedet.",
        noSuchCode: "Vi finner ikke noe med den koden. Se etter om alle sifrene er riktige.",
        notACode: "Koden har 16 sifre",
        tooMany: "Det er skrevet mange feil koder i det siste. Vent et minutt og prøv igjen.",
        notConfirmed: "Det er ikke de fire siste sifrene i koden",
        signedOut: "Du er ikke logget inn lenger. Logg inn i et annet vindu og send på nytt.",
        ruleTitle: "Det går ikke nå",
        notPossible: { "Saken er \($0), så dette steget er ikke mulig." },
        lastKeeper: "Da er det ingen igjen som kan behandle saken. Be om at det blir utpekt en til først.",
        badKey: "Idempotency-Key må ha 16–200 tegn.")
    static let nn = ErrorTexts(
        missing: [
            .category: "Vel kva det gjeld", .campus: "Vel campus", .title: "Skriv nokre få ord",
            .description: "Fortel kva som har hendt",
            .text: "Skriv noko først", .reason: "Skriv ei grunngiving",
        ],
        missingAny: "Fyll ut feltet", tooLong: { "Teksten er for lang. Grensa er \($0) teikn." },
        controlCharacter: "Teksten har teikn som ikkje kan visast. Skriv han på nytt eller lim inn utan formatering.",
        unknown: "Vel ein verdi frå lista", notADate: "Skriv ein dato som finst, til dømes 2026-11-27",
        inTheFuture: "Datoen kan ikkje liggje fram i tid",
        nobodyLeft:
            "Då er det ingen igjen som kan lese det. Lat minst éin stå, eller snakk med Studentombodet i staden.",
        noSuchCode: "Vi finn ikkje noko med den koden. Sjå etter om alle sifra er rette.",
        notACode: "Koden har 16 siffer",
        tooMany: "Det er skrive mange feil kodar i det siste. Vent eit minutt og prøv igjen.",
        notConfirmed: "Det er ikkje dei fire siste sifra i koden",
        signedOut: "Du er ikkje logga inn lenger. Logg inn i eit anna vindauge og send på nytt.",
        ruleTitle: "Det går ikkje no",
        notPossible: { "Saka er \($0), så dette steget er ikkje mogleg." },
        lastKeeper: "Då er det ingen igjen som kan behandle saka. Be om at det blir peikt ut ein til først.",
        badKey: "Idempotency-Key må ha 16–200 teikn.")
    static let en = ErrorTexts(
        missing: [
            .category: "Choose what it is about", .campus: "Choose a campus", .title: "Write a few words",
            .description: "Tell us what happened",
            .text: "Write something first", .reason: "Write a reason",
        ],
        missingAny: "Fill in this field", tooLong: { "The text is too long. The limit is \($0) characters." },
        controlCharacter: "The text has characters that cannot be shown. Type it again or paste it without formatting.",
        unknown: "Choose a value from the list", notADate: "Write a date that exists, for example 2026-11-27",
        inTheFuture: "The date cannot lie in the future",
        nobodyLeft: "Then nobody is left to read it. Leave at least one, or talk to the student ombud instead.",
        noSuchCode: "We find nothing with that code. Check that all digits are right.",
        notACode: "The code has 16 digits",
        tooMany: "Many wrong codes have been typed lately. Wait a minute and try again.",
        notConfirmed: "Those are not the last four digits of the code",
        signedOut: "You are no longer signed in. Sign in in another window and send again.",
        ruleTitle: "Not possible now",
        notPossible: { "The case is \($0), so this step is not possible." },
        lastKeeper: "Then nobody is left to handle the case. Have another keeper appointed first.",
        badKey: "Idempotency-Key must be 16–200 characters.")
}
