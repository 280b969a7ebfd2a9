import EventKit
import ModuleKit
import Storage
import WhistleblowingCore

/// Who reads a case: the vault keepers of its campus who are not excluded; when there is none, those of the institution who are not.
struct Keepers: Sendable {
    let chart: OrganisationChart
    let now: Timestamp

    /// Nobody who is excluded, and nobody whose role has ended.
    func of(_ campus: String, excluding excluded: Set<String>) -> [String] {
        let near = at(campus).filter { !excluded.contains($0) }
        guard near.isEmpty else { return near }
        return chart.institution.map { at($0.id) }?.filter { !excluded.contains($0) } ?? []
    }

    func of(_ whistleblow: Whistleblow) -> [String] { of(whistleblow.campus, excluding: whistleblow.content.excluded) }

    /// All who might ever be the keepers of a case of the campus.
    func possible(for campus: String) -> [String] { at(campus) + (chart.institution.map { at($0.id) } ?? []) }

    private func at(_ unit: String) -> [String] { chart.holders(of: .vaultKeeper, at: unit, now: now) }
}

/// Who may do what with whistleblows: what decides, and what `/policy` shows.
enum WhistleblowingRights {
    /// Read a case and do all that keepers do.
    static let handle: Right = "whistleblowing.handle"
    /// Be told that no more reports are taken in, and mend it.
    static let mend: Right = "whistleblowing.mend"
    static let keeper = "keeper"

    static let policy = [
        Policy(
            Translated(nb: "Varsler", nn: "Varsel", en: "Whistleblows"), sight: handle,
            relations: [
                keeper: Translated(
                    nb: "varslingsmottakeren ved campus; ved institusjonen når ingen der er upartisk",
                    nn: "varslingsmottakaren ved campus; ved institusjonen når ingen der er upartisk",
                    en: "the keeper of its campus; of the institution when none there is impartial")
            ],
            note: Translated(
                nb:
                    "Hvem som helst kan varsle, og kommer tilbake med koden sin. Den som er nevnt, har varslet eller har trukket seg, er ikke mottaker av saken.",
                nn:
                    "Kven som helst kan varsle, og kjem tilbake med koden sin. Den som er nemnd, har varsla eller har trekt seg, er ikkje mottakar av saka.",
                en:
                    "Anybody can report, and comes back with their code. Who is named, has reported or has withdrawn is not the case’s keeper."
            ),
            [
                Permission(
                    handle,
                    Translated(
                        nb: "se at det finnes, lese, spørre, svare, avslutte",
                        nn: "sjå at det finst, lese, spørje, svare, avslutte",
                        en: "know of it, read, ask, answer, conclude"), .relationWith(keeper, .vaultKeeper))
            ]),
        Policy(
            Translated(nb: "Varslingskanalen", nn: "Varslingskanalen", en: "The whistleblowing channel"),
            [
                Permission(
                    mend,
                    Translated(
                        nb: "få vite at den er full", nn: "få vite at han er full", en: "be told that it is full"),
                    .role(.administrator))
            ]),
    ]
}

extension Visit {
    /// Whether the viewer may read and handle the case at this moment.
    func mayHandle(_ whistleblow: Whistleblow, _ viewer: Viewer) -> Bool {
        let keepers = Keepers(chart: access.chart, now: now).of(whistleblow)
        let object = AccessObject(unit: whistleblow.campus, relations: [WhistleblowingRights.keeper: Set(keepers)])
        return access.may(viewer, WhistleblowingRights.handle, on: object)
    }
}

extension Whistleblow {
    /// What the audit trail calls it.
    var auditObject: String { "whistleblowing/\(id)" }
}
