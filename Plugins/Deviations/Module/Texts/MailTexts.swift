import ModuleKit

/// What mails say: the case's number, what kind of thing happened, and a link. Never what the case is about.
struct MailTexts: TextSet {
    typealias Lines = @Sendable (_ number: String, _ date: String) -> (subject: String, text: String)
    let received, newCase, assigned, forwarded, rejected, replied, preliminaryReplied, closed, withdrawn: Lines
    let reopened, recurring, merged, takenOver, consulted, consultationAnswered, answered, feedback, feedbackDue: Lines
    let open: String

    static let nb = MailTexts(
        received: { ("Meldingen din er mottatt (\($0))", "Vi har mottatt meldingen din. Du får svar senest \($1).") },
        newCase: { ("Ny melding (\($0))", "En ny melding venter på vurdering. Fristen er \($1).") },
        assigned: { ("Sak til behandling (\($0))", "Du er behandler for en sak. Fristen er \($1).") },
        forwarded: {
            (
                "Saken din er sendt videre (\($0))",
                "Saken din er sendt til en annen enhet. Begrunnelsen står i saken. Fristen er fortsatt \($1)."
            )
        },
        rejected: { number, _ in
            ("Svar på meldingen din (\(number))", "Meldingen din er vurdert. Begrunnelsen står i saken.")
        },
        replied: { number, _ in ("Nytt svar i saken din (\(number))", "Du har fått et svar i saken din.") },
        preliminaryReplied: {
            (
                "Foreløpig svar i saken din (\($0))",
                "Saken din tar lengre tid. Du kan vente svar \($1). Grunnen står i saken."
            )
        },
        closed: { number, _ in ("Saken din er avsluttet (\(number))", "Saken din er avsluttet. Utfallet står i saken.")
        },
        withdrawn: { number, _ in
            ("En melding er trukket (\(number))", "Melderen har trukket meldingen. Du avgjør om saken skal stanse.")
        },
        reopened: { number, _ in
            ("Saken er åpnet igjen (\(number))", "Saken er åpnet igjen. Begrunnelsen står i saken.")
        },
        recurring: { number, _ in
            (
                "Saken er åpnet igjen for tredje gang (\(number))",
                "Saken er åpnet igjen for tredje gang og regnes som gjentakende."
            )
        },
        merged: {
            (
                "Meldingen din behandles sammen med andre (\($0))",
                "Flere har meldt fra om det samme. Meldingene behandles samlet, og du får fortsatt egne svar. Fristen er \($1)."
            )
        },
        takenOver: { ("Sak du har overtatt (\($0))", "En sak ligger nå hos deg. Fristen er \($1).") },
        consulted: { _, date in
            ("Du er bedt om å uttale deg", "Du er bedt om å uttale deg om et avvik. Fristen er \(date).")
        },
        consultationAnswered: { number, _ in ("Svar på høring (\(number))", "En høring i en sak hos deg har fått svar.")
        },
        answered: { number, _ in
            ("Melderen har skrevet mer (\(number))", "Melderen har skrevet mer i en sak hos deg.")
        },
        feedback: { number, _ in
            ("Melderen har svart (\(number))", "Melderen har sagt om saken løste det de meldte fra om.")
        },
        feedbackDue: { number, _ in
            (
                "Ble det løst? (\(number))",
                "Saken din ble avsluttet for en tid siden. Si gjerne om det du meldte fra om, er løst."
            )
        },
        open: "Åpne saken")
    static let nn = MailTexts(
        received: { ("Meldinga di er motteken (\($0))", "Vi har motteke meldinga di. Du får svar seinast \($1).") },
        newCase: { ("Ny melding (\($0))", "Ei ny melding ventar på vurdering. Fristen er \($1).") },
        assigned: { ("Sak til behandling (\($0))", "Du er behandlar for ei sak. Fristen er \($1).") },
        forwarded: {
            (
                "Saka di er send vidare (\($0))",
                "Saka di er send til ei anna eining. Grunngivinga står i saka. Fristen er framleis \($1)."
            )
        },
        rejected: { number, _ in
            ("Svar på meldinga di (\(number))", "Meldinga di er vurdert. Grunngivinga står i saka.")
        },
        replied: { number, _ in ("Nytt svar i saka di (\(number))", "Du har fått eit svar i saka di.") },
        preliminaryReplied: {
            ("Førebels svar i saka di (\($0))", "Saka di tek lengre tid. Du kan vente svar \($1). Grunnen står i saka.")
        },
        closed: { number, _ in ("Saka di er avslutta (\(number))", "Saka di er avslutta. Utfallet står i saka.") },
        withdrawn: { number, _ in
            ("Ei melding er trekt (\(number))", "Meldaren har trekt meldinga. Du avgjer om saka skal stanse.")
        },
        reopened: { number, _ in
            ("Saka er opna igjen (\(number))", "Saka er opna igjen. Grunngivinga står i saka.")
        },
        recurring: { number, _ in
            (
                "Saka er opna igjen for tredje gong (\(number))",
                "Saka er opna igjen for tredje gong og blir rekna som gjentakande."
            )
        },
        merged: {
            (
                "Meldinga di blir behandla saman med andre (\($0))",
                "Fleire har meldt frå om det same. Meldingane blir behandla samla, og du får framleis eigne svar. Fristen er \($1)."
            )
        },
        takenOver: { ("Sak du har teke over (\($0))", "Ei sak ligg no hos deg. Fristen er \($1).") },
        consulted: { _, date in
            ("Du er beden om å uttale deg", "Du er beden om å uttale deg om eit avvik. Fristen er \(date).")
        },
        consultationAnswered: { number, _ in
            ("Svar på høyring (\(number))", "Ei høyring i ei sak hos deg har fått svar.")
        },
        answered: { number, _ in
            ("Meldaren har skrive meir (\(number))", "Meldaren har skrive meir i ei sak hos deg.")
        },
        feedback: { number, _ in
            ("Meldaren har svart (\(number))", "Meldaren har sagt om saka løyste det dei melde frå om.")
        },
        feedbackDue: { number, _ in
            (
                "Blei det løyst? (\(number))",
                "Saka di blei avslutta for ei tid sidan. Sei gjerne om det du melde frå om, er løyst."
            )
        },
        open: "Opne saka")
    static let en = MailTexts(
        received: {
            ("We have received your report (\($0))", "We have received your report. You get an answer by \($1).")
        },
        newCase: { ("New report (\($0))", "A new report is waiting to be assessed. It is due \($1).") },
        assigned: { ("A case to handle (\($0))", "You are the case handler of a case. It is due \($1).") },
        forwarded: {
            (
                "Your case was sent on (\($0))",
                "Your case was sent to another unit. The reason is in the case. It is still due \($1)."
            )
        },
        rejected: { number, _ in
            ("An answer to your report (\(number))", "Your report has been assessed. The reason is in the case.")
        },
        replied: { number, _ in ("A new reply in your case (\(number))", "You have a reply in your case.") },
        preliminaryReplied: {
            (
                "Preliminary reply in your case (\($0))",
                "Your case takes longer. You can expect an answer \($1). The reason is in the case."
            )
        },
        closed: { number, _ in ("Your case is closed (\(number))", "Your case is closed. The outcome is in the case.")
        },
        withdrawn: { number, _ in
            (
                "A report was withdrawn (\(number))",
                "The reporter has withdrawn the report. You decide if the case stops."
            )
        },
        reopened: { number, _ in
            ("The case was opened again (\(number))", "The case was opened again. The reason is in the case.")
        },
        recurring: { number, _ in
            (
                "A case was opened again for the third time (\(number))",
                "The case was opened again for the third time and counts as recurring."
            )
        },
        merged: {
            (
                "Your report is handled together with others (\($0))",
                "Several people reported the same. The reports are handled together, and you still get replies of your own. It is due \($1)."
            )
        },
        takenOver: { ("A case you have taken over (\($0))", "A case is with you now. It is due \($1).") },
        consulted: { _, date in
            ("You are asked for your view", "You are asked for your view of a deviation. Please answer by \(date).")
        },
        consultationAnswered: { number, _ in
            ("An answer to a consultation (\(number))", "A consultation in a case of yours has an answer.")
        },
        answered: { number, _ in
            ("The reporter has written more (\(number))", "The reporter has written more in a case of yours.")
        },
        feedback: { number, _ in
            (
                "The reporter has answered (\(number))",
                "The reporter has said whether the case solved what they reported."
            )
        },
        feedbackDue: { number, _ in
            (
                "Was it solved? (\(number))",
                "Your case was closed some time ago. Please say whether what you reported is solved."
            )
        },
        open: "Open the case")
}
