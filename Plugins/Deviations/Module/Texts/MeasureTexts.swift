import ModuleKit

/// The words of the page on which people see to their own measures.
struct MeasureTexts: TextSet {
    let title, lead, empty, unfinished, unchecked, checked, against, effectButton, effectLabel, effectHint,
        notDone: String
    /// The date in words.
    let doneOn: @Sendable (String) -> String

    static let nb = MeasureTexts(
        title: "Mine tiltak",
        lead: "Tiltak du er ansvarlig for. Du ser tiltaket, ikke saken det kommer fra.",
        empty: "Du har ingen tiltak nå.", unfinished: "Skal gjøres", unchecked: "Utført: virket det?",
        checked: "Vurdert",
        against: "Årsaken det skal fjerne", effectButton: "Lagre vurderingen", effectLabel: "Virket tiltaket?",
        effectHint: "Hva ser du nå som er annerledes?", notDone: "Tiltaket må være utført først.",
        doneOn: { "Utført \($0)" })
    static let nn = MeasureTexts(
        title: "Mine tiltak",
        lead: "Tiltak du er ansvarleg for. Du ser tiltaket, ikkje saka det kjem frå.",
        empty: "Du har ingen tiltak no.", unfinished: "Skal gjerast", unchecked: "Utført: verka det?",
        checked: "Vurdert",
        against: "Årsaka det skal fjerne", effectButton: "Lagre vurderinga", effectLabel: "Verka tiltaket?",
        effectHint: "Kva ser du no som er annleis?", notDone: "Tiltaket må vere utført først.",
        doneOn: { "Utført \($0)" })
    static let en = MeasureTexts(
        title: "My measures",
        lead: "Measures that you own. You see the measure, not the case it comes from.",
        empty: "You have no measures now.", unfinished: "To do", unchecked: "Done: did it work?", checked: "Assessed",
        against: "The cause it is to take away", effectButton: "Save the assessment",
        effectLabel: "Did the measure work?",
        effectHint: "What do you see now that is different?", notDone: "The measure has to be done first.",
        doneOn: { "Done \($0)" })
}
