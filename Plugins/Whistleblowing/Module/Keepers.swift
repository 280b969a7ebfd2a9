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

/// Who may do what with whistleblows. The README's table “Who may” says the same.
enum WhistleblowingRights {
    /// Read a case and do all that keepers do.
    static let handle: Right = "whistleblowing.handle"
    static let keeper = "keeper"

    static let permissions = [Permission(handle, .relationWith(keeper, .vaultKeeper))]
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
