import CalendarKit
import EventKit
import ModuleKit

/// The words of the page on where one is signed in.
struct SessionTexts: TextSet {
    let title, lead, this, demo, end, endOthers, ended: String
    let by, started, seen: @Sendable (String) -> String
    /// A day in words, and the hour.
    let hour: @Sendable (String, Int) -> String
    private let language: Language

    static let nb = SessionTexts(
        title: "Hvor du er logget inn",
        lead: "Kjenner du ikke igjen en innlogging, avslutt den. Adresser og nettlesere lagrer vi ikke.",
        this: "Denne", demo: "Demoen", end: "Avslutt", endOthers: "Avslutt alle andre",
        ended: "Den er avsluttet, og åpner ingenting lenger.", by: { "Innlogging med \($0)" },
        started: { "begynte \($0)" }, seen: { "sist brukt \($0)" }, hour: { "\($0) kl. \($1)" }, language: .nb)

    static let nn = SessionTexts(
        title: "Kvar du er logga inn",
        lead: "Kjenner du ikkje att ei innlogging, avslutt henne. Adresser og nettlesarar lagrar vi ikkje.",
        this: "Denne", demo: "Demoen", end: "Avslutt", endOthers: "Avslutt alle andre",
        ended: "Ho er avslutta, og opnar ingenting lenger.", by: { "Innlogging med \($0)" },
        started: { "byrja \($0)" }, seen: { "sist brukt \($0)" }, hour: { "\($0) kl. \($1)" }, language: .nn)

    static let en = SessionTexts(
        title: "Where you are signed in",
        lead: "If you do not recognise a sign-in, end it. We do not store addresses or browsers.",
        this: "This one", demo: "The demo", end: "End", endOthers: "End all others",
        ended: "It has ended, and opens nothing any more.", by: { "Signed in with \($0)" },
        started: { "began \($0)" }, seen: { "last used \($0)" }, hour: { "\($0) at \($1):00" }, language: .en)

    /// The day and the hour: nobody has to know more closely when somebody was here.
    func moment(_ time: Timestamp, now: Timestamp) -> String {
        let local = Oslo.local(at: time)
        return hour(language.words(local.date, today: Oslo.date(at: now)), local.hour)
    }
}
