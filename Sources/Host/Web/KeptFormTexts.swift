import ModuleKit

/// The words around a form that could not be taken.
struct KeptFormTexts: TextSet {
    let sessionEnded, sessionEndedDetail, signInFirst, thenSend, newTab: String
    let kept, typed, sendAgain: String
    /// Which of how many.
    let part: @Sendable (Int, Int) -> String
    let signedIn: String
    /// Name of who has signed in.
    let signedInDetail: @Sendable (String) -> String

    static let nb = KeptFormTexts(
        sessionEnded: "Du må logge inn på nytt",
        sessionEndedDetail:
            "Du var ikke lenger logget inn da du sendte. Ingenting er lagret ennå, men alt du skrev, er med her.",
        signInFirst: "Logg inn", thenSend: "Kom tilbake til denne siden, og send på nytt.",
        newTab: "åpnes i en ny fane",
        kept: "Det du skrev, er med her. Du kan sende det på nytt.", typed: "Det du skrev", sendAgain: "Send på nytt",
        part: { "Det du skrev, del \($0) av \($1)" }, signedIn: "Du er logget inn",
        signedInDetail: {
            "Du er logget inn som \($0). Gå tilbake til fanen med det du skrev, og send på nytt. Denne fanen kan du lukke."
        })

    static let nn = KeptFormTexts(
        sessionEnded: "Du må logge inn på nytt",
        sessionEndedDetail:
            "Du var ikkje lenger logga inn då du sende. Ingenting er lagra enno, men alt du skreiv, er med her.",
        signInFirst: "Logg inn", thenSend: "Kom tilbake til denne sida, og send på nytt.",
        newTab: "blir opna i ei ny fane",
        kept: "Det du skreiv, er med her. Du kan sende det på nytt.", typed: "Det du skreiv", sendAgain: "Send på nytt",
        part: { "Det du skreiv, del \($0) av \($1)" }, signedIn: "Du er logga inn",
        signedInDetail: {
            "Du er logga inn som \($0). Gå tilbake til fana med det du skreiv, og send på nytt. Denne fana kan du lukke."
        })

    static let en = KeptFormTexts(
        sessionEnded: "You need to sign in again",
        sessionEndedDetail:
            "You were no longer signed in when you sent this. Nothing is stored yet, but all that you wrote is here.",
        signInFirst: "Sign in", thenSend: "Come back to this page, and send it again.", newTab: "opens in a new tab",
        kept: "What you wrote is here. You can send it again.", typed: "What you wrote", sendAgain: "Send again",
        part: { "What you wrote, part \($0) of \($1)" }, signedIn: "You are signed in",
        signedInDetail: {
            "You are signed in as \($0). Go back to the tab with what you wrote, and send it again. You can close this tab."
        })
}
