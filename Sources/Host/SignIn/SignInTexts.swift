import ModuleKit

/// The words of signing in and out at a provider, and of two factors.
struct SignInTexts: TextSet {
    let title, lead, again: String
    /// The provider's title.
    let with, goingOn, signedOutDetail: @Sendable (String) -> String
    let failures: [SignInFailure: (title: String, detail: String)]
    let signedOutTitle: String
    /// Roles that do not count yet, in words.
    let withheld: @Sendable (String) -> String
    let twoFactors: String
    let and: String

    static let nb = SignInTexts(
        title: "Logg inn", lead: "Du logger inn med kontoen du har fra før.", again: "Prøv igjen",
        with: { "Logg inn med \($0)" }, goingOn: { "Fortsett til \($0)" },
        signedOutDetail: { "Du er logget ut her. Nå blir du logget ut hos \($0) også." },
        failures: [
            .expired: (
                "Innloggingen tok for lang tid",
                "Den ble begynt for mer enn ti minutter siden, i en annen nettleser eller fane, eller er brukt alt. Begynn på nytt."
            ),
            .cancelled: ("Du er ikke logget inn", "Innloggingen ble avbrutt. Du kan prøve igjen når du vil."),
            .away: (
                "Innloggingen svarer ikke", "Tjenesten du logger inn hos, svarer ikke som den skal. Prøv igjen om litt."
            ),
            .refused: (
                "Du er ikke logget inn",
                "Svaret fra tjenesten du logget inn hos, kunne ikke godtas. Prøv igjen. Skjer det flere ganger, si fra til dem som driver nettstedet."
            ),
            .oneFactor: (
                "Innloggingen var ikke med to faktorer",
                "Tjenesten bekreftet ikke at du brukte to faktorer. Prøv igjen, eller spør brukerstøtten hvordan du slår det på."
            ),
            .left: (
                "Du er ikke logget inn",
                "Institusjonen har meldt at du har sluttet. Stemmer det ikke, ta kontakt med brukerstøtten."
            ),
        ],
        signedOutTitle: "Du er logget ut",
        withheld: { "Du har logget inn med én faktor. Rollen som \($0) gjelder først når du har logget inn med to." },
        twoFactors: "Logg inn med to faktorer", and: "og")

    static let nn = SignInTexts(
        title: "Logg inn", lead: "Du loggar inn med kontoen du har frå før.", again: "Prøv igjen",
        with: { "Logg inn med \($0)" }, goingOn: { "Hald fram til \($0)" },
        signedOutDetail: { "Du er logga ut her. No blir du logga ut hos \($0) òg." },
        failures: [
            .expired: (
                "Innlogginga tok for lang tid",
                "Ho vart byrja for meir enn ti minutt sidan, i ein annan nettlesar eller ei anna fane, eller er brukt alt. Byrj på nytt."
            ),
            .cancelled: ("Du er ikkje logga inn", "Innlogginga vart avbroten. Du kan prøve igjen når du vil."),
            .away: (
                "Innlogginga svarar ikkje", "Tenesta du loggar inn hos, svarar ikkje som ho skal. Prøv igjen om litt."
            ),
            .refused: (
                "Du er ikkje logga inn",
                "Svaret frå tenesta du logga inn hos, kunne ikkje godtakast. Prøv igjen. Skjer det fleire gonger, sei frå til dei som driv nettstaden."
            ),
            .oneFactor: (
                "Innlogginga var ikkje med to faktorar",
                "Tenesta stadfesta ikkje at du brukte to faktorar. Prøv igjen, eller spør brukarstøtta korleis du slår det på."
            ),
            .left: (
                "Du er ikkje logga inn",
                "Institusjonen har meldt at du har slutta. Stemmer det ikkje, ta kontakt med brukarstøtta."
            ),
        ],
        signedOutTitle: "Du er logga ut",
        withheld: { "Du har logga inn med éin faktor. Rolla som \($0) gjeld først når du har logga inn med to." },
        twoFactors: "Logg inn med to faktorar", and: "og")

    static let en = SignInTexts(
        title: "Sign in", lead: "You sign in with the account that you already have.", again: "Try again",
        with: { "Sign in with \($0)" }, goingOn: { "Go on to \($0)" },
        signedOutDetail: { "You are signed out here. Now you are signed out of \($0) too." },
        failures: [
            .expired: (
                "Signing in took too long",
                "It was begun more than ten minutes ago, in another browser or tab, or has been used already. Start again."
            ),
            .cancelled: ("You are not signed in", "Signing in was cancelled. You can try again when you like."),
            .away: (
                "Sign-in does not answer",
                "The service that you sign in with does not answer as it should. Try again in a while."
            ),
            .refused: (
                "You are not signed in",
                "The answer of the service that you signed in with could not be accepted. Try again. If it happens more than once, tell those who run this site."
            ),
            .oneFactor: (
                "You did not sign in with two factors",
                "The service did not confirm that you used two factors. Try again, or ask user support how to switch it on."
            ),
            .left: (
                "You are not signed in",
                "The institution says that you have left. If that is wrong, talk to user support."
            ),
        ],
        signedOutTitle: "You are signed out",
        withheld: {
            "You signed in with one factor. Your role as \($0) counts only once you have signed in with two."
        },
        twoFactors: "Sign in with two factors", and: "and")

    /// “a, b and c”.
    func list(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return [words.dropLast().joined(separator: ", "), and, last].joined(separator: " ")
    }
}
