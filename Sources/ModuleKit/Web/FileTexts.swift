import Attachments

/// The words around files that people send.
public struct FileTexts: TextSet {
    /// Above the files of a case.
    public let title: String
    /// So many of them.
    public let count: @Sendable (Int) -> String
    /// Before the name of a picture.
    public let preview: String
    /// What a form asks for.
    let add, kept: String
    /// Most files, and most MB of each.
    let hint: @Sendable (Int, Int) -> String
    /// The file's name, and what is wrong with it.
    let refused: @Sendable (String, String) -> String
    let reasons: [Refusal: String]
    /// Most MB.
    let tooLarge: @Sendable (Int) -> String
    /// Most files.
    public let tooMany: @Sendable (Int) -> String
    let chooseAgain: String
    /// What a form says whose files are not there, or cannot be added.
    public let gone, nothing: String
    /// On the button that sends files alone.
    public let send: String
    /// For who has a camera; on a picture that has been opened.
    let camera, close: String
    /// What the script says: where to drop files, the list of those chosen, how to take one out, what is sent, how to stop it, and that
    /// nothing came of it.
    let drop, chosen, remove, sending, stop, lost: String

    /// The words of the script, for one field.
    func script(_ limit: Int) -> String {
        let words: JSON = #"""
            {"limit":\#(limit),"tooLarge":\#(tooLarge(limit >> 20)),"drop":\#(drop),"chosen":\#(chosen),"remove":\#(remove),\#
            "sending":\#(sending),"stop":\#(stop),"lost":\#(lost)}
            """#
        return words.text
    }

    func reason(_ refusal: Refusal, _ limits: Attachments.Limits) -> String {
        switch refusal {
        case .tooLarge: tooLarge(limits.bytes >> 20)
        case .tooMany: tooMany(limits.files)
        default: reasons[refusal] ?? ""
        }
    }

    public static let nb = FileTexts(
        title: "Filer", count: { $0 == 1 ? "1 fil" : "\($0) filer" }, preview: "Forhåndsvisning av",
        add: "Legg ved filer", kept: "Filer som er med",
        hint: {
            "Valgfritt. Inntil \($0) filer på \($1) MB: bilder, PDF, dokumenter uten makroer, ren tekst. Ta ikke med mer om andre enn du må."
        },
        refused: { "«\($0)» ble ikke tatt med: \($1)" },
        reasons: [
            .empty: "filen er tom.", .noRoom: "sammen blir filene i saken større enn 50 MB.",
            .unknown: "vi tar bare bilder, PDF, Office-dokumenter og ren tekst.",
            .webPage: "det er en nettside eller en SVG-tegning. Lagre den som PDF eller bilde.",
            .program: "det er et program eller et skript.",
            .archive: "det er et arkiv, eller det har andre filer i seg. Send filene hver for seg.",
            .oldDocument: "formatet er for gammelt. Lagre den som DOCX, XLSX, PPTX eller PDF.",
            .macros: "dokumentet har makroer. Lagre det uten makroer eller som PDF.",
            .activePDF: "PDF-en har skript, skjema eller filer i seg. Skriv den ut til en vanlig PDF.",
            .mixed: "filen er to formater i ett.", .damaged: "filen er ødelagt eller låst med passord.",
            .virus: "det er funnet virus i den.",
            .scannerAway: "vi får ikke søkt etter virus akkurat nå. Prøv igjen om litt.",
        ],
        tooLarge: { "den er større enn \($0) MB." }, tooMany: { "saken har alt \($0) filer." },
        chooseAgain: "velg den på nytt.",
        gone: "En fil du la ved tidligere, er borte. Legg den ved på nytt.",
        nothing: "Velg minst én fil.", send: "Send filene", camera: "Ta et bilde", close: "Lukk",
        drop: "Du kan også slippe filer her", chosen: "Valgte filer", remove: "Fjern", sending: "Sender filene",
        stop: "Avbryt", lost: "Vi fikk ikke sendt filene. Alt står her ennå: prøv igjen.")

    public static let nn = FileTexts(
        title: "Filer", count: { $0 == 1 ? "1 fil" : "\($0) filer" }, preview: "Førehandsvising av",
        add: "Legg ved filer", kept: "Filer som er med",
        hint: {
            "Valfritt. Inntil \($0) filer på \($1) MB: bilete, PDF, dokument utan makroar, rein tekst. Ta ikkje med meir om andre enn du må."
        },
        refused: { "«\($0)» vart ikkje teken med: \($1)" },
        reasons: [
            .empty: "fila er tom.", .noRoom: "saman blir filene i saka større enn 50 MB.",
            .unknown: "vi tek berre bilete, PDF, Office-dokument og rein tekst.",
            .webPage: "det er ei nettside eller ei SVG-teikning. Lagre ho som PDF eller bilete.",
            .program: "det er eit program eller eit skript.",
            .archive: "det er eit arkiv, eller det har andre filer i seg. Send filene kvar for seg.",
            .oldDocument: "formatet er for gammalt. Lagre ho som DOCX, XLSX, PPTX eller PDF.",
            .macros: "dokumentet har makroar. Lagre det utan makroar eller som PDF.",
            .activePDF: "PDF-en har skript, skjema eller filer i seg. Skriv han ut til ein vanleg PDF.",
            .mixed: "fila er to format i eitt.", .damaged: "fila er øydelagd eller låst med passord.",
            .virus: "det er funne virus i ho.",
            .scannerAway: "vi får ikkje søkt etter virus akkurat no. Prøv igjen om litt.",
        ],
        tooLarge: { "ho er større enn \($0) MB." }, tooMany: { "saka har alt \($0) filer." },
        chooseAgain: "vel ho på nytt.",
        gone: "Ei fil du la ved tidlegare, er borte. Legg ho ved på nytt.",
        nothing: "Vel minst éi fil.", send: "Send filene", camera: "Ta eit bilete", close: "Lukk",
        drop: "Du kan også sleppe filer her", chosen: "Valde filer", remove: "Fjern", sending: "Sender filene",
        stop: "Avbryt", lost: "Vi fekk ikkje sendt filene. Alt står her enno: prøv igjen.")

    public static let en = FileTexts(
        title: "Files", count: { $0 == 1 ? "1 file" : "\($0) files" }, preview: "Preview of", add: "Add files",
        kept: "Files included",
        hint: {
            "Optional. Up to \($0) files of \($1) MB: pictures, PDF, documents without macros, plain text. Include no more about others than you must."
        },
        refused: { "“\($0)” was not included: \($1)" },
        reasons: [
            .empty: "the file is empty.", .noRoom: "together the files of the case would be larger than 50 MB.",
            .unknown: "we take only pictures, PDF, Office documents and plain text.",
            .webPage: "it is a web page or an SVG drawing. Save it as PDF or as a picture.",
            .program: "it is a program or a script.",
            .archive: "it is an archive, or has other files inside. Send the files one by one.",
            .oldDocument: "the format is too old. Save it as DOCX, XLSX, PPTX or PDF.",
            .macros: "the document has macros. Save it without macros or as PDF.",
            .activePDF: "the PDF has scripts, a form or files inside. Print it to an ordinary PDF.",
            .mixed: "the file is two formats in one.", .damaged: "the file is damaged or locked with a password.",
            .virus: "a virus was found in it.",
            .scannerAway: "we cannot search for viruses right now. Try again in a while.",
        ],
        tooLarge: { "it is larger than \($0) MB." }, tooMany: { "the case already has \($0) files." },
        chooseAgain: "choose it again.",
        gone: "A file you added earlier is gone. Add it again.",
        nothing: "Choose at least one file.", send: "Send the files", camera: "Take a picture", close: "Close",
        drop: "You can also drop files here", chosen: "Chosen files", remove: "Remove", sending: "Sending the files",
        stop: "Stop", lost: "The files could not be sent. Everything still stands here: try again.")
}

extension Language {
    /// “2,4 MB”
    public func size(_ bytes: Int) -> String {
        if bytes < 1_000_000 { return "\(max(1, (bytes + 999) / 1000)) kB" }
        let tenths = (bytes + 50_000) / 100_000
        return "\(tenths / 10)\(self == .en ? "." : ",")\(tenths % 10) MB"
    }
}
