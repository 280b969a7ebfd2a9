import ModuleKit

/// What administrators are told when something needs them: nothing of any case.
struct AlarmTexts: TextSet {
    let subject, nobody, open: String

    static let nb = AlarmTexts(
        subject: "Ingen kan ta imot en melding",
        nobody:
            "Minst én åpen melding har ingen som kan ta imot den: ingen meldingsansvarlig er i tjeneste og upartisk. Sørg for en stedfortreder, eller gi noen rollen.",
        open: "Se stedfortredere")
    static let nn = AlarmTexts(
        subject: "Ingen kan ta imot ei melding",
        nobody:
            "Minst éi open melding har ingen som kan ta imot ho: ingen meldingsansvarleg er i teneste og upartisk. Sørg for ein stadfortredar, eller gi nokon rolla.",
        open: "Sjå stadfortredarar")
    static let en = AlarmTexts(
        subject: "Nobody can receive a report",
        nobody:
            "At least one open report has nobody who can receive it: no intake officer is in office and impartial. See to a deputy, or give somebody the role.",
        open: "See deputies")
}
