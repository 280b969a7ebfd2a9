import ModuleKit

/// What is said after an act on the desk: that it is done, and what comes of it.
struct ToldTexts: TextSet {
    let acts: [CaseForm: String]
    let asked, hidden, hiddenFile, measureDone, measureMoved, other: String
    let leaving, leavingCase: String

    /// - Parameter taken: `{case}/{path of the form}`.
    func told(_ taken: String) -> String {
        let path = taken.drop { $0 != "/" }.dropFirst()
        return switch path {
        case "consultations": asked
        case "masks": hidden
        case "file-masks": hiddenFile
        case _ where path.hasSuffix("/completion"): measureDone
        case _ where path.hasSuffix("/move"): measureMoved
        default: CaseForm(rawValue: String(path)).flatMap { acts[$0] } ?? other
        }
    }

    static let nb = ToldTexts(
        acts: [
            .triage: "Vurderingen er lagret.", .assignments: "Saken er sendt til behandleren, som får beskjed.",
            .forwardings: "Saken er sendt videre. Melderen får begrunnelsen.",
            .rejection: "Meldingen er avvist. Melderen får begrunnelsen.",
            .notes: "Notatet er lagret. Bare saksbehandlere ser det.", .replies: "Svaret er sendt til melderen.",
            .cause: "Årsaken er lagret.", .measures: "Tiltaket er lagt til.",
            .preliminaryReplies: "Det foreløpige svaret er sendt. Saken er fortsatt åpen.",
            .closing: "Saken er avsluttet. Melderen får svaret.", .summary: "Teksten er publisert.",
            .afterWithdrawal: "Valget er lagret.", .exclusions: "De du førte opp, ser ikke saken lenger.",
            .recusal: "Du er ute av saken. En annen tar den.", .reopening: "Saken er åpen igjen, i en ny runde.",
            .keeping: "Det tas vare på innholdet like lenge til.",
        ],
        asked: "Høringen er sendt.", hidden: "Teksten er skjult.", hiddenFile: "Vedlegget er skjult.",
        measureDone: "Tiltaket er utført.", measureMoved: "Tiltaket er flyttet til den ansvarlige.", other: "Gjort.",
        leaving: """
            Det du valgte, er på vei til varslingsmottaket. Når de har tatt imot, tømmes saken her, og melderen får begrunnelsen. \
            Til da kan du angre.
            """,
        leavingCase: "Åpne saken for å se om den er tatt imot, eller angre")

    static let nn = ToldTexts(
        acts: [
            .triage: "Vurderinga er lagra.", .assignments: "Saka er send til behandlaren, som får beskjed.",
            .forwardings: "Saka er send vidare. Meldaren får grunngivinga.",
            .rejection: "Meldinga er avvist. Meldaren får grunngivinga.",
            .notes: "Notatet er lagra. Berre saksbehandlarar ser det.", .replies: "Svaret er sendt til meldaren.",
            .cause: "Årsaka er lagra.", .measures: "Tiltaket er lagt til.",
            .preliminaryReplies: "Det førebelse svaret er sendt. Saka er framleis open.",
            .closing: "Saka er avslutta. Meldaren får svaret.", .summary: "Teksten er publisert.",
            .afterWithdrawal: "Valet er lagra.", .exclusions: "Dei du førte opp, ser ikkje saka lenger.",
            .recusal: "Du er ute av saka. Ein annan tek ho.", .reopening: "Saka er open igjen, i ein ny runde.",
            .keeping: "Innhaldet blir teke vare på like lenge til.",
        ],
        asked: "Høyringa er send.", hidden: "Teksten er skjult.", hiddenFile: "Vedlegget er skjult.",
        measureDone: "Tiltaket er utført.", measureMoved: "Tiltaket er flytt til den ansvarlege.", other: "Gjort.",
        leaving: """
            Det du valde, er på veg til varslingsmottaket. Når dei har teke imot, blir saka tømd her, og meldaren får grunngivinga. \
            Til då kan du angre.
            """,
        leavingCase: "Opne saka for å sjå om ho er teken imot, eller angre")

    static let en = ToldTexts(
        acts: [
            .triage: "The assessment is saved.", .assignments: "The case is sent to the case handler, who is told.",
            .forwardings: "The case is sent on. The reporter is told why.",
            .rejection: "The report is rejected. The reporter is told why.",
            .notes: "The note is saved. Only those who handle cases see it.",
            .replies: "The reply is sent to the reporter.", .cause: "The cause is saved.",
            .measures: "The measure is added.",
            .preliminaryReplies: "The preliminary reply is sent. The case is still open.",
            .closing: "The case is closed. The reporter gets the answer.", .summary: "The text is published.",
            .afterWithdrawal: "Your choice is saved.", .exclusions: "Those you named no longer see the case.",
            .recusal: "You are out of the case. Somebody else takes it.",
            .reopening: "The case is open again, in a new round.",
            .keeping: "The content is kept as long again.",
        ],
        asked: "The consultation is sent.",
        hidden: "The text is hidden.", hiddenFile: "The attachment is hidden.", measureDone: "The measure is done.",
        measureMoved: "The measure is moved to its owner.", other: "Done.",
        leaving: """
            What you chose is on its way to those who receive whistleblows. When they have it, the case is emptied here and the \
            reporter gets the reason. Until then you can undo it.
            """,
        leavingCase: "Open the case to see whether they have it, or to undo it")
}
