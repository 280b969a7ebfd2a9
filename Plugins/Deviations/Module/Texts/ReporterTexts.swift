import DeviationsCore
import ModuleKit

/// What the reporter reads when a case has ended, when it belongs to somebody else, and when they have told us of it before.
struct ReporterTexts: TextSet {
    let feedbackTitle, feedbackText, feedbackHint, feedbackButton, feedbackLead: String
    let answers: [Feedback: String]
    /// The name of the recipient.
    let notOurs, passOnText, contact, passOnButton: @Sendable (String) -> String
    let recipient, recipientHint, ours: String
    let similarTitle, similarText: String
    let saidBy, feedbackOf: String
    let answerTitle, answerText, answerHint, answerButton: String

    static let nb = ReporterTexts(
        feedbackTitle: "Ble det løst?",
        feedbackText: "Vil du si mer?", feedbackHint: "Kan stå åpent. De som hadde saken, leser det.",
        feedbackButton: "Send",
        feedbackLead: "Svaret ditt åpner ikke saken igjen av seg selv, men de som hadde den, ser det.",
        answers: [.solved: "Ja", .partly: "Delvis", .unsolved: "Nei"],
        notOurs: { "Dette hører hjemme hos \($0)" },
        passOnText: {
            "Du kan sende meldingen videre til \($0). Da leser de alt du har skrevet. Ingenting blir sendt uten at du vil det."
        },
        contact: { "Ta kontakt med \($0). Vi har ikke sendt noe videre." },
        passOnButton: { "Send videre til \($0)" },
        recipient: "Hører hjemme hos",
        recipientHint: "Melderen får vite hvem det er, og kan selv sende meldingen videre.",
        ours: "ingen andre", similarTitle: "Har du meldt fra om dette før?",
        similarText:
            "Disse sakene dine er åpne og gjelder noe lignende. Er det den samme saken, kan du skrive mer og legge til filer der.",
        saidBy: "Dette sier melderne", feedbackOf: "Svar",
        answerTitle: "Skriv til dem som har saken", answerText: "Svaret ditt",
        answerHint: "Svar på det de spør om, eller fortell om noe nytt.", answerButton: "Send svaret")
    static let nn = ReporterTexts(
        feedbackTitle: "Blei det løyst?",
        feedbackText: "Vil du seie meir?", feedbackHint: "Kan stå ope. Dei som hadde saka, les det.",
        feedbackButton: "Send",
        feedbackLead: "Svaret ditt opnar ikkje saka igjen av seg sjølv, men dei som hadde ho, ser det.",
        answers: [.solved: "Ja", .partly: "Delvis", .unsolved: "Nei"],
        notOurs: { "Dette høyrer heime hos \($0)" },
        passOnText: {
            "Du kan sende meldinga vidare til \($0). Då les dei alt du har skrive. Ingenting blir sendt utan at du vil det."
        },
        contact: { "Ta kontakt med \($0). Vi har ikkje sendt noko vidare." },
        passOnButton: { "Send vidare til \($0)" },
        recipient: "Høyrer heime hos",
        recipientHint: "Meldaren får vite kven det er, og kan sjølv sende meldinga vidare.",
        ours: "ingen andre", similarTitle: "Har du meldt frå om dette før?",
        similarText:
            "Desse sakene dine er opne og gjeld noko liknande. Er det den same saka, kan du skrive meir og leggje til filer der.",
        saidBy: "Dette seier meldarane", feedbackOf: "Svar",
        answerTitle: "Skriv til dei som har saka", answerText: "Svaret ditt",
        answerHint: "Svar på det dei spør om, eller fortel om noko nytt.", answerButton: "Send svaret")
    static let en = ReporterTexts(
        feedbackTitle: "Was it solved?",
        feedbackText: "Do you want to say more?", feedbackHint: "May be left empty. Those who had the case read it.",
        feedbackButton: "Send",
        feedbackLead: "Your answer does not by itself open the case again, but those who had it see it.",
        answers: [.solved: "Yes", .partly: "Partly", .unsolved: "No"],
        notOurs: { "This belongs to \($0)" },
        passOnText: {
            "You can pass the report on to \($0). They then read all that you have written. Nothing is passed on unless you want it."
        },
        contact: { "Please contact \($0). We have passed nothing on." },
        passOnButton: { "Pass on to \($0)" },
        recipient: "Belongs to", recipientHint: "The reporter is told who it is, and can pass the report on themself.",
        ours: "nobody else", similarTitle: "Have you reported this before?",
        similarText:
            "These cases of yours are open and about something similar. If it is the same case, you can write more and add files there.",
        saidBy: "What the reporters say", feedbackOf: "Answer",
        answerTitle: "Write to those who have the case", answerText: "Your answer",
        answerHint: "Answer what they ask, or tell of something new.", answerButton: "Send the answer")
}
