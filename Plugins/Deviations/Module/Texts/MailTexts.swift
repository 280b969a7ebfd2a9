import ModuleKit

/// What mails say: the case's number, what kind of thing happened, and a link. Never what the case is about.
struct MailTexts: TextSet {
    typealias Lines = @Sendable (_ number: String, _ date: String) -> (subject: String, text: String)
    let received, newCase, assigned, forwarded, rejected, replied, preliminaryReplied, closed, withdrawn: Lines
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
        open: "Open the case")
}
