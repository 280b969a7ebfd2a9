import ModuleKit

/// What mails about deadlines and measures say. Never what the case is about.
struct ReminderTexts: TextSet {
    typealias Mail = (subject: String, text: String)
    let near, today, overdue: @Sendable (_ number: String, _ date: String) -> Mail
    /// The unit that has the case is named.
    let overdueAt: @Sendable (_ number: String, _ date: String, _ unit: String) -> Mail
    let measure, measureDue, measureOverdue: @Sendable (_ date: String) -> Mail
    let effectDue: Mail
    let openMeasures, openDesk: String

    static let nb = ReminderTexts(
        near: { ("Fristen nærmer seg (\($0))", "Saken må besvares senest \($1).") },
        today: {
            (
                "Fristen er i dag (\($0))",
                "Saken må besvares \($1). Går det ikke, send et foreløpig svar med grunn og dato."
            )
        },
        overdue: {
            (
                "Over fristen (\($0))",
                "Fristen var \($1), og melderen har verken svar eller foreløpig svar. Send ett av dem i dag."
            )
        },
        overdueAt: {
            (
                "Over fristen (\($0))",
                "En sak ved \($2) skulle vært besvart \($1). Ta kontakt med enheten: melderen har ikke fått svar."
            )
        },
        measure: { ("Du er ansvarlig for et tiltak", "Et tiltak er lagt til deg. Fristen er \($0).") },
        measureDue: { ("Et tiltak har frist \($0)", "Et tiltak du er ansvarlig for, har frist \($0).") },
        measureOverdue: { ("Et tiltak er over fristen", "Et tiltak du er ansvarlig for, skulle vært utført \($0).") },
        effectDue: ("Virket tiltaket?", "Et tiltak du har utført, har fått tid til å virke. Skriv om det gjorde det."),
        openMeasures: "Åpne tiltakene dine", openDesk: "Åpne sakene")
    static let nn = ReminderTexts(
        near: { ("Fristen nærmar seg (\($0))", "Saka må få svar seinast \($1).") },
        today: {
            (
                "Fristen er i dag (\($0))",
                "Saka må få svar \($1). Går det ikkje, send eit førebels svar med grunn og dato."
            )
        },
        overdue: {
            (
                "Over fristen (\($0))",
                "Fristen var \($1), og meldaren har korkje svar eller førebels svar. Send eitt av dei i dag."
            )
        },
        overdueAt: {
            (
                "Over fristen (\($0))",
                "Ei sak ved \($2) skulle ha fått svar \($1). Ta kontakt med eininga: meldaren har ikkje fått svar."
            )
        },
        measure: { ("Du er ansvarleg for eit tiltak", "Eit tiltak er lagt til deg. Fristen er \($0).") },
        measureDue: { ("Eit tiltak har frist \($0)", "Eit tiltak du er ansvarleg for, har frist \($0).") },
        measureOverdue: {
            ("Eit tiltak er over fristen", "Eit tiltak du er ansvarleg for, skulle ha vore utført \($0).")
        },
        effectDue: ("Verka tiltaket?", "Eit tiltak du har utført, har fått tid til å verke. Skriv om det gjorde det."),
        openMeasures: "Opne tiltaka dine", openDesk: "Opne sakene")
    static let en = ReminderTexts(
        near: { ("The deadline is near (\($0))", "The case has to be answered by \($1).") },
        today: {
            (
                "Due today (\($0))",
                "The case has to be answered on \($1). If that is not possible, send a preliminary reply with cause and date."
            )
        },
        overdue: {
            (
                "Overdue (\($0))",
                "It was due \($1), and the reporter has neither an answer nor a preliminary reply. Send one of them today."
            )
        },
        overdueAt: {
            (
                "Overdue (\($0))",
                "A case at \($2) was due \($1). Get in touch with the unit: the reporter has not been answered."
            )
        },
        measure: { ("You own a measure", "A measure was given to you. It is due \($0).") },
        measureDue: { ("A measure is due \($0)", "A measure that you own is due \($0).") },
        measureOverdue: { ("A measure is overdue", "A measure that you own was due \($0).") },
        effectDue: ("Did the measure work?", "A measure you have done has had time to work. Write whether it did."),
        openMeasures: "Open your measures", openDesk: "Open the cases")
}
