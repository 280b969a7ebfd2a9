import ModuleKit

/// The words of how long what was written is kept.
struct RetentionTexts: TextSet {
    let keep, keepHint, keepButton: String
    /// The case's number, and the day in words.
    let near, nearOwn: @Sendable (_ number: String, _ date: String) -> (subject: String, text: String)

    static let nb = RetentionTexts(
        keep: "Ta vare på lenger",
        keepHint: "Innholdet i avsluttede saker blir slettet når tiden er ute. Denne blir da spart like lenge til.",
        keepButton: "Ta vare på saken",
        near: {
            (
                "En avsluttet sak slettes snart (\($0))",
                "Innholdet i en avsluttet sak blir slettet \($1). Åpne saken og si hvorfor hvis det må tas vare på."
            )
        },
        nearOwn: {
            (
                "Saken din slettes snart (\($0))",
                "Det som står i saken din, blir slettet \($1). Vil du ha en kopi, finner du den under Mine opplysninger."
            )
        })
    static let nn = RetentionTexts(
        keep: "Ta vare på lenger",
        keepHint: "Innhaldet i avslutta saker blir sletta når tida er ute. Denne blir då spart like lenge til.",
        keepButton: "Ta vare på saka",
        near: {
            (
                "Ei avslutta sak blir snart sletta (\($0))",
                "Innhaldet i ei avslutta sak blir sletta \($1). Opne saka og sei kvifor om det må takast vare på."
            )
        },
        nearOwn: {
            (
                "Saka di blir snart sletta (\($0))",
                "Det som står i saka di, blir sletta \($1). Vil du ha ein kopi, finn du han under Mine opplysningar."
            )
        })
    static let en = RetentionTexts(
        keep: "Keep longer",
        keepHint: "The content of ended cases is deleted when its time is over. This one is then kept as long again.",
        keepButton: "Keep the case",
        near: {
            (
                "An ended case is soon deleted (\($0))",
                "The content of an ended case is deleted \($1). Open the case and say why if it must be kept."
            )
        },
        nearOwn: {
            (
                "Your case is soon deleted (\($0))",
                "What stands in your case is deleted \($1). If you want a copy, you find it under My data."
            )
        })
}
