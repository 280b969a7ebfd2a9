import ModuleKit

/// What a reporter reads of who has looked at their case.
struct SeenTexts: TextSet {
    let title, lead, none, day, by: String
    let places: [SeenBy.Place: String]

    static let nb = SeenTexts(
        title: "Hvem har sett saken",
        lead:
            "Hver dag noen har åpnet saken, står her med rolle og enhet. Oversikter som bare viser tittelen, er ikke med.",
        none: "Ingen har åpnet saken ennå.", day: "Dag", by: "Sett av",
        places: [
            .intakeOfficer: "meldingsansvarlig", .caseHandler: "behandler", .lineManager: "linjeleder",
            .educationQuality: "utdanningskvalitet", .consulted: "en som ble spurt, og bare leste et utdrag",
            .staff: "en ansatt med ansvar for saken",
        ])
    static let nn = SeenTexts(
        title: "Kven har sett saka",
        lead:
            "Kvar dag nokon har opna saka, står her med rolle og eining. Oversikter som berre viser tittelen, er ikkje med.",
        none: "Ingen har opna saka enno.", day: "Dag", by: "Sett av",
        places: [
            .intakeOfficer: "meldingsansvarleg", .caseHandler: "behandlar", .lineManager: "linjeleiar",
            .educationQuality: "utdanningskvalitet", .consulted: "ein som vart spurd, og berre las eit utdrag",
            .staff: "ein tilsett med ansvar for saka",
        ])
    static let en = SeenTexts(
        title: "Who has seen the case",
        lead:
            "Each day on which somebody opened the case, by role and unit. Overviews that only show its title do not count.",
        none: "Nobody has opened the case yet.", day: "Day", by: "Seen by",
        places: [
            .intakeOfficer: "intake officer", .caseHandler: "case handler", .lineManager: "line manager",
            .educationQuality: "education quality", .consulted: "somebody who was asked, and read only an extract",
            .staff: "a member of staff who had the case",
        ])
}
