import DeviationsCore
import ModuleKit

/// What can be done with deviations; who may is in `policy`.
enum DeviationsRights {
    /// Send in a report: everyone who is signed in (D2).
    static let report: Right = "deviations.report"
    /// See a case without what is private.
    static let read: Right = "deviations.read"
    /// Open the desk, and see all of a case.
    static let desk: Right = "deviations.desk"
    /// Assess, forward, reject (D10–D12).
    static let triage: Right = "deviations.triage"
    /// Choose or change the case handler.
    static let assign: Right = "deviations.assign"
    /// Write notes, replies and preliminary replies.
    static let write: Right = "deviations.write"
    /// Add files that all may see who see the case.
    static let addFiles: Right = "deviations.addFiles"
    /// Record the cause, decide measures, close (D14–D17).
    static let handle: Right = "deviations.handle"
    /// Say that one is partial.
    static let recuse: Right = "deviations.recuse"
    /// Open an ended case again.
    static let reopen: Right = "deviations.reopen"
    /// Look at what is hidden.
    static let unmask: Right = "deviations.unmask"

    /// Change and take away what the public is told (D21).
    static let publish: Right = "deviations.publish"

    /// Start and see to measures without a case (D21).
    static let central: Right = "deviations.central"

    /// Maintain the categories and the guideline: its owner, and who runs the installation (D1, D6).
    static let maintain: Right = "deviations.maintain"

    /// Register references to HSE deviations that touch students (D24).
    static let registerHSE: Right = "deviations.registerHSE"

    /// Read a case, but not who reported it, to answer what somebody asks about their own data.
    static let disclose: Right = "deviations.disclose"

    /// Take out a list; as the desk.
    static let export: Right = "deviations.export"

    /// Read the extract that one is asked about; nobody's by a role (D15).
    static let consulted: Right = "deviations.consulted"

    /// See a unit's numbers (D20).
    static let overview: Right = "deviations.overview"

    /// Change the reply templates of the units one receives or leads for.
    static let templates: Right = "deviations.templates"

    /// What a reporter does with their own report.
    static let own: Right = "deviations.own"

    /// Complete and assess a measure; its owner does not see the case (D17).
    static let ownMeasure: Right = "deviations.ownMeasure"

    static let handler = "handler"
    static let reporter = "reporter"
    /// Who alone has a case that is on its way to whistleblowing.
    static let officer = "officer"
    /// Who is asked in a consultation, from its start to its deadline, unless they have declared themselves partial.
    static let asked = "asked"
    /// Who has a measure to see to.
    static let owner = "owner"
}

extension Deviation {
    /// The case as an access question sees it. One on its way to whistleblowing is no unit's.
    var accessObject: AccessObject {
        let reporters = Set([reporter]).subtracting([Deviation.nobody])
        // Of a report that is part of another case nobody but its reporter is left to be kept away.
        return standing.object(
            unit: unit,
            relations: [
                DeviationsRights.reporter: reporters, DeviationsRights.handler: Set([handler].compactMap(\.self)),
                DeviationsRights.officer: Set([lockedTo].compactMap(\.self)),
            ], excluded: mergedInto == nil ? excluded : [])
    }

    private var standing: Standing {
        if mergedInto != nil { return DeviationsRights.merged }
        return lockedTo == nil ? DeviationsRights.ordinary : DeviationsRights.leaving
    }
}

extension Visit {
    /// Whether the report is the viewer's own.
    func owns(_ deviation: Deviation, _ viewer: Viewer) -> Bool {
        access.may(viewer, DeviationsRights.own, on: deviation.accessObject)
    }

    /// Which cases the viewer's lists show; the same as `read` says case by case.
    func scope(of viewer: Viewer, _ cases: CaseVault) -> Scope {
        let scope = access.scope(of: viewer, DeviationsRights.read)
        let isHandler = scope.relations.contains(DeviationsRights.handler)
        // Only who has a role can be kept from something by it.
        let token = scope.units.isEmpty && !isHandler ? nil : cases.token(of: viewer.person.id)
        return Scope(units: scope.units, person: viewer.person.id, isHandler: isHandler, token: token)
    }
}
