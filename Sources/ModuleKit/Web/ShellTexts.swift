/// The words of the top bar and the footer.
struct ShellTexts: TextSet {
    let skip, mainMenu, language, signIn, signOut, emergency, privacy, accessibility, exit, exitHint: String

    static let nb = ShellTexts(
        skip: "Hopp til innhold", mainMenu: "Hovedmeny", language: "Språk", signIn: "Logg inn", signOut: "Logg ut",
        emergency: "Akutt fare? Ring", privacy: "Personvern", accessibility: "Tilgjengelighet",
        exit: "Forlat siden raskt", exitHint: "Eller trykk Escape to ganger")
    static let nn = ShellTexts(
        skip: "Hopp til innhald", mainMenu: "Hovudmeny", language: "Språk", signIn: "Logg inn", signOut: "Logg ut",
        emergency: "Akutt fare? Ring", privacy: "Personvern", accessibility: "Tilgjenge",
        exit: "Forlat sida raskt", exitHint: "Eller trykk Escape to gonger")
    static let en = ShellTexts(
        skip: "Skip to content", mainMenu: "Main menu", language: "Language", signIn: "Sign in", signOut: "Sign out",
        emergency: "Immediate danger? Call", privacy: "Privacy",
        accessibility: "Accessibility",
        exit: "Leave this page quickly", exitHint: "Or press Escape twice")
}
