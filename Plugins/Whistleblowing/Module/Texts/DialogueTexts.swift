import ModuleKit
import WhistleblowingCore

/// The words of the page on which a reporter follows their case.
struct DialogueTexts: TextSet {
    let title, lead, sent, written: String
    let dialogue, me, keepers, nothingYet: String
    let steps: [Entry.Kind: String]
    let report: String
    let write, writeHint, writeButton, again, leave: String
    /// The day of the deletion.
    let deletion: @Sendable (String) -> String
    let stepsOnly, look, picture, pictureHint, backToCase: String

    static let nb = DialogueTexts(
        title: "Det du har fortalt", lead: "Her leser du svar og kan skrive mer.",
        sent: "Vi har fått det du fortalte. Du trenger ikke gjøre noe mer nå.",
        written: "Vi har fått det du skrev.", dialogue: "Samtalen", me: "Du", keepers: "Varslingsmottakeren",
        nothingYet: "Ingen har svart ennå. Kom tilbake om noen dager.",
        steps: [
            .acknowledged: "har lest det", .asked: "spør", .fedBack: "gir tilbakemelding", .answered: "skrev",
            .concluded: "avslutter saken",
        ],
        report: "Det du fortalte", write: "Skriv mer",
        writeHint: "Svar på spørsmål, eller legg til noe. Bare varslingsmottakerne leser det.",
        writeButton: "Send", again: "Se etter svar",
        leave:
            "Når du er ferdig, bruk knappen øverst. Nettleseren kan fortsatt huske adressen: slett loggen i den hvis andre bruker maskinen.",
        deletion: {
            "Saken slettes \($0), og da kan ingen lese den mer. Skriver du noe før det, blir den liggende lenger."
        },
        stepsOnly: "Et avvik som ikke er fulgt opp. Bare datoer og steg er sendt hit.", look: "Se bildet",
        picture: "Bildet", pictureHint: "En kopi uten sted, tid og kamera. Filen selv er som den ble sendt.",
        backToCase: "Tilbake til saken")
    static let nn = DialogueTexts(
        title: "Det du har fortalt", lead: "Her les du svar og kan skrive meir.",
        sent: "Vi har fått det du fortalde. Du treng ikkje gjere noko meir no.",
        written: "Vi har fått det du skreiv.", dialogue: "Samtalen", me: "Du", keepers: "Varslingsmottakaren",
        nothingYet: "Ingen har svart enno. Kom tilbake om nokre dagar.",
        steps: [
            .acknowledged: "har lese det", .asked: "spør", .fedBack: "gir tilbakemelding", .answered: "skreiv",
            .concluded: "avsluttar saka",
        ],
        report: "Det du fortalde", write: "Skriv meir",
        writeHint: "Svar på spørsmål, eller legg til noko. Berre varslingsmottakarane les det.",
        writeButton: "Send", again: "Sjå etter svar",
        leave:
            "Når du er ferdig, bruk knappen øvst. Nettlesaren kan framleis hugse adressa: slett loggen i han om andre bruker maskina.",
        deletion: {
            "Saka blir sletta \($0), og då kan ingen lese ho meir. Skriv du noko før det, blir ho liggjande lenger."
        },
        stepsOnly: "Eit avvik som ikkje er følgt opp. Berre datoar og steg er sende hit.", look: "Sjå biletet",
        picture: "Biletet", pictureHint: "Ein kopi utan stad, tid og kamera. Fila sjølv er som ho vart send.",
        backToCase: "Tilbake til saka")
    static let en = DialogueTexts(
        title: "What you have told us", lead: "Here you read answers and can write more.",
        sent: "We have what you told us. There is nothing more you have to do now.",
        written: "We have what you wrote.", dialogue: "The conversation", me: "You", keepers: "The recipient",
        nothingYet: "Nobody has answered yet. Come back in a few days.",
        steps: [
            .acknowledged: "has read it", .asked: "asks", .fedBack: "gives feedback", .answered: "wrote",
            .concluded: "concludes the case",
        ],
        report: "What you told us", write: "Write more",
        writeHint: "Answer questions, or add something. Only those appointed to receive reports read it.",
        writeButton: "Send", again: "Look for answers",
        leave:
            "When you are done, use the button at the top. The browser may still remember the address: clear its history if others use the machine.",
        deletion: {
            "The case is deleted on \($0), and then nobody can read it any more. If you write before that, it is kept longer."
        },
        stepsOnly: "A deviation that was not followed up. Only dates and steps were sent here.",
        look: "See the picture",
        picture: "The picture",
        pictureHint: "A copy without place, time and camera. The file itself is as it was sent.",
        backToCase: "Back to the case")
}
