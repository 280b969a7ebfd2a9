import ModuleKit

/// The words of the page on which people see to their own measures.
struct MeasureTexts: TextSet {
    let title, lead, empty, unfinished, unchecked, checked, against, effectButton, effectLabel, effectHint,
        notDone: String
    let startCentral, centralHint, centralFor, central: String
    /// The date in words.
    let doneOn: @Sendable (String) -> String

    static let nb = MeasureTexts(
        title: "Mine tiltak",
        lead: "Tiltak du er ansvarlig for. Du ser tiltaket, ikke saken det kommer fra.",
        empty: "Du har ingen tiltak nå.", unfinished: "Skal gjøres", unchecked: "Utført: virket det?",
        checked: "Vurdert",
        against: "Årsaken det skal fjerne", effectButton: "Lagre vurderingen", effectLabel: "Virket tiltaket?",
        effectHint: "Hva ser du nå som er annerledes?", notDone: "Tiltaket må være utført først.",
        startCentral: "Nytt sentralt tiltak",
        centralHint:
            "Et tiltak uten en sak, mot noe dere ser i mange. Alle i avdelingen ser det og følger det opp. Skriv ikke om enkeltpersoner.",
        centralFor: "Gjelder", central: "sentralt tiltak",
        doneOn: { "Utført \($0)" })
    static let nn = MeasureTexts(
        title: "Mine tiltak",
        lead: "Tiltak du er ansvarleg for. Du ser tiltaket, ikkje saka det kjem frå.",
        empty: "Du har ingen tiltak no.", unfinished: "Skal gjerast", unchecked: "Utført: verka det?",
        checked: "Vurdert",
        against: "Årsaka det skal fjerne", effectButton: "Lagre vurderinga", effectLabel: "Verka tiltaket?",
        effectHint: "Kva ser du no som er annleis?", notDone: "Tiltaket må vere utført først.",
        startCentral: "Nytt sentralt tiltak",
        centralHint:
            "Eit tiltak utan ei sak, mot noko de ser i mange. Alle i avdelinga ser det og følgjer det opp. Skriv ikkje om enkeltpersonar.",
        centralFor: "Gjeld", central: "sentralt tiltak",
        doneOn: { "Utført \($0)" })
    static let en = MeasureTexts(
        title: "My measures",
        lead: "Measures that you own. You see the measure, not the case it comes from.",
        empty: "You have no measures now.", unfinished: "To do", unchecked: "Done: did it work?", checked: "Assessed",
        against: "The cause it is to take away", effectButton: "Save the assessment",
        effectLabel: "Did the measure work?",
        effectHint: "What do you see now that is different?", notDone: "The measure has to be done first.",
        startCentral: "New central measure",
        centralHint:
            "A measure without a case, against what you see in many. Everybody in the department sees it and sees to it. Do not write about single people.",
        centralFor: "For", central: "central measure",
        doneOn: { "Done \($0)" })
}
