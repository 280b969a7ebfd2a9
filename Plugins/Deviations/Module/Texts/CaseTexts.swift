import DeviationsCore
import ModuleKit

/// The words of a case: its state, its history, its clock.
struct CaseTexts: TextSet {
    let status: [Status: String]
    /// The five stations of a case: received, assessed, handled, measures, ended.
    let stations: [String]
    /// The station where it stands.
    let progress: @Sendable (String) -> String
    let deadline, handler, noHandler, unit, category, campus, environment, reporter, received, expected, firstDeadline,
        occurred: String
    let dueToday: String
    /// With the word for a deadline before it.
    let due: @Sendable (String) -> String
    /// Working days left, at least 1.
    let dueIn: @Sendable (Int) -> String
    /// Working days past, at least 1.
    let late: @Sendable (Int) -> String
    let report, channelsTried, channelsNotTried: String
    /// The heading of a step in the history; the name is a handler's or a unit's.
    let steps: [TimelineEntry.Kind: @Sendable (_ name: String) -> String]
    let by, privateNote, me, staff, history, measures, measureDone, measureMoved: String
    let replyToYou, hasHandler, mineEmpty, mineLead, newReport, backToMine: String
    let guideline, owner, privacy, sensitive: String
    /// The date in words.
    let validFrom: @Sendable (String) -> String

    static let nb = CaseTexts(
        status: [.received: "ny", .assigned: "under behandling", .rejected: "avvist", .closed: "avsluttet"],
        stations: ["Mottatt", "Vurdert", "Behandles", "Tiltak", "Avsluttet"], progress: { "Saken står ved: \($0)." },
        deadline: "Frist", handler: "Behandler", noHandler: "ingen ennå", unit: "Enhet", category: "Gjelder",
        campus: "Campus",
        environment: "Læringsmiljø", reporter: "Melder", received: "Mottatt", expected: "Nytt svar ventes",
        firstDeadline: "Første frist",
        occurred: "Skjedde",
        dueToday: "i dag", due: { "frist \($0)" },
        dueIn: { $0 == 1 ? "om 1 virkedag" : "om \($0) virkedager" },
        late: { $0 == 1 ? "1 virkedag over fristen" : "\($0) virkedager over fristen" },
        report: "Melding", channelsTried: "Tatt opp med", channelsNotTried: "Ikke tatt opp først fordi",
        steps: [
            .received: { _ in "Meldingen er mottatt" }, .triaged: { _ in "Vurdert" },
            .assigned: { "Sendt til behandler: \($0)" },
            .forwarded: { "Sendt videre til \($0)" }, .rejected: { _ in "Avvist med begrunnelse" },
            .noted: { _ in "Notat" },
            .replied: { _ in "Svar til melderen" }, .answered: { _ in "Melderen skrev mer" },
            .causeRecorded: { _ in "Hva som skjedde, og hvorfor" },
            .measureAdded: { _ in "Nytt tiltak" }, .measureMoved: { _ in "Tiltak flyttet til ansvarlig" },
            .measureCompleted: { _ in "Tiltak utført" }, .preliminaryReplied: { _ in "Foreløpig svar" },
            .closed: { _ in "Saken er avsluttet" },
            .filesAdded: { _ in "Nye filer" }, .filesNoted: { _ in "Nye filer, bare for saksbehandlere" },
            .dueDateMoved: { _ in "Fristen er flyttet fordi dagen ble stengt" },
            .effectChecked: { _ in "Virkningen av et tiltak er vurdert" },
            .summaryPublished: { _ in "Fortalt offentlig: dere sa, vi gjorde" },
            .withdrawn: { _ in "Meldingen er trukket" },
            .continued: { _ in "Saken går videre for institusjonen" },
            .recused: { _ in "Erklært seg inhabil" }, .named: { _ in "Omtalte personer ført opp" },
            .reopened: { _ in "Saken er åpnet igjen" },
            .separated: { _ in "Meldingen er en egen sak igjen" },
            .merged: { _ in "Meldingen behandles sammen med andre om det samme" },
            .reportsMerged: { _ in "Meldinger slått sammen med saken" }, .takenOver: { _ in "Overtatt av en annen" },
            .keptAway: { _ in "Holdt unna noen som har fått et nytt verv" },
            .masked: { _ in "Tekst eller vedlegg skjult" }, .unmasked: { _ in "Så på det som er skjult" },
            .consulted: { _ in "Sendt på høring" }, .consultationAnswered: { _ in "Svar på høring" },
            .consultationDeclined: { _ in "Inhabil i høringen" },
            .feedbackSolved: { _ in "Melderen sier at det er løst" },
            .feedbackPartly: { _ in "Melderen sier at det er delvis løst" },
            .feedbackUnsolved: { _ in "Melderen sier at det ikke er løst" },
            .kept: { _ in "Tas vare på lenger" },
        ],
        by: "av", privateNote: "bare for saksbehandlere", me: "deg", staff: "NTNU", history: "Dette har skjedd",
        measures: "Tiltak",
        measureDone: "utført", measureMoved: "følges opp av ansvarlig",
        replyToYou: "Svar til deg fra NTNU", hasHandler: "En behandler har fått saken",
        mineEmpty: "Du har ikke meldt fra om noe ennå.", mineLead: "Her ser du hva som skjer med det du har meldt.",
        newReport: "Meld fra om noe nytt", backToMine: "Alle mine saker", guideline: "Retningslinje for avvik",
        owner: "Eier", privacy: "Personvern",
        sensitive: "sensitive opplysninger",
        validFrom: { "Gjelder fra \($0)" })

    static let nn = CaseTexts(
        status: [.received: "ny", .assigned: "under behandling", .rejected: "avvist", .closed: "avslutta"],
        stations: ["Motteken", "Vurdert", "Behandling", "Tiltak", "Avslutta"], progress: { "Saka står ved: \($0)." },
        deadline: "Frist", handler: "Behandlar", noHandler: "ingen enno", unit: "Eining", category: "Gjeld",
        campus: "Campus",
        environment: "Læringsmiljø", reporter: "Meldar", received: "Motteken", expected: "Nytt svar er venta",
        firstDeadline: "Første frist",
        occurred: "Hende",
        dueToday: "i dag", due: { "frist \($0)" },
        dueIn: { $0 == 1 ? "om 1 verkedag" : "om \($0) verkedagar" },
        late: { $0 == 1 ? "1 verkedag over fristen" : "\($0) verkedagar over fristen" },
        report: "Melding", channelsTried: "Teke opp med", channelsNotTried: "Ikkje teke opp først fordi",
        steps: [
            .received: { _ in "Meldinga er motteken" }, .triaged: { _ in "Vurdert" },
            .assigned: { "Send til behandlar: \($0)" },
            .forwarded: { "Send vidare til \($0)" }, .rejected: { _ in "Avvist med grunngiving" },
            .noted: { _ in "Notat" },
            .replied: { _ in "Svar til meldaren" }, .answered: { _ in "Meldaren skreiv meir" },
            .causeRecorded: { _ in "Kva som hende, og kvifor" },
            .measureAdded: { _ in "Nytt tiltak" }, .measureMoved: { _ in "Tiltak flytt til ansvarleg" },
            .measureCompleted: { _ in "Tiltak utført" }, .preliminaryReplied: { _ in "Førebels svar" },
            .closed: { _ in "Saka er avslutta" },
            .filesAdded: { _ in "Nye filer" }, .filesNoted: { _ in "Nye filer, berre for saksbehandlarar" },
            .dueDateMoved: { _ in "Fristen er flytt fordi dagen vart stengd" },
            .effectChecked: { _ in "Verknaden av eit tiltak er vurdert" },
            .summaryPublished: { _ in "Fortalt offentleg: de sa, vi gjorde" },
            .withdrawn: { _ in "Meldinga er trekt" },
            .continued: { _ in "Saka held fram for institusjonen" },
            .recused: { _ in "Erklært seg inhabil" }, .named: { _ in "Omtalte personar førte opp" },
            .reopened: { _ in "Saka er opna igjen" },
            .separated: { _ in "Meldinga er ei eiga sak igjen" },
            .merged: { _ in "Meldinga blir behandla saman med andre om det same" },
            .reportsMerged: { _ in "Meldingar slegne saman med saka" }, .takenOver: { _ in "Teken over av ein annan" },
            .keptAway: { _ in "Halden unna nokon som har fått eit nytt verv" },
            .masked: { _ in "Tekst eller vedlegg skjult" }, .unmasked: { _ in "Såg på det som er skjult" },
            .consulted: { _ in "Send på høyring" }, .consultationAnswered: { _ in "Svar på høyring" },
            .consultationDeclined: { _ in "Inhabil i høyringa" },
            .feedbackSolved: { _ in "Meldaren seier at det er løyst" },
            .feedbackPartly: { _ in "Meldaren seier at det er delvis løyst" },
            .feedbackUnsolved: { _ in "Meldaren seier at det ikkje er løyst" },
            .kept: { _ in "Blir teken vare på lenger" },
        ],
        by: "av", privateNote: "berre for saksbehandlarar", me: "deg", staff: "NTNU", history: "Dette har hendt",
        measures: "Tiltak",
        measureDone: "utført", measureMoved: "blir følgt opp av ansvarleg",
        replyToYou: "Svar til deg frå NTNU", hasHandler: "Ein behandlar har fått saka",
        mineEmpty: "Du har ikkje meldt frå om noko enno.", mineLead: "Her ser du kva som skjer med det du har meldt.",
        newReport: "Meld frå om noko nytt", backToMine: "Alle mine saker", guideline: "Retningslinje for avvik",
        owner: "Eigar", privacy: "Personvern",
        sensitive: "sensitive opplysningar",
        validFrom: { "Gjeld frå \($0)" })

    static let en = CaseTexts(
        status: [.received: "new", .assigned: "being handled", .rejected: "rejected", .closed: "closed"],
        stations: ["Received", "Assessed", "Handled", "Measures", "Closed"], progress: { "The case stands at: \($0)." },
        deadline: "Due", handler: "Case handler", noHandler: "none yet", unit: "Unit", category: "About",
        campus: "Campus",
        environment: "Environment", reporter: "Reporter", received: "Received", expected: "New answer expected",
        firstDeadline: "First deadline",
        occurred: "Happened",
        dueToday: "today", due: { "due \($0)" },
        dueIn: { $0 == 1 ? "in 1 working day" : "in \($0) working days" },
        late: { $0 == 1 ? "1 working day late" : "\($0) working days late" },
        report: "Report", channelsTried: "Raised with", channelsNotTried: "Not raised first because",
        steps: [
            .received: { _ in "The report was received" }, .triaged: { _ in "Assessed" },
            .assigned: { "Sent to case handler: \($0)" },
            .forwarded: { "Forwarded to \($0)" }, .rejected: { _ in "Rejected with a reason" }, .noted: { _ in "Note" },
            .replied: { _ in "Reply to the reporter" }, .answered: { _ in "The reporter wrote more" },
            .causeRecorded: { _ in "What happened, and why" },
            .measureAdded: { _ in "New measure" }, .measureMoved: { _ in "Measure moved to an owner" },
            .measureCompleted: { _ in "Measure done" }, .preliminaryReplied: { _ in "Preliminary reply" },
            .closed: { _ in "The case is closed" },
            .filesAdded: { _ in "New files" }, .filesNoted: { _ in "New files, only for those who handle cases" },
            .dueDateMoved: { _ in "The due date was moved because the day was declared closed" },
            .effectChecked: { _ in "Whether a measure worked was assessed" },
            .summaryPublished: { _ in "Told in public: you said, we did" },
            .withdrawn: { _ in "The report was withdrawn" },
            .continued: { _ in "The case goes on for the institution" },
            .recused: { _ in "Stepped aside: conflict of interest" }, .named: { _ in "People it is about recorded" },
            .reopened: { _ in "The case was opened again" },
            .separated: { _ in "The report is a case of its own again" },
            .merged: { _ in "The report is handled together with others about the same" },
            .reportsMerged: { _ in "Reports merged into the case" }, .takenOver: { _ in "Taken over by somebody else" },
            .keptAway: { _ in "Kept from somebody with a new post" },
            .masked: { _ in "Text or attachment hidden" }, .unmasked: { _ in "Looked at what is hidden" },
            .consulted: { _ in "Sent on consultation" }, .consultationAnswered: { _ in "Answer to a consultation" },
            .consultationDeclined: { _ in "Conflict of interest in the consultation" },
            .feedbackSolved: { _ in "The reporter says that it is solved" },
            .feedbackPartly: { _ in "The reporter says that it is partly solved" },
            .feedbackUnsolved: { _ in "The reporter says that it is not solved" },
            .kept: { _ in "Kept longer" },
        ],
        by: "by", privateNote: "only for those who handle cases", me: "you", staff: "NTNU",
        history: "What has happened", measures: "Measures",
        measureDone: "done", measureMoved: "followed up by its owner",
        replyToYou: "A reply to you from NTNU", hasHandler: "A case handler has got the case",
        mineEmpty: "You have not reported anything yet.",
        mineLead: "Here you see what happens with what you have reported.",
        newReport: "Report something new", backToMine: "All my cases", guideline: "Guideline for deviations",
        owner: "Owner", privacy: "Privacy",
        sensitive: "sensitive data",
        validFrom: { "In force from \($0)" })
}
